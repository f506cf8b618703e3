// T9: documents made to do harm, in every encoding, at the top, inside Payload and inside Compressed.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Verdict } from '../../envelope/finding.ts'
import { judgeBoth } from './judge.fixture.ts'
import { judgeDocument } from './judge.ts'
import { validatorsOf } from './validators.ts'
import {
  compressed,
  encoded,
  group,
  groups,
  request,
  sample,
  samples,
  schemasIn,
  XSI,
} from './xml-in.fixture.ts'

const test = suite('hostile documents')
const schemas = await schemasIn()
const validators = validatorsOf(schemas)
test.after(() => validators.dispose())

/** of the whole table together */
const MOST_GROWTH = 512 * 1024 * 1024

/** from the table in samples/README.md: what is neither refused nor valid is not well-formed */
const FILES: readonly (readonly [name: RegExp, verdict: Verdict])[] = [
  [/entity|entities|laughs|dtd|doctype|bomb|nesting|many-|long-name/, 'refused'],
  [/bom-contradicts|declared|encoded/, 'refused'],
  [/xinclude|schema-location|stylesheet/, 'valid'],
  [/./, 'not-well-formed'],
]

const repeated = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')
const nested = (levels: number) => `${'<a>'.repeat(levels)}${'</a>'.repeat(levels)}`
const wide = (count: number, attribute: (at: number) => string) =>
  `<a ${repeated(count, attribute)}/>`

const LAUGHS = `<!DOCTYPE a [<!ENTITY l0 "l">${repeated(9, (at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)}]><a>&l9;</a>`
const DOCTYPES: Readonly<Record<string, string>> = {
  'entities in entities': LAUGHS,
  'one long entity, often': `<!DOCTYPE a [<!ENTITY e "${'x'.repeat(10_000)}">]><a>${'&e;'.repeat(10_000)}</a>`,
  'an external entity': '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
  'an external entity by http': '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]><a>&e;</a>',
  'a parameter entity': '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><a/>',
  'an external subset': '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
  'a public identifier':
    '<!DOCTYPE a PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://127.0.0.1:9/"><a/>',
  'a default attribute': '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
  'a DOCTYPE far behind': `<!--${'x'.repeat(70_000)}-->${' '.repeat(70_000)}<!DOCTYPE a><a/>`,
}

/** Refused wherever they stand. */
const OVER_LIMITS: Readonly<Record<string, string>> = {
  '65 levels': nested(65),
  '10,000 levels': nested(10_000),
  '200,000 levels': nested(200_000),
  '129 attributes': wide(129, (at) => `a${at}="" `),
  '100,000 attributes': wide(100_000, (at) => `a${at}="" `),
  '65 namespaces': wide(65, (at) => `xmlns:a${at}="u:${at}" `),
  '100,000 namespaces': wide(100_000, (at) => `xmlns:a${at}="u:u" `),
  '1,000,001 elements': `<a>${'<b/>'.repeat(1_000_000)}</a>`,
  'a name of 257 characters': `<${'a'.repeat(257)}/>`,
  'a name of 60,000 characters': `<${'a'.repeat(60_000)}/>`,
  'a namespace of 60,000 characters': `<a xmlns="u:${'a'.repeat(60_000)}"/>`,
}

const MALFORMED: Readonly<Record<string, string>> = {
  'an entity that nobody declares': '<a>&x;</a>',
  'a million of them': `<a>${'&x;'.repeat(1_000_000)}</a>`,
  'a reference to U+0000': '<a>&#0;</a>',
  'a reference to a surrogate': '<a>&#xDC00;</a>',
  'tags that never end': '<a '.repeat(100_000),
  'elements that never end': '<a>'.repeat(60),
  'a comment without end': `<a><!--${'-x'.repeat(100_000)}`,
  'CDATA without end': `<a><![CDATA[${']'.repeat(100_000)}`,
  'an attribute twice': '<a b="" b=""/>',
  'a DOCTYPE inside the root': '<a><!DOCTYPE b></a>',
  'a prefix that nobody declares': '<p:a/>',
}

const VALID: Readonly<Record<string, string>> = {
  'a text of 10 MB': groups(group().replace('>a<', `>${'x'.repeat(10_500_000)}<`)),
  'a million references': groups(group().replace('>a<', `>${'&#65;'.repeat(1_000_000)}<`)),
  'a million comments': groups(`${'<!---->'.repeat(1_000_000)}${group()}`),
  'a million instructions': groups(`${'<?p?>'.repeat(1_000_000)}${group()}`),
  'a schema location': groups(group(), ` ${XSI} xsi:schemaLocation="u:u file:///etc/passwd"`),
}

type Case = readonly [name: string, bytes: Uint8Array, verdict: Verdict]

const bare = (text: string): Uint8Array => Buffer.from(text)
const inPayload = (text: string): Uint8Array => Buffer.from(request(text))
const inCompressed = (text: string): Uint8Array =>
  Buffer.from(request(compressed(text, text.length < 5_000)))

function casesOf(
  table: Readonly<Record<string, string>>,
  place: string,
  wrap: (text: string) => Uint8Array,
  verdict: Verdict,
): readonly Case[] {
  return Object.entries(table).map(([name, text]) => [`${name}, ${place}`, wrap(text), verdict])
}

const ENCODINGS = ['utf-8', 'utf-8+bom', 'utf-16le+bom', 'utf-16be+bom', 'iso-8859-1'] as const
const inEncoding = (encoding: string) => (text: string) =>
  encoded(`<?xml version="1.0" encoding="${encoding.split('+')[0]}"?>${text}`, encoding)

const CASES: readonly Case[] = [
  ...samples()
    .filter((it) => it.startsWith('hostile'))
    .map((it): Case => [it, sample(it), FILES.find(([name]) => name.test(it))?.[1] ?? 'valid']),
  ...ENCODINGS.flatMap((it) => [
    ...casesOf(DOCTYPES, `in ${it}`, inEncoding(it), 'refused'),
    ...casesOf({ '65 levels': nested(65) }, `in ${it}`, inEncoding(it), 'refused'),
    ...casesOf({ 'a NUL': '<a>\0</a>' }, `in ${it}`, inEncoding(it), 'not-well-formed'),
    ...casesOf({ 'a right payload': groups() }, `in ${it}`, inEncoding(it), 'valid'),
  ]),
  // A DOCTYPE in the middle of a document is not well-formed, and never read.
  ...casesOf(DOCTYPES, 'inside Payload', inPayload, 'not-well-formed'),
  ...casesOf(DOCTYPES, 'inside Compressed', inCompressed, 'refused'),
  ...casesOf(OVER_LIMITS, 'alone', bare, 'refused'),
  ...casesOf(OVER_LIMITS, 'inside Payload', inPayload, 'refused'),
  ...casesOf(OVER_LIMITS, 'inside Compressed', inCompressed, 'refused'),
  ...casesOf(MALFORMED, 'alone', bare, 'not-well-formed'),
  ...casesOf({ 'two roots': '<a/><b/>' }, 'alone', bare, 'not-well-formed'),
  ...casesOf(MALFORMED, 'inside Payload', inPayload, 'not-well-formed'),
  ...casesOf(MALFORMED, 'inside Compressed', inCompressed, 'invalid'),
  ...casesOf(VALID, 'alone', bare, 'valid'),
  ...casesOf(VALID, 'inside Payload', inPayload, 'valid'),
]

const KNOWN_GOOD = Buffer.from(request())
/** octets up to which a document is judged in both ways; of the large ones, both together would take what one may not */
const MOST_TWICE = 256 * 1024
let before = 0
test.before(() => {
  before = process.memoryUsage().rss
})

test('there are at least a hundred of them', () =>
  assert.ok(CASES.length >= 100, `${CASES.length}`))

for (const [name, bytes, verdict] of CASES)
  test(`${name}: ${verdict}`, () => {
    const judge = bytes.length > MOST_TWICE ? judgeDocument : judgeBoth
    const judgement = judge(bytes, schemas, validators)
    assert.is(judgement.verdict, verdict, JSON.stringify(judgement.findings[0]))
    assert.is(judgeDocument(KNOWN_GOOD, schemas, validators).verdict, 'valid')
  })

test('leave the memory within bounds', () => {
  const growth = process.memoryUsage().rss - before
  assert.ok(growth < MOST_GROWTH, `${growth} octets`)
})

test.run()
