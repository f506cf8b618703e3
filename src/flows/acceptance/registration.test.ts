// Registering a DER: what it is, where it is connected, and that there is one record of it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { WATTS, connection, registration, request } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('registrations')

const ways = await openWays()
test.after(() => ways.gateway.close())

const create = (noun: string, object: JsonObject) => ways.ok({ verb: 'create', noun, object })

const changing = (noun: string, mRID: string, more: JsonObject) => ({
  verb: 'change',
  noun,
  object: { mRID, ...more },
})

async function stateOf(mRID: string): Promise<string> {
  return (await ways.stored('ServiceRequests', mRID)).state
}

test('SR-02/AC1: an id of the registry is given once, and stays', async () => {
  const [first, second] = [
    await connection(ways, 'registered'),
    await connection(ways, 'registered'),
  ]
  const numbered = ({ registration: { mRID } }: typeof first, name: string) =>
    changing('DERRegistrations', mRID, { dsoRegistryId: { name } })
  await ways.ok(numbered(first, 'DER-1'))
  await ways.ok(numbered(first, 'DER-1'))
  const taken = await ways.refused(numbered(second, 'DER-1'))
  const ids = [second.registration.mRID, first.registration.mRID]
  assert.equal(taken, { code: '6.1', rule: 'REG-ID', ids })
  const other = await ways.refused(numbered(first, 'DER-2'))
  assert.equal(other, { code: '6.1', rule: 'REG-ID', ids: [first.registration.mRID] })
  await ways.ok(numbered(second, 'DER-2'))
})

test('SR-02, G-AC39: a power in another unit than that of its rating is none', async () => {
  const { request: own } = await connection(ways, 'submitted')
  for (const maxP of [
    { ...WATTS('5'), unit: 'VA' },
    { ...WATTS('5'), unit: 'kW' },
    { value: '5' },
  ]) {
    const body = { DERRegistration: [registration(own, { maxP })] }
    const { status, json } = await ways.json('POST', 'der-registrations', body)
    assert.is(status, 400, JSON.stringify(json))
    assert.is(member(json, 'code'), '1.8')
  }
  assert.is(await stateOf(own.mRID), 'submitted')
})

test('SR-02: registering the device moves the request, in one change and with an event each', async () => {
  const { request: own } = await connection(ways, 'submitted')
  const object = registration(own)
  await create('DERRegistrations', object)
  assert.is(await stateOf(own.mRID), 'registered')
  const events = (await ways.gateway.events()).filter((it) =>
    [own.mRID, object.mRID].includes(it.subject),
  )
  assert.equal(
    events.map((it) => `${it.noun} ${it.previous}>${it.state}`),
    [
      'ServiceRequests >submitted',
      'DERRegistrations >present',
      'ServiceRequests submitted>registered',
    ],
  )
})

test('SR-02/AC3: the same device twice is one record', async () => {
  const { registration: first } = await connection(ways, 'registered')
  const { request: other } = await connection(ways, 'submitted')
  const at = registration(other, {}, { EndDevice: first['EndDevice'] ?? null })
  const said = await ways.refused({ verb: 'create', noun: 'DERRegistrations', object: at })
  assert.equal(said, { code: '2.29', rule: 'REG-DUP', ids: [at.mRID, first.mRID] })
  const again = { ...at, UsagePoint: first['UsagePoint'] ?? null }
  const same = await ways.refused({ verb: 'create', noun: 'DERRegistrations', object: again })
  assert.equal(same, { code: '6.1', rule: 'REG-DUP', ids: [at.mRID, first.mRID] })
  assert.is(await stateOf(other.mRID), 'submitted')
})

test('SR-02, G-AC39: ratings that contradict each other are refused', async () => {
  const { request: own } = await connection(ways, 'submitted')
  const cases: readonly (readonly [JsonObject, string, string])[] = [
    [{ minP: WATTS('5001', 'none') }, '6.1', 'REG-P'],
    [{ maxQ: { multiplier: 'k', unit: 'VAr', value: '7.61' } }, '6.1', 'REG-Q'],
    [{ minQ: { multiplier: 'none', unit: 'VAr', value: '-7601' } }, '6.1', 'REG-Q'],
    [{ technology: 'batteryStorage' }, '5.8', 'REG-E'],
    [{ ratedE: { multiplier: 'k', unit: 'Wh', value: '13.5' } }, '5.8', 'REG-E'],
  ]
  for (const [nameplate, code, rule] of cases) {
    const object = registration(own, nameplate)
    const said = await ways.refused({ verb: 'create', noun: 'DERRegistrations', object })
    assert.equal(said, { code, rule, ids: [object.mRID] })
  }
  const edge = {
    minP: WATTS('5000', 'none'),
    maxQ: { multiplier: 'none', unit: 'VAr', value: '7600' },
  }
  await create('DERRegistrations', registration(own, edge))
})

test('SR-02: a registration for a request that does not exist is refused', async () => {
  const object = registration(request('derInterconnection'))
  const said = await ways.refused({ verb: 'create', noun: 'DERRegistrations', object })
  assert.is(said.code, '99.1')
})

test.run()
