import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CimError } from '../../envelope/errors.ts'
import type { Described } from '../../gateway/route.ts'
import { describerOf } from './describer.ts'
import { FOLDERS } from './xml-in.fixture.ts'
import type { SchemaFolder } from './xsd-read.ts'

const test = suite('describer')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-describer-'))
const xsd = (ns: string, body: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${ns}" targetNamespace="${ns}">${body}</xs:schema>`
const file = (name: string, text: string) => writeFileSync(join(folder, name), text)

/** Types of which each holds two further ones: what it takes to describe them grows with their number. */
function types(count: number): string {
  const members = (at: number) =>
    [2 * at + 1, 2 * at + 2]
      .filter((it) => it < count)
      .map((it) => `<xs:element name="e${it}" type="t:T${it}" minOccurs="0"/>`)
      .join('')
  return Array.from(
    { length: count },
    (_, at) =>
      `<xs:complexType name="T${at}"><xs:sequence>${members(at)}</xs:sequence></xs:complexType>`,
  ).join('')
}

file('Little.xsd', xsd('urn:little', '<xs:element name="Little" type="xs:int"/>'))
file('Wrong.xsd', xsd('urn:wrong', '<xs:element name="Wrong" type="t:Nope"/>'))
file('Many.xsd', xsd('urn:many', `<xs:element name="Many" type="t:T0"/>${types(20_000)}`))

const folders: readonly SchemaFolder[] = [{ path: folder, shipped: false }, ...FOLDERS]
const options = { choice: {}, deadlineMs: 60_000, heapMb: 512 }
const describer = describerOf(folders, options)
test.after(async () => {
  await describer.close()
  rmSync(folder, { recursive: true })
})

const about = (): Described => ({ version: '0', apiKeyHeader: 'X-API-Key', routes: [] })
const page = (noun: string, by = describer) =>
  by.answer('documentNoun', { params: { noun }, query: {}, headers: {} }, about)
const openapi = (noun: string, by = describer) =>
  by.answer('openapi', { params: {}, query: { noun }, headers: {} }, about)
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof CimError ? `${error.code} ${error.message}` : 'other'),
  )

test('makes pages and OpenAPI, each once', async () => {
  const [one, other] = await Promise.all([page('Little'), page('Little')])
  assert.is(one, other)
  assert.is(await page('Little'), one)
  assert.match(one.rendered.text, /<h1>Little /)
  const { rendered, headers } = await openapi('Little')
  assert.match(rendered.text, '"openapi":"3.1.1"')
  assert.ok('ETag' in headers)
})

test('says what is wrong with a schema, by its place, and says it again', async () => {
  for (let time = 0; time < 2; time += 1) {
    assert.match(await codeOf(openapi('Wrong')), /^unusable-schema \S*Wrong\.xsd:1:\d+: No file/)
    assert.match((await page('Wrong')).rendered.text, /Wrong\.xsd:1:\d+: No file defines/)
  }
})

test('does the work of a great many types in its own thread', async () => {
  let turns = 0
  const counting = setInterval(() => (turns += 1), 1)
  const made = await page('Many')
  clearInterval(counting)
  assert.match(made.rendered.text, /<h1>Many /)
  assert.ok(turns > 10, `${turns} turns`)
})

/** A worker that never comes to an end with one schema, and answers without it when it is told to leave it out. */
const STUCK = `
import { parentPort, workerData } from 'node:worker_threads'
const location = '/0/Stuck.xsd'
parentPort.on('message', ({ id }) => {
  const reason = workerData.hopeless.get(location)
  if (id === 'documentNoun' && reason === undefined)
    return parentPort.postMessage({ kind: 'at', at: { location, path: 'xsd/Stuck.xsd' } })
  const rendered = { status: 200, contentType: 'text/plain', text: reason ?? 'all' }
  parentPort.postMessage({ kind: 'done', answer: { answer: { rendered, headers: {} } }, worn: false })
})`

test('gives up a schema that takes too long, remembers it, and goes on with the others', async () => {
  const stuck = new URL(`data:text/javascript,${encodeURIComponent(STUCK)}`)
  const hasty = describerOf(folders, { ...options, deadlineMs: 2_000 }, stuck)
  let starts = 0
  const asked = async (id: string, noun: string) => {
    const request = { params: { noun }, query: {}, headers: {} }
    const counted = () => {
      starts += 1
      return about()
    }
    return (await hasty.answer(id, request, counted)).rendered.text
  }
  assert.is(await asked('openapi', 'Little'), 'all')
  const reason = 'xsd/Stuck.xsd: The schema cannot be described: no decision within 2000 ms'
  assert.is(await asked('documentNoun', 'Stuck'), reason)
  assert.is(starts, 2)
  assert.is(await asked('documentNoun', 'Other'), reason)
  assert.is(starts, 2)
  await hasty.close()
  assert.is(await asked('documentNoun', 'Stuck'), reason)
  assert.match(await codeOf(asked('documentNoun', 'Third')), /^overloaded/)
})

test.run()
