// Every sample against what its name and its twin say: x.json is x.xml, invalid/x.issues.json is what is found in
// invalid/x.xml, and nothing hostile does any harm. A new sample is covered by being there.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate, readJson, sameJson } from './index.ts'
import type { Finding, Json } from './index.ts'
import { canonical, tree } from './schema/laws/laws.fixture.ts'

const test = suite('samples')

const FOLDER = fileURLToPath(new URL('../../samples', import.meta.url))
const cimgate = await openCimgate()
test.after(() => cimgate.close())

const ALL = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .map((it) => it.replaceAll('\\', '/'))
  .filter((it) => it.endsWith('.xml'))
  .toSorted()
const HOSTILE = ALL.filter((it) => it.startsWith('hostile/'))
const INVALID = ALL.filter((it) => it.includes('/invalid/'))
const VALID = ALL.filter((it) => !HOSTILE.includes(it) && !INVALID.includes(it))

/** Documents among the hostile ones that name what must not be fetched, and are valid otherwise. */
const HARMLESS = /\/(xinclude|schema-location-|stylesheet-)/

function bytesOf(name: string): Buffer {
  return readFileSync(join(FOLDER, name))
}

function jsonOf(name: string, remedy: string): Json {
  assert.ok(existsSync(join(FOLDER, name)), `samples/${name} is missing: ${remedy}`)
  const read = readJson(bytesOf(name).toString('utf8'))
  if ('fault' in read) throw new Error(`samples/${name}: ${read.fault.message}`)
  return read.value
}

async function converted(bytes: Uint8Array, to: 'xml' | 'json', name: string): Promise<string> {
  const { text, validated } = await cimgate.convert(bytes, to)
  if (text === undefined) throw new Error(`${name}: ${validated.findings[0]?.message}`)
  return text
}

function twinOf(name: string, ending: string): string {
  return name.replace(/\.xml$/, ending)
}

/** What stands of a finding in an issues file. */
function issueOf({ layer, rule, severity, path, line, column }: Finding): Json {
  return { layer, rule, severity, path, line, column }
}

test('every folder of samples is found', () => {
  assert.ok(VALID.length >= 48 && INVALID.length >= 113 && HOSTILE.length >= 48)
})

test('every valid sample is valid, and nothing is found in it', async () => {
  for (const name of VALID) {
    const { verdict, findings } = await cimgate.validate(bytesOf(name))
    assert.is(verdict, 'valid', name)
    assert.equal(findings, [], name)
  }
})

test('every valid sample has its twin in CIM-JSON, and is turned into it', async () => {
  for (const name of VALID) {
    const twin = twinOf(name, '.json')
    const remedy = `cimgate convert samples/${name} > samples/${twin}`
    const made = await converted(bytesOf(name), 'json', name)
    const read = readJson(made)
    assert.ok('value' in read && sameJson(read.value, jsonOf(twin, remedy)), `${twin}: ${remedy}`)
    assert.is(made, bytesOf(twin).toString('utf8'), `${twin} is not laid out as cimgate does it`)
  }
})

test('every twin is turned into a document that is canonically the sample', async () => {
  for (const name of VALID) {
    const twin = twinOf(name, '.json')
    const made = await converted(bytesOf(twin), 'xml', twin)
    const sample = bytesOf(name).toString('utf8')
    // A prefix inside a QName is bound anew; its value is compared where the twin is compared.
    if (!/<xpath/.test(sample)) assert.is(canonical(tree(made)), canonical(tree(sample)), name)
    assert.is(
      await converted(Buffer.from(made), 'json', twin),
      bytesOf(twin).toString('utf8'),
      name,
    )
  }
})

test('a QName gets its prefix bound again', async () => {
  const xml = await converted(bytesOf('envelope/full-error.json'), 'xml', 'full-error')
  const { prefix = '' } = /<xpath[^>]*>(?<prefix>[^:<]+):EndDevices</.exec(xml)?.groups ?? {}
  assert.match(xml, `xmlns:${prefix}="http://iec.ch/TC57/2017/DERGroups#"`)
})

test('every invalid sample has exactly the findings of its issues file', async () => {
  for (const name of INVALID) {
    const twin = twinOf(name, '.issues.json')
    const due = jsonOf(
      twin,
      'write down layer, rule, severity, path, line and column of each finding',
    )
    const { findings } = await cimgate.validate(bytesOf(name))
    assert.ok(findings.length > 0, `nothing is found in ${name}`)
    assert.equal(findings.map(issueOf), plain(due), name)
  }
})

/** Numbers of `readJson` keep their text; these are places, and plain. */
function plain(json: Json): unknown {
  return JSON.parse(JSON.stringify(json, (_, it: unknown) => (isToken(it) ? Number(it.text) : it)))
}

function isToken(it: unknown): it is { readonly text: string } {
  return typeof it === 'object' && it !== null && 'text' in it
}

test('every hostile document is refused or not well-formed', async () => {
  for (const name of HOSTILE.filter((it) => !HARMLESS.test(it))) {
    const { verdict } = await cimgate.validate(bytesOf(name))
    assert.ok(['refused', 'not-well-formed'].includes(verdict), `${name} is ${verdict}`)
  }
})

test('a reference to somewhere else is not followed, and does not matter', async () => {
  for (const name of HOSTILE.filter((it) => HARMLESS.test(it))) {
    assert.is((await cimgate.validate(bytesOf(name))).verdict, 'valid', name)
  }
})

test('CIM-JSON may leave out what the schemas know', async () => {
  const whole = await converted(bytesOf('der-group-form/request.json'), 'json', 'request')
  for (const name of ['no-message-key', 'no-namespace'])
    assert.is(await converted(bytesOf(`cim-json/${name}.json`), 'json', name), whole, name)
})

test('a payload alone is the same as inside its message', async () => {
  const whole = jsonOf('der-group-form/request.json', 'it is what the others are compared with')
  const bare = await converted(bytesOf('cim-json/bare-payload.json'), 'json', 'bare-payload')
  const read = readJson(bare)
  const payload = (whole as Readonly<Record<string, Json>>)['payload'] ?? null
  assert.ok('value' in read && sameJson(read.value, payload))
  const xml = await converted(bytesOf('cim-json/bare-payload.json'), 'xml', 'bare-payload')
  assert.match(xml, /^<\?xml [^>]*>\n<DERGroups xmlns=/)
})

test.run()
