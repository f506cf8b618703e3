// Rules that no other test raises, each by a message that breaks nothing else: refused over every way, with its code and its rule,
// and what is there stays as it was.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ENROLLMENT } from '../../lifecycles/enrollment.ts'
import { step } from '../../lifecycles/lifecycle.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { connection, fresh, request, verification } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { DISPATCHES, dispatch } from './dispatches.fixture.ts'
import {
  ENROLLMENTS,
  SUBSCRIPTIONS,
  application,
  device,
  installation,
  subscription,
  withStatus,
} from './enrollment.fixture.ts'
import { EVENTS, PARTICIPATIONS, event, reservation, stagesIn } from './events.fixture.ts'
import { GROUPS, REQUESTS, fleet, group, groupRequest } from './groups.fixture.ts'
import { aggregator } from './programs.fixture.ts'
import { HOURS, energy, settlement } from './settlement.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('rules raised')

const ways = await openWays()
test.after(() => ways.gateway.close())

const asking = (verb: string, noun: string) => (object: JsonObject) => ({ verb, noun, object })
const create = (noun: string, object: JsonObject) => asking('create', noun)(object)
const enroll = asking('create', ENROLLMENTS)
const status = ({ mRID }: Identified, value: string) =>
  asking('change', ENROLLMENTS)(withStatus(mRID, value))

/** What is refused, and by what. */
async function refused(wish: Wish): Promise<string> {
  const { rule, code } = await ways.refused(wish)
  return `${rule} ${code}`
}

const BACKWARD = { start: '2026-08-02T00:00:00Z', end: '2026-08-01T00:00:00Z' }

/** An enrollment that has come as far as this. */
async function enrolled(it: Identified, ...upTo: readonly string[]): Promise<Identified> {
  await ways.ok(enroll(it))
  for (const value of upTo) await ways.ok(status(it, value))
  return it
}

test('ENR-INTERVAL, AGG-INTERVAL: taking part and speaking for devices end after they start', async () => {
  const validityInterval = BACKWARD
  assert.is(await refused(enroll(application({ validityInterval }))), 'ENR-INTERVAL 6.1')
  const done = await enrolled(application(), 'validating', 'deviceCheck', 'COMPLETED')
  const its = create(SUBSCRIPTIONS, subscription(done, { validityInterval }))
  assert.is(await refused(its), 'ENR-INTERVAL 6.1')
  assert.is(
    await refused(create('Aggregators', aggregator({ validityInterval }))),
    'AGG-INTERVAL 6.1',
  )
})

test('DEV-TWICE: a device is listed once, whatever its key', async () => {
  const mRID = fresh()
  const EndDevices = [device(undefined, { mRID }), device(undefined, { mRID })]
  assert.is(await refused(enroll(application({ EndDevices }))), 'DEV-TWICE 6.1')
})

test('ENR-WORK: no work is requested for what the customer brings', async () => {
  const it = await enrolled(application(), 'validating')
  assert.is(await refused(status(it, 'installing')), 'ENR-WORK 6.1')
  const other = await enrolled(installation(), 'validating')
  await ways.ok(status(other, 'installing'))
})

test('ENR-CHECK: what was found to be out of reach does not complete an enrollment', async () => {
  const it = await enrolled(application(), 'validating')
  const [own] = it['EndDevices'] as readonly JsonObject[]
  const EndDevice = { Names: own?.['Names'] ?? [] }
  const check = {
    mRID: fresh(),
    EndDevice,
    commState: 'unreachable',
    status: { value: 'answered' },
  }
  await ways.told({ verb: 'created', noun: 'EndDeviceStatuses', object: check })
  await ways.ok(status(it, 'deviceCheck'))
  assert.is(await refused(status(it, 'COMPLETED')), 'ENR-CHECK 6.1')
})

test('ENR-SM, K1: an enrollment is never active: its schema has no such state, nor has its life', async () => {
  const it = await enrolled(application())
  const { status: http, json } = await ways.json('PATCH', `program-enrollments/${it.mRID}`, {
    status: { value: 'ACTIVE' },
  })
  assert.equal([http, member(json, 'code')], [400, '1.8'])
  for (const from of ['PENDING', 'validating', 'deviceCheck', 'COMPLETED']) {
    const said = step(ENROLLMENT, from, 'ACTIVE')
    assert.is('refusal' in said && said.refusal.rule, 'ENR-SM', from)
  }
})

test('SUB-DEVICE, G-AC15: of a device that its head-end system has not registered its DERMS hears that with the acknowledgement', async () => {
  const devices = [device(), device()]
  const asked = application({ EndDevices: devices })
  const it = subscription(await enrolled(asked, 'validating', 'deviceCheck', 'COMPLETED'))
  await ways.ok(create(SUBSCRIPTIONS, it))
  const EndDevices = devices.map(({ Names }, at) => ({
    ...{ Names, registrationStatus: { value: at === 0 ? 'Registered' : 'Failed' } },
  }))
  const object = { mRID: it.mRID, EndDevices }
  const said = refusalsIn(await ways.sent({ verb: 'changed', noun: SUBSCRIPTIONS, object }))
  assert.equal(
    said.filter(({ rule }) => rule !== '').map(({ rule, code }) => `${rule} ${code}`),
    ['SUB-DEVICE 5.3'],
  )
})

test('SCO-OLD, SCO-DUP: a score never overwrites a later one, and a device has one of a programme', async () => {
  const score = (calculatedDateTime: string, more: JsonObject = {}): Identified => ({
    mRID: fresh(),
    available: true,
    ...{ calculatedDateTime, score: 0.5, EndDevice: { Names: own.Names } },
    DemandResponseProgram: { Names: [{ name: 'SUMMER', NameType: { name: 'programCode' } }] },
    ...more,
  })
  const own = device()
  const it = score('2026-07-14T06:00:00Z')
  await ways.ok(create('DeviceScores', it))
  const older = { ...it, calculatedDateTime: '2026-07-14T05:00:00Z', score: 0.1 }
  assert.is(await refused(asking('change', 'DeviceScores')(older)), 'SCO-OLD 6.1')
  const told = await ways.sent({ verb: 'changed', noun: 'DeviceScores', object: older })
  assert.is(refusalsIn(told)[0]?.rule, 'SCO-OLD')
  assert.is(await refused(create('DeviceScores', score('2026-07-14T07:00:00Z'))), 'SCO-DUP 6.1')
})

test('AVQ-FROZEN: what was avoided stays that of one device and stage', async () => {
  const it: Identified = {
    ...{ mRID: fresh(), quantityKind: 'kWhAvoided', ProgramSubscription: { mRID: fresh() } },
    EndDevice: { mRID: fresh() },
    intervals: [{ interval: HOURS[0], quantity: energy(1) }],
    stage: { mRID: fresh() },
  }
  await ways.ok(create('AvoidedQuantities', it))
  for (const more of [{ EndDevice: { mRID: fresh() } }, { stage: { mRID: fresh() } }] as const) {
    const other = asking('change', 'AvoidedQuantities')({ mRID: it.mRID, ...more })
    assert.is(await refused(other), 'AVQ-FROZEN 6.1')
  }
})

test('SET-OUTCOME: what a device has done is known before that is settled', async () => {
  const done = await enrolled(application(), 'validating', 'deviceCheck', 'COMPLETED')
  const its = subscription(done)
  await ways.ok(create(SUBSCRIPTIONS, its))
  await ways.json('POST', `program-subscriptions/${its.mRID}:ack`)
  const evening = event([[20, 21]], { DemandResponseProgram: done['DemandResponseProgram'] ?? {} })
  await ways.ok(create(EVENTS, evening))
  const [own] = done['EndDevices'] as readonly JsonObject[]
  const EndDevice = { Names: own?.['Names'] ?? [] }
  await ways.ok(create(PARTICIPATIONS, reservation(evening, EndDevice)))
  const [{ mRID = '' } = {}] = stagesIn(evening)
  const of = { ProgramSubscription: { mRID: its.mRID }, stage: { mRID } }
  assert.is(await refused(create('ProgramSettlements', settlement(of))), 'SET-OUTCOME 5.8')
  const pending = settlement({ ...of, status: { value: 'PENDING' } })
  await ways.ok(create('ProgramSettlements', pending))
})

test('SR-SHORT, SR-ORDERED, IR-DUP: a connection is registered, reviewed once, and has a few orders at a time', async () => {
  const own = request('derInterconnection')
  await ways.ok(create('ServiceRequests', own))
  const begun = asking('change', 'ServiceRequests')(withStatus(own.mRID, 'inProgress'))
  assert.is(await refused(begun), 'SR-SHORT 6.1')
  const its = await connection(ways, 'approved')
  const again = { ...its.review, mRID: fresh() }
  assert.is(await refused(create('InterconnectionReviews', again)), 'IR-DUP 6.1')
  // What verifies nothing belongs to the request as well.
  const order = () => create('ServiceOrders', verification(its.request, { type: 'meterRead' }))
  for (let n = 0; n < 8; n += 1) await ways.ok(order())
  assert.is(await refused(order()), 'SR-ORDERED 3.2')
})

test('GRP-MEMBERS, DSP-RUN, NO-OBJECT: members are named, dispatches of one group are few, and a message names something', async () => {
  const { devices } = await fleet(ways, 1)
  const its = group(devices)
  await ways.ok(create(GROUPS, its))
  for (const action of ['addMembers', 'removeMembers']) {
    const bare = create(REQUESTS, groupRequest(action, its.mRID))
    assert.is(await refused(bare), 'GRP-MEMBERS 5.8')
  }
  for (let n = 0; n < 16; n += 1) await ways.ok(create(DISPATCHES, dispatch(its)))
  assert.is(await refused(create(DISPATCHES, dispatch(its))), 'DSP-RUN 3.2')
  const { xml } = { xml: ways.xmlOf({ verb: 'delete', noun: GROUPS, object: its }) }
  const nothing = await ways.gateway.send(xml.replace(/<ID[^]*<\/ID>/, ''))
  assert.match(nothing.text, /<code>1\.7<[^]*rule=NO-OBJECT/)
})

test('EN-01, EN-03: where customers, usage points and agreements are kept, one that is not known is refused by its code', async () => {
  const [customer, point] = [fresh(), fresh()]
  const done = await enrolled(application(), 'validating', 'deviceCheck', 'COMPLETED')
  await connection(ways, 'agreed')
  await ways.ok(create('CustomerConfig', { mRID: customer }))
  await ways.ok(create('UsagePointConfig', { mRID: point }))
  const known = { Customer: { mRID: customer }, UsagePoint: { mRID: point } }
  const stranger = { mRID: fresh() }
  for (const [more, code] of [
    [{ Customer: stranger }, '2.22'],
    [{ UsagePoint: stranger }, '2.12'],
    [{ CustomerAgreement: stranger }, '2.24'],
  ] as const)
    assert.is(await refused(enroll(application({ ...known, ...more }))), `REF-UNKNOWN ${code}`)
  for (const [more, code] of [
    [{ Customer: stranger }, '2.22'],
    [{ UsagePoint: stranger }, '2.12'],
  ] as const) {
    const its = subscription(done, { ...known, ...more })
    assert.is(await refused(create(SUBSCRIPTIONS, its)), `REF-UNKNOWN ${code}`)
  }
})

test.run()
