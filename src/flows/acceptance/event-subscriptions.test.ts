// Who takes part in events: devices of subscriptions that are active and acknowledged, and only as long as they are.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { keysOf, listOf } from '../reference.ts'
import { ENROLLMENTS, SUBSCRIPTIONS, application, subscription } from './enrollment.fixture.ts'
import { EVENTS, PROGRAM, event, freshDevice, nameOf, reservation } from './events.fixture.ts'
import { openSeason, reserve } from './season.fixture.ts'
import type { Ways } from './ways.fixture.ts'

const test = suite('subscriptions in events')

const { ways, planned, reserved, stateOf } = await openSeason()
test.after(() => ways.gateway.close())

/** A device that takes part, as its programme and its DERMS have it. */
async function subscribed(
  of: JsonObject,
  more: JsonObject = {},
  { told, sent = told }: Pick<Ways, 'told'> & Partial<Pick<Ways, 'sent'>> = ways,
): Promise<Identified> {
  const DemandResponseProgram = more['DemandResponseProgram'] ?? PROGRAM
  const done = application({
    DemandResponseProgram,
    EndDevices: [of],
    status: { value: 'COMPLETED' },
  })
  await told({ verb: 'created', noun: ENROLLMENTS, object: done })
  const registered = { ...of, mRID: fresh(), registrationStatus: { value: 'Registered' } }
  const its = subscription(done, { EndDevices: [registered], syncState: 'synced', ...more })
  // What is acknowledged for some is answered PARTIAL.
  const tell = its['syncState'] === 'partial' ? sent : told
  await tell({ verb: 'created', noun: SUBSCRIPTIONS, object: its })
  return its
}

test('RSV-INACT, EN-04/AC1, G-AC27: only who takes part, is acknowledged and is registered can be reserved, each for itself', async () => {
  const its = await planned()
  const [active, pending, other, failed] = [
    freshDevice(),
    freshDevice(),
    freshDevice(),
    freshDevice(),
  ]
  const own = await subscribed(active)
  await subscribed(pending, { syncState: 'pending' })
  await subscribed(other, { DemandResponseProgram: { Names: [nameOf('OTHER', 'programCode')] } })
  await subscribed(failed, {
    EndDevices: [{ ...failed, registrationStatus: { value: 'Failed' } }],
  })
  const first = await reserved(its, active)
  const { object } = await ways.stored('EventParticipations', first.mRID)
  assert.equal(object['ProgramSubscription'], { mRID: own.mRID }, 'it says by which it takes part')
  for (const [of, why] of [
    [pending, 'pending'],
    [other, 'another programme'],
    [failed, 'not registered'],
  ] as const) {
    const said = await ways.refused(reserve(reservation(its, of)))
    assert.equal([said.code, said.rule, why], ['6.1', 'RSV-INACT', why])
  }
  const [half, unsaid] = [freshDevice(), freshDevice()]
  const registered = { ...half, mRID: fresh(), registrationStatus: { value: 'Registered' } }
  const going = { registrationStatus: { value: 'Failed' }, status: { value: 'excluded' } }
  await subscribed(half, {
    EndDevices: [registered, { ...unsaid, mRID: fresh() }, { ...freshDevice(), ...going }],
    syncState: 'partial',
  })
  await reserved(its, half)
  const open = await ways.refused(reserve(reservation(its, unsaid)))
  assert.equal([open.code, open.rule], ['6.1', 'RSV-INACT'], 'of it nobody has said that it is')
  const strange = await ways.refused(reserve(reservation(its, freshDevice())))
  assert.equal([strange.code, strange.rule], ['99.1', 'RSV-INACT'])
})

test('RSV-INACT: a programme is the same by its code and by its mRID', async () => {
  const code = `C-${fresh()}`
  const program = { mRID: fresh(), code, validityInterval: { start: '2026-01-01T00:00:00Z' } }
  await ways.ok({ verb: 'create', noun: 'Programs', object: program })
  const of = freshDevice()
  await subscribed(of, { DemandResponseProgram: { mRID: program.mRID } })
  const DemandResponseProgram = { Names: [nameOf(code, 'programCode')] }
  const its = event([[20, 21]], { DemandResponseProgram })
  await ways.ok({ verb: 'create', noun: EVENTS, object: its })
  assert.is(await stateOf(await reserved(its, of)), 'RESERVED')
})

test('G-AC27: one that is refused leaves the others of its message alone', async () => {
  const its = await planned()
  const [good, strange] = [freshDevice(), freshDevice()]
  await subscribed(good)
  const all = [reservation(its, strange), reservation(its, good)]
  const body = { EventParticipation: all }
  const { status, json } = await ways.json('POST', 'event-participations', body)
  assert.is(status, 200)
  assert.match(JSON.stringify(json), /"Result":"PARTIAL".*rule=RSV-INACT/)
  const [first, second] = all
  const { reply } = json as unknown as { readonly reply: { readonly Error: readonly JsonObject[] } }
  const named = reply.Error.flatMap(({ ID }) => (ID === undefined ? [] : [member(ID, '$')]))
  assert.equal(named, [first?.mRID], 'what is refused is told by the id of its own record')
  assert.is(second && (await stateOf(second)), 'RESERVED')
})

test('RSV-STAGE: who takes an event for its stage hears which stages it has', async () => {
  const its = await planned()
  const stages = listOf(its, 'stages').flatMap((it) => keysOf(it).slice(-1))
  const wrong = { ...reservation(its, freshDevice()), stage: { mRID: its.mRID } }
  const { json } = await ways.json('POST', 'event-participations', { EventParticipation: [wrong] })
  const said = JSON.stringify(json)
  assert.match(said, `${its.mRID} is an event`)
  assert.match(said, `: ${stages.join(', ')}.`)
})

test('ID-1: a device with a blank name is no device', async () => {
  const its = await planned()
  const blank = { Names: [{ ...nameOf('', 'nicId') }] }
  const said = await ways.refused(reserve(reservation(its, blank)))
  assert.equal([said.code, said.rule], ['5.8', 'ID-1'])
})

test('EN-05: who leaves the programme leaves its events: what is reserved is released in the same step', async () => {
  const its = await planned()
  const of = freshDevice()
  const own = await subscribed(of)
  const taking = await reserved(its, of)
  const path = `program-subscriptions/${own.mRID}:close`
  const closed = await ways.json('POST', path, { endDateTime: '2026-07-14T08:00:00Z' })
  assert.is(closed.status, 200, JSON.stringify(closed.json))
  assert.is(await stateOf(taking), 'RELEASED')
})

test('EN-06/AC1: what is reserved of a device that is replaced is released, and no longer holds its place', async () => {
  const its = await planned()
  const [old, next] = [freshDevice(), freshDevice()]
  const own = await subscribed(old)
  const taking = await reserved(its, old)
  const score = {
    ...{ mRID: fresh(), available: true, score: 0.5, EndDevice: old },
    ...{ calculatedDateTime: '2026-07-14T06:00:00Z', DemandResponseProgram: PROGRAM },
  }
  await ways.ok({ verb: 'create', noun: 'DeviceScores', object: score })
  const replaced = await ways.json('POST', `program-subscriptions/${own.mRID}/devices:replace`, {
    ...{ oldDevice: old, newDevice: next, replacedDateTime: '2026-07-14T08:00:00Z' },
  })
  assert.is(replaced.status, 200, JSON.stringify(replaced.json))
  assert.is(await stateOf(taking), 'RELEASED')
  assert.equal((await ways.stored('DeviceScores', score.mRID)).object, score, 'scores stay')
})

/** The subscription as a synchronization says it: one device goes as another comes. */
const exchanged = (its: Identified, old: JsonObject, next: JsonObject) => ({
  ...{ verb: 'change', noun: SUBSCRIPTIONS },
  object: { mRID: its.mRID, EndDevices: [{ ...old, status: { value: 'excluded' } }, next] },
})

test('EN-06/AC1: a list in which one device goes and another comes releases what is reserved of the one', async () => {
  const its = await planned()
  const [old, next] = [freshDevice(), freshDevice()]
  const own = await subscribed(old)
  const taking = await reserved(its, old)
  await ways.ok(exchanged(own, old, next))
  assert.is(await stateOf(taking), 'RELEASED')
  const gone = await planned()
  const said = (of: JsonObject, value: string) => ({ ...of, registrationStatus: { value } })
  const word = [said(old, 'Deregistered'), said(next, 'Registered')]
  await ways.told({
    ...{ verb: 'changed', noun: SUBSCRIPTIONS },
    object: { mRID: own.mRID, syncState: 'synced', EndDevices: word },
  })
  const other = await reserved(gone, next)
  const EndDevices = [{ ...next, status: { value: 'excluded' } }]
  await ways.ok({ verb: 'change', noun: SUBSCRIPTIONS, object: { mRID: own.mRID, EndDevices } })
  assert.is(await stateOf(other), 'RELEASED', 'also where none comes')
})

test('EN-06/AC1: where that is the policy, what is reserved goes over to the device that comes, and the stage loses nothing', async () => {
  const own = await openSeason({ policies: ['moveReservations'] })
  const its = await own.planned()
  const [old, next] = [freshDevice(), freshDevice()]
  const subscribing = await subscribed(old, {}, own.ways)
  const taking = await own.reserved(its, old)
  const replacing = (oldDevice: JsonObject, newDevice: JsonObject) =>
    own.ways.json('POST', `program-subscriptions/${subscribing.mRID}/devices:replace`, {
      ...{ oldDevice, newDevice, replacedDateTime: '2026-07-14T08:00:00Z' },
    })
  const replaced = await replacing(old, { ...next, specification: 'Example Climate T4' })
  assert.is(replaced.status, 200, JSON.stringify(replaced.json))
  const { state, object } = await own.kept(taking)
  assert.equal([state, object['EndDevice'], object['reserved']], ['RESERVED', next, true])
  const { object: evening } = await own.ways.stored(EVENTS, its.mRID)
  assert.is(JSON.stringify(evening).includes('lostDevices'), false)
  await own.ways.told({
    ...{ verb: 'changed', noun: SUBSCRIPTIONS },
    object: { mRID: subscribing.mRID, syncState: 'synced' },
  })
  const clash = await own.planned([[20.5, 21.5]])
  const again = await own.ways.refused(reserve(reservation(clash, next)))
  assert.is(again.rule, 'RSV-OVERLAP', 'it is the reservation of the new one')
  const third = freshDevice()
  await own.ways.ok(exchanged(subscribing, next, third))
  assert.equal((await own.kept(taking)).object['EndDevice'], third, 'by a list as by a replacement')
  await own.ways.gateway.close()
})

test('EVT-PRE, EV-01: an event is planned with those whom its DERMS has acknowledged; who is not yet is named', async () => {
  const DemandResponseProgram = { Names: [nameOf('EVENING', 'programCode')] }
  const plan = () => {
    const object = event([[20, 21]], { DemandResponseProgram })
    return { verb: 'create', noun: EVENTS, object }
  }
  await ways.ok(plan())
  const first = await subscribed(freshDevice(), { DemandResponseProgram, syncState: 'pending' })
  const none = await ways.refused(plan())
  assert.equal([none.code, none.rule], ['6.1', 'EVT-PRE'])
  const pending = JSON.stringify(await ways.sent(plan()))
  assert.match(pending, `subscription ${first.mRID} has not been acknowledged yet`)
  const word = { mRID: first.mRID, syncState: 'synced' }
  await ways.told({ verb: 'changed', noun: SUBSCRIPTIONS, object: word })
  assert.not.match(JSON.stringify(await ways.ok(plan())), 'not all', 'nobody is missing')
  const second = await subscribed(freshDevice(), { DemandResponseProgram, syncState: 'pending' })
  const said = JSON.stringify(await ways.ok(plan()))
  assert.match(said, /"level":"INFORM"/)
  assert.match(
    said,
    `Not all enrollments of the programme are synchronized: subscription ${second.mRID}`,
  )
})

test.run()
