// Pseudonyms: nobody is named any more, what was equal is equal, and a message is still one of its schema.

import { readFileSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import type { Finding } from '../results-shape.ts'
import { played } from '../selftest/playing.ts'
import { evidenceOf } from './evidence.ts'
import type { Judged } from './evidence.ts'
import { signerOf } from './manifest.ts'
import { pseudonym, redacted } from './redact.ts'
import { withTexts } from './texts.ts'

const test = suite('conformance report: redact')
const KEY = Buffer.alloc(32, 7)
let ground: OpenGround
let run: Judged
test.before(async () => {
  ground = await openGround()
  run = await played(DERMS_OPERATIONS, ground, {
    only: ['DERG-1a'],
  })
})
test.after(() => ground.close())

/** A run in which these messages have passed. */
function runOf(...messages: readonly (string | Uint8Array)[]): Judged {
  const [one] = run.passed
  if (one === undefined) throw new Error('nothing has passed')
  return { ...run, passed: messages.map((it) => ({ ...one, bytes: Buffer.from(it) })) }
}

function texts(it: Judged): readonly string[] {
  return it.passed.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))
}

const CUSTOMER = `<m:Payload xmlns:m="m"><Customer><mRID>C-4711</mRID><Person><firstName>Zoë</firstName>
<lastName>O&apos;Neil &#x41;mis</lastName></Person><!-- for Zoë --><status><dateTime>2026-01-02T03:04:05Z</dateTime></status>
<mainAddress><streetDetail><name><![CDATA[Elm Road]]></name><withinTownLimits>true</withinTownLimits></streetDetail></mainAddress>
<electronicAddress><email1>zoe@example.org</email1></electronicAddress></Customer>
<Verb>create</Verb><Names><NameType><name>Utility</name></NameType></Names></m:Payload>`

test('whoever stands in an element of a person is not there any more, and all else is as it was', () => {
  const [text = ''] = texts(redacted(runOf(CUSTOMER), KEY))
  for (const it of ['C-4711', 'Zo', 'Neil', 'Amis', 'Elm', 'zoe', 'example'])
    assert.not.ok(text.includes(it), `${it}: ${text}`)
  for (const it of [
    '2026-01-02T03:04:05Z',
    '<withinTownLimits>true<',
    '<Verb>create<',
    '>Utility<',
  ])
    assert.ok(text.includes(it), `${it}: ${text}`)
  assert.match(text, /<email1>[a-z]{3}@[a-z]{7}\.[a-z]{3}<\/email1>/)
  assert.match(text, /<mRID>[A-Z]-[1-9]{4}<\/mRID>/)
})

test('the path of a request in JSON names nobody, however it is written there', () => {
  const before = runOf(CUSTOMER)
  const asked = [
    'GET /api/v1/customers?name=O%27Neil+Amis&limit=9',
    'POST /api/v1/customers/C-4711:close',
    'GET /api/v1/customers?name=Zo%C3%AB&after=%',
  ]
  const [one] = before.results.wire
  assert.ok(one)
  const wire = asked.map((it) => ({ ...one, asked: it }))
  const { results } = redacted({ ...before, results: { ...before.results, wire } }, KEY)
  const [query = '', close = '', other = ''] = results.wire.map((it) => it.asked)
  assert.match(
    query,
    /^GET \/api\/v1\/customers\?name=[A-Z]'[A-Z][a-z]{3}%20[A-Z][a-z]{3}&limit=9$/,
  )
  assert.match(close, /^POST \/api\/v1\/customers\/[A-Z]-[1-9]{4}:close$/)
  assert.match(other, /^GET \/api\/v1\/customers\?name=[^&]+&after=%$/)
  for (const it of ['Neil', 'Amis', '4711', 'Zo%C3'])
    assert.not.ok(
      results.wire.some((line) => line.asked?.includes(it)),
      it,
    )
})

test('what was equal is equal, in every message, every form, and in what is said of it', () => {
  const error =
    '<Error><ID>C-4711</ID><details>No customer C-4711, named Zoë.</details><!-- Zoë called --></Error>'
  const json = '{"Customer":[{"mRID":"C-4711","Person":{"firstName":"Zoë"}}],"Verb":"create"}'
  const before = runOf(CUSTOMER, error, json)
  const [one] = before.results.cases
  const finding: Finding = {
    requirement: 'COR-01',
    check: 'COR-01',
    layer: 'L6',
    expected: 'C-4711',
    got: 'none',
    message: 'Nobody knows C-4711.',
    mend: '',
    path: '',
    line: 0,
    column: 0,
    severity: 'fail',
    scenario: 'DERG-1a',
    step: '1',
    blame: 'target',
    wire: '',
  }
  const results = {
    ...before.results,
    cases: one === undefined ? [] : [{ ...one, findings: [finding] }],
  }
  const after = redacted({ ...before, results }, KEY)
  const [xml = '', fault = '', other = ''] = texts(after)
  const [, id = ''] = /<mRID>(.*?)</.exec(xml) ?? []
  assert.ok(fault.includes(`<ID>${id}</ID>`) && fault.includes(`No customer ${id}, named `), fault)
  assert.equal((JSON.parse(other) as { Customer: [{ mRID: string }] }).Customer[0].mRID, id)
  assert.match(other, /"Verb":"create"/)
  const [told] = after.results.cases[0]?.findings ?? []
  assert.is(told?.expected, id)
  assert.is(told?.message, `Nobody knows ${id}.`)
  assert.ok(after.results.run.redacted)
  const all = Object.values(evidenceOf(after, {}, signerOf(undefined))).map((it) => Buffer.from(it))
  assert.not.ok(
    all.some((it) => it.includes('C-4711')),
    'it is nowhere in the folder',
  )
})

test('another key gives other pseudonyms, of the same length and kind', () => {
  const [a, b] = [
    pseudonym('+49 171 Müller-7', KEY),
    pseudonym('+49 171 Müller-7', Buffer.alloc(32)),
  ]
  assert.is.not(a, b)
  for (const it of [a, b]) assert.match(it, /^\+[1-9]{2} [1-9]{3} [A-Z][a-z]{5}-[1-9]$/)
  const id = '1f0e7c9a-0000-4abc-9def-1234567890ab'
  assert.match(
    pseudonym(id, KEY),
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

test('octets in other encodings, and such as are none, are read and written back', () => {
  const plain = CUSTOMER.replace(/&[^;]+;/g, 'x')
  const utf16 = Buffer.from(`\ufeff${plain}`, 'utf16le')
  const broken = Buffer.concat([Buffer.from('<Person><lastName>Smith'), Buffer.from([0xff, 0x3c])])
  const [first, second] = redacted(runOf(utf16, broken), KEY).passed
  assert.not.match(Buffer.from(first?.bytes ?? []).toString('utf16le'), /Zoë|4711/)
  assert.is(first?.bytes.length, utf16.length)
  assert.is(second?.bytes.length, broken.length)
  assert.is(second?.bytes.at(-1), 0x3c)
  assert.not.match(Buffer.from(second?.bytes ?? []).toString('latin1'), /Smith/)
})

const SAMPLES = new URL('../../../samples/', import.meta.url)

test('a sample with its people made unknown is as valid as before', async () => {
  const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((it) =>
    /^(service-request|customer-agreement|work-request|customer-sync|der-group-form)\/request\.xml$/.test(
      it,
    ),
  )
  assert.ok(files.length > 3)
  for (const file of files) {
    const bytes = readFileSync(new URL(file, SAMPLES))
    const [{ bytes: hidden } = { bytes: bytes as Uint8Array }] = redacted(runOf(bytes), KEY).passed
    const only = ['wellformed', 'envelope-xsd', 'payload-xsd'] as const
    assert.is((await ground.cimgate.validate(bytes, { only })).verdict, 'valid', file)
    const { verdict, findings } = await ground.cimgate.validate(hidden, { only })
    assert.is(verdict, 'valid', `${file}: ${findings[0]?.message ?? ''}`)
    assert.not.ok(Buffer.from(hidden).equals(bytes), `${file} has names`)
  }
})

test('a message in which nothing is replaced is the same, octet by octet', () => {
  const odd = `<?xml version='1.0'?><!DOCTYPE a><a b = "&lt;x" c='"'>\r\n&#65;<b/>]]&gt; <c>`
  assert.is(
    withTexts(odd, (_names, it) => it),
    odd,
  )
  assert.is(
    withTexts('{"a": ["\\u0041", 1.0]}', (_names, it) => it),
    '{"a": ["\\u0041", 1.0]}',
  )
})

test.run()
