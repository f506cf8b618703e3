// A tariff that wants to monitor or to control the DER: it is connected when the device has answered, and not before.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { connection } from './connection.fixture.ts'
import type { Connection } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('communication')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'ServiceRequests'

async function stateOf({ request }: Connection): Promise<string> {
  return (await ways.stored(NOUN, request.mRID)).state
}

const connect = ({ request: { mRID } }: Connection) => ({
  verb: 'change',
  noun: NOUN,
  object: { mRID, status: { value: 'connected' } },
})

const answered = ({ registration }: Connection, commState: string, more: JsonObject = {}) =>
  ways.told({
    verb: 'created',
    noun: 'EndDeviceStatuses',
    object: {
      commState,
      EndDevice: member(registration, 'EndDevice') ?? {},
      status: { value: 'answered' },
      ...more,
    },
  })

test('SR-09/AC1: what is to be monitored or controlled stays verified until its device answers in time', async () => {
  for (const rule of ['monitoringRequired', 'controlRequired']) {
    const it = await connection(ways, 'verified', { [rule]: true })
    const said = await ways.refused(connect(it))
    assert.equal(said, { code: '6.1', rule: 'SR-COMM', ids: [it.request.mRID] }, rule)
    for (const state of ['unreachable', 'unknown']) await answered(it, state)
    await answered(it, 'reachable', { late: true })
    assert.is(await stateOf(it), 'verified', rule)
    assert.is((await ways.refused(connect(it))).rule, 'SR-COMM')
    await answered(it, 'reachable')
    assert.is(await stateOf(it), 'connected', rule)
  }
})

test('SR-09/AC1: nor is it told to be connected', async () => {
  const it = await connection(ways, 'verified', { controlRequired: true })
  const { object } = await ways.stored(NOUN, it.request.mRID)
  const event = { ...object, status: { value: 'connected' } }
  const reply = await ways.sent({ verb: 'changed', noun: NOUN, object: event })
  assert.match(JSON.stringify(reply), 'rule=SR-COMM')
  assert.is(await stateOf(it), 'verified')
})

test('SR-09: a device that answers before its verification is asked once more', async () => {
  const it = await connection(ways, 'verificationOrdered', { monitoringRequired: true })
  await answered(it, 'reachable')
  assert.is(await stateOf(it), 'verificationOrdered')
})

test('SR-09: where the tariff asks for nothing, an answer connects nothing, and nobody waits for one', async () => {
  const it = await connection(ways, 'verified')
  await answered(it, 'reachable')
  assert.is(await stateOf(it), 'verified')
  await ways.ok(connect(it))
  assert.is(await stateOf(it), 'connected')
})

test('SR-09: checks are kept, and stand under their shorter name, too', async () => {
  const it = await connection(ways, 'verified', { monitoringRequired: true })
  const created = await ways.json('POST', 'device-status-checks', {
    EndDeviceStatus: [{ EndDevice: member(it.registration, 'EndDevice') ?? null }],
  })
  assert.is(created.status, 201)
  const [check] = member(created.json, 'EndDeviceStatus') as readonly JsonObject[]
  const path = `device-status-checks/${String(check?.['mRID'])}`
  const reply = await ways.json('PATCH', path, {
    commState: 'reachable',
    status: { value: 'answered' },
  })
  assert.is(reply.status, 200, JSON.stringify(reply.json))
  assert.is(await stateOf(it), 'connected')
  const long = await ways.json('GET', path.replace('device-status-checks', 'end-device-statuses'))
  assert.is(long.status, 200)
})

test.run()
