// For tests only: seeded mutations of JSON, of its tokens and of its octets.

import { pick } from '../../shell/xml-in/mutated.fixture.ts'
import type { Random } from '../../shell/xml-in/mutated.fixture.ts'

/** What may come to stand anywhere. */
const TOKENS: readonly string[] = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '""',
    '\\',
    '/',
    'null',
    'true',
    'TRUE',
    '0',
    '-',
    '-0',
    '01',
  ],
  ...['+1', '1.', '.5', '1e', '1e5', '1E400', '-1e-400', 'NaN', 'Infinity', '0x1F', '9'.repeat(30)],
  ...[
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\u00"',
    '"\\x41"',
    '"\\',
    '"\t"',
    '"\n"',
    '\0',
  ],
  ...[
    '"__proto__":{"polluted":1},',
    '"constructor":{"prototype":{"polluted":1}},',
    '"@xmlns":"urn:x",',
  ],
  ...['"@xsi:type":"x",', '"@xsi:nil":true,', '"#ext":[],', '"$":"x",', '"a><b/":1,', '"":1,'],
  ...[
    '/**/',
    '//x\n',
    '\ufeff',
    '\u2028',
    '\u{1f30d}',
    ' '.repeat(100),
    '['.repeat(100),
    '{"a":'.repeat(70),
  ],
  ...[
    "'x'",
    'undefined',
    '[1,]',
    '{,}',
    '[,1]',
    '"a" "b"',
    '<a/>',
    '&amp;',
    ']]>',
    '\\"',
    '\\u003c',
  ],
]

const STRING = /"(?:[^"\\]|\\.)*"/g
const VALUE = /(?<=:)\s*(?:"(?:[^"\\]|\\.)*"|true|false|null|-?\d[\d.eE+-]*)/g
const MEMBER = /"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|true|false|null|-?\d[\d.eE+-]*)/g

type Change = (text: string, random: Random) => string

const CHANGES: readonly Change[] = [
  (text, random) => splice(text, random, pick(TOKENS, random), 0),
  (text, random) => splice(text, random, pick(TOKENS, random), random(5)),
  (text, random) => splice(text, random, '', 1 + random(20)),
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => replaced(text, random, VALUE, () => pick(TOKENS, random)),
  (text, random) => replaced(text, random, STRING, () => pick(TOKENS, random)),
  (text, random) => replaced(text, random, MEMBER, (it) => `${it},${it}`),
  (text, random) => replaced(text, random, MEMBER, () => ''),
  (text, random) => replaced(text, random, VALUE, (it) => `[${it}]`),
  (text, random) => replaced(text, random, VALUE, (it) => `{"a":${it}}`),
  (text, random) => replaced(text, random, STRING, (it) => it.replace(/.(?=.)/, '\\u0041')),
]

function splice(text: string, random: Random, insert: string, skip: number): string {
  const at = random(text.length + 1)
  return text.slice(0, at) + insert + text.slice(at + skip)
}

/** One of the places that are alike. */
function replaced(text: string, random: Random, what: RegExp, by: (it: string) => string): string {
  const all = [...text.matchAll(what)]
  if (all.length === 0) return text
  const { 0: it, index } = pick(all, random)
  return text.slice(0, index) + by(it) + text.slice(index + it.length)
}

/** One to three changes, then now and then some of its octets. */
export function mutatedJson(text: string, random: Random): Uint8Array {
  let result = text
  for (let left = 1 + random(3); left > 0; left -= 1) result = pick(CHANGES, random)(result, random)
  const bytes = Buffer.from(result)
  if (bytes.length > 0 && random(5) === 0) bytes[random(bytes.length)] = random(256)
  if (random(20) === 0) return Buffer.from(result, 'utf16le')
  return bytes
}
