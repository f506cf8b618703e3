// POST …:batch: a collection is answered object by object, in the order in which it came, whatever becomes of each.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { application, device } from '../../flows/acceptance/enrollment.fixture.ts'
import { readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { RouteAnswer } from '../routes.ts'

const test = suite('facade batch')

const gateway = await openFixture()
test.after(() => gateway.close())

const PATH = '/api/v1/program-enrollments:batch'

interface Told {
  readonly status: number
  readonly reply: { readonly Result: string; readonly Error: readonly { readonly code: string }[] }
  readonly results: readonly Record<string, unknown>[]
}

function batch(body: unknown, headers: Record<string, string> = {}): Promise<RouteAnswer> {
  return gateway.ask('POST', PATH, { body: JSON.stringify(body), headers })
}

function told({ status, text }: RouteAnswer): Told {
  const read = readJson(text)
  return { ...('value' in read ? (read.value as unknown as Told) : ({} as Told)), status }
}

async function sent(...all: readonly JsonObject[]): Promise<Told> {
  return told(await batch({ ProgramEnrollment: all }))
}

const idsOf = (all: readonly JsonObject[]) => all.map((it) => it['transactionId'])
const unnamed = ({ mRID: _none, ...rest }: JsonObject) => rest
const pick = (all: Told['results'], ...names: readonly string[]) =>
  all.map((it) => names.map((name) => it[name]))

async function states(all: readonly JsonObject[]): Promise<readonly string[]> {
  const ids = all.map(({ mRID }) => String(mRID))
  const found = await gateway.store.objects('ProgramEnrollments', ids, [])
  return ids.map((id) => found.find((it) => it.id === id)?.state ?? 'none')
}

test('EN-01/AC1, G-AC1: n applications have n results, in their order, each with the mRID that it is known by', async () => {
  const all = [application(), unnamed(application()), application()]
  const { status, reply, results } = await sent(...all)
  assert.equal([status, reply.Result, reply.Error], [200, 'OK', []])
  assert.equal(
    pick(results, 'index', 'transactionId', 'Result', 'code'),
    idsOf(all).map((it, at) => [at, it, 'OK', '0.0']),
  )
  const ids = results.map(({ ID }) => ID as Record<string, string>)
  assert.equal([ids[0]?.['$'], ids[2]?.['$']], [all[0]?.['mRID'], all[2]?.['mRID']])
  assert.equal(
    ids.map((it) => [it['@objectType'], it['@kind']]),
    Array(3).fill(['ProgramEnrollment', 'uuid']),
  )
  assert.equal(await states(ids.map(({ $: mRID = '' }) => ({ mRID }))), Array(3).fill('PENDING'))
})

test('G-AC2: what the business or its schema refuses is told at its place, and the others are taken', async () => {
  const twice = device()
  const all = [
    application({ EndDevices: [{}] }),
    application({ EndDevices: [twice] }),
    application({ validityInterval: { start: '2026-07-14' } }),
    application({ EndDevices: [device('1'), device('1')] }),
    application(),
  ]
  const { status, reply, results } = await sent(...all)
  assert.equal([status, reply.Result, reply.Error.map((it) => it.code)], [200, 'PARTIAL', ['0.2']])
  assert.equal(pick(results, 'index', 'transactionId', 'Result', 'code'), [
    [0, all[0]?.transactionId, 'FAILED', '5.8'],
    [1, all[1]?.transactionId, 'OK', '0.0'],
    [2, all[2]?.transactionId, 'FAILED', '1.8'],
    [3, all[3]?.transactionId, 'FAILED', '6.1'],
    [4, all[4]?.transactionId, 'OK', '0.0'],
  ])
  assert.match(String(results[0]?.['details']), /rule=ENR-DEVICE/)
  assert.match(String(results[2]?.['details']), /\/ProgramEnrollment\/2\/validityInterval\/start/)
  assert.match(String(results[3]?.['reason']), /EndDevices\[1\].*EndDevices\[0\]/)
  assert.equal(await states(all), ['none', 'PENDING', 'none', 'none', 'PENDING'])
})

test('G-AC2: where nothing is taken it is FAILED, and still each has its result', async () => {
  const unfit = application({ validityInterval: {} })
  const [one, other] = [application({ EndDevices: [{}] }), application({ EndDevices: [{}] })]
  for (const all of [[unfit], [unfit, unfit], [unfit, one], [one, other]]) {
    const { status, reply, results } = await sent(...all)
    assert.equal([status, reply], [200, { Result: 'FAILED', Error: [] }])
    assert.equal(
      pick(results, 'index', 'Result'),
      all.map((_it, at) => [at, 'FAILED']),
    )
  }
})

test('G-AC3: the same batch again enrolls nobody anew, and has the mRIDs of the first time', async () => {
  const all = [unnamed(application()), unnamed(application())]
  const [first, again] = [await sent(...all), await sent(...all)]
  assert.equal(pick(again.results, 'ID', 'Result'), pick(first.results, 'ID', 'Result'))
  for (const it of again.results) assert.match(String(it['details']), /rule=ENR-DUP/)
  const other = { ...all[1], enrollmentSource: 'selfService' }
  const { reply, results } = await sent(all[0] as JsonObject, other)
  assert.equal([reply.Result, ...results.map((it) => it['Result'])], ['PARTIAL', 'OK', 'FAILED'])
  assert.match(String(results[1]?.['details']), /rule=ENR-CONFLICT/)
})

test('G-AC3: under its Idempotency-Key it is answered to the letter; another one under it is refused', async () => {
  const body = { ProgramEnrollment: [application(), application({ validityInterval: {} })] }
  const key = { 'idempotency-key': 'batch-1' }
  const [first, again] = [await batch(body, key), await batch(body, key)]
  assert.is(again.text, first.text)
  assert.equal(
    [told(first).reply.Result, again.headers?.['Idempotency-Replayed']],
    ['PARTIAL', 'true'],
  )
  const other = await batch({ ProgramEnrollment: [application()] }, key)
  assert.equal([other.status, other.contentType], [422, 'application/problem+json; charset=utf-8'])
})

test('it may come as a payload or as a whole message, and is none without an object', async () => {
  const content = () => ({ ProgramEnrollment: [application(), application()] })
  const payload = () => ({ ProgramEnrollments: content() })
  const header = { Verb: 'create', Noun: 'ProgramEnrollments' }
  for (const body of [payload(), { message: 'RequestMessage', header, payload: payload() }])
    assert.is(told(await batch(body)).results.length, 2)
  const wrong: readonly unknown[] = [
    ...[{}, [], { ProgramEnrollment: [] }, { ProgramEnrollment: [application(), 1] }],
    { ...payload(), message: 'RequestMessage', header: { ...header, Noun: 'DERGroups' } },
  ]
  for (const body of wrong) {
    const { status, text } = await batch(body)
    assert.ok(status >= 400 && status < 500, `${JSON.stringify(body)}: ${status} ${text}`)
    assert.not.match(text, /"results"/)
  }
})

test('another noun has none, and is told how several objects are created', async () => {
  const { status, text } = await gateway.ask('POST', '/api/v1/der-groups:batch', { body: '{}' })
  assert.is(status, 404)
  assert.match(text, /POST \/api\/v1\/der-groups takes several objects/)
})

test.run()
