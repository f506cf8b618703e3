// For tests only: seeded mutations of messages, of their structure and of their octets.

import { spansOf } from '../../envelope/scan.ts'
import { encoded, sample, samples } from './xml-in.fixture.ts'

export type Random = (below: number) => number

/** mulberry32: the same numbers for the same seed everywhere */
export function randomOf(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let it = Math.imul(state ^ (state >>> 15), state | 1)
    it ^= it + Math.imul(it ^ (it >>> 7), it | 61)
    return ((it ^ (it >>> 14)) >>> 0) % below
  }
}

export const pick = <T>(of: readonly T[], random: Random): T => of[random(of.length)] as T

const TOKENS = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '\0',
  '\uFFFE',
  '\uFEFF',
  ']]>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<?xml ?>',
  '<!DOCTYPE a>',
  '&#0;',
  '&#x10FFFF;',
  '&lt;',
  '&x;',
  ' xmlns=""',
  ' xmlns:m="urn:m"',
  ' a="" a=""',
  '<a/>',
  '</a>',
  '<Header/>',
  '<Compressed>H4sI</Compressed>',
  '<OperationSet/>',
  ' xsi:type="x"',
  'encoding="UTF-16"',
  '\u{1F30D}',
  '1e999',
  '-',
]

const TEXTS: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => splice(text, random, pick(TOKENS, random), 0),
  (text, random) => splice(text, random, '', 1 + random(40)),
  (text, random) => splice(text, random, pick(TOKENS, random), random(5)),
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) =>
    text.replaceAll(
      pick(['http://iec.ch', 'DERGroups', 'Header', '>', 'true', 'xmlns'], random),
      pick(TOKENS, random),
    ),
  (text, random) => moved(text, random, (all, one) => all.replace(one, one + one)),
  (text, random) => moved(text, random, (all, one) => all.replace(one, '')),
  (text, random) => moved(text, random, (all, one, other) => all.replace(one, () => other)),
  (text, random) => moved(text, random, (all, one) => all.replace(one, () => `<w>${one}</w>`)),
  (text, random) =>
    moved(text, random, (all, one) => all.replace(one, () => nested(one, random(70)))),
]

function splice(text: string, random: Random, insert: string, skip: number): string {
  const at = random(text.length + 1)
  return text.slice(0, at) + insert + text.slice(at + skip)
}

function nested(text: string, levels: number): string {
  return '<w>'.repeat(levels) + text + '</w>'.repeat(levels)
}

/** Works on two elements of a well-formed text, as they stand there. */
function moved(
  text: string,
  random: Random,
  change: (text: string, one: string, other: string) => string,
): string {
  const places = [random(60), random(60)]
  const spans = spansOf(text, new Set(places))
  const [one, other] = places
    .map((it) => spans.get(it))
    .map((it) => (it === undefined ? '' : text.slice(it.start, it.end)))
  return one === undefined || other === undefined ? text : change(text, one, other)
}

const OCTETS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => (bytes.length > 0 && (bytes[random(bytes.length)] = random(256)), bytes),
  (bytes, random) => bytes.subarray(random(bytes.length + 1)),
  (bytes, random) => bytes.subarray(0, random(bytes.length + 1)),
  (bytes, random) =>
    Buffer.concat([
      bytes.subarray(0, random(bytes.length + 1)),
      Buffer.from([random(256), random(256)]),
      bytes,
    ]),
  (bytes) => (bytes.length % 2 === 0 ? bytes.swap16() : bytes),
]

/** A few mutations of a text, in some encoding. */
export function mutated(text: string, random: Random): Buffer {
  let result = text
  for (let left = 1 + random(3); left > 0; left -= 1) result = pick(TEXTS, random)(result, random)
  const bytes = encoded(
    result,
    pick(['utf-8', 'utf-8', 'utf-8+bom', 'utf-16le+bom', 'utf-16be', 'iso-8859-1'], random),
  )
  return random(4) === 0 ? pick(OCTETS, random)(Buffer.from(bytes), random) : bytes
}

/** Samples that are to be read. */
export const TEXTS_OF_SAMPLES = samples()
  .filter((it) => !it.startsWith('hostile'))
  .map((it) => sample(it).toString())
