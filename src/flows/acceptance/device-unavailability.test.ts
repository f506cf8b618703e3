// Times in which devices are not to be called: half open, one at a time, and what is reserved then is told of or released.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { ENROLLMENTS, SUBSCRIPTIONS, application, subscription } from './enrollment.fixture.ts'
import {
  EVENTS,
  PARTICIPATIONS,
  UNAVAILABILITIES,
  at,
  event,
  freshDevice,
  nameOf,
  reservation,
  stagesIn,
} from './events.fixture.ts'
import { openWays } from './ways.fixture.ts'
import type { Ways } from './ways.fixture.ts'

const test = suite('times without devices')

let now = at(8)
const ways = await openWays({ clock: () => now })
test.before.each(() => {
  now = at(8)
})
test.after(() => ways.gateway.close())

const create = (object: JsonObject) => ({ verb: 'create', noun: UNAVAILABILITIES, object })
const change = (object: JsonObject) => ({ verb: 'change', noun: UNAVAILABILITIES, object })

/** A time without devices, between hours of 14 July. */
function away(from: number, to: number, devices = [freshDevice()]): Identified {
  const period = { end: at(to), start: at(from) }
  return { mRID: fresh(), reason: 'away', EndDevices: devices, period }
}

async function told(its: Identified): Promise<Identified> {
  await ways.ok(create(its))
  return its
}

async function reservedBy(own: Ways, of: JsonObject): Promise<Identified> {
  const its = event([[20, 21]])
  await own.ok({ verb: 'create', noun: EVENTS, object: its })
  const object = reservation(its, of, {
    expectedReduction: { multiplier: 'k', unit: 'W', value: 1.5 },
  })
  await own.ok({ verb: 'create', noun: PARTICIPATIONS, object })
  return object
}

test('UN-01: a time without devices is planned until it begins, and ends after it starts', async () => {
  const its = await told(away(10, 12))
  assert.is((await ways.stored(UNAVAILABILITIES, its.mRID)).state, 'planned')
  assert.is((await ways.refused(create(away(12, 10)))).rule, 'UNAV-PERIOD')
  assert.is((await ways.refused(create(away(6, 8)))).rule, 'UNAV-PAST')
})

test('UN-01, G-AC30: times of a device do not overlap; where one ends the next may begin, and the same one is the same', async () => {
  const devices = [freshDevice(), freshDevice()]
  const its = await told(away(10, 12, devices))
  const clash = await ways.refused(create(away(11, 13, devices.slice(1))))
  assert.equal([clash.code, clash.rule], ['6.1', 'UNAV-OVERLAP'])
  assert.ok(clash.ids.includes(its.mRID))
  await told(away(12, 13, devices))
  const before = await ways.stored(UNAVAILABILITIES, its.mRID)
  const { mRID: _own, ...same } = its
  await ways.ok(create(same))
  assert.equal(await ways.stored(UNAVAILABILITIES, its.mRID), before)
  await ways.ok({ verb: 'cancel', noun: UNAVAILABILITIES, object: its })
  await told(away(11, 12, devices))
})

test('UN-01: what is reserved at that time is listed, and stays', async () => {
  const of = freshDevice()
  const reserved = await reservedBy(ways, of)
  const reply = await ways.ok(create(away(20.5, 23, [of])))
  assert.match(JSON.stringify(reply['reply']), new RegExp(`"code":"0.0".*${reserved.mRID}`))
  assert.is((await ways.stored(PARTICIPATIONS, reserved.mRID)).state, 'RESERVED')
  const free = freshDevice()
  await reservedBy(ways, free)
  const after = await ways.ok(create(away(21, 23, [free])))
  assert.not.match(JSON.stringify(after['reply']), /Reserved/, 'the stage ends as it begins')
})

test('UN-01: where that is the policy, what is reserved then is released, and lost to its stage', async () => {
  const own = await openWays({ clock: () => now, policies: ['releaseReservations'] })
  const of = freshDevice()
  const reserved = await reservedBy(own, of)
  await own.ok(create(away(20.5, 23, [of])))
  assert.is((await own.stored(PARTICIPATIONS, reserved.mRID)).state, 'RELEASED')
  const { mRID: id } = reserved['ProgramEvent'] as Identified
  const [stage] = stagesIn((await own.stored(EVENTS, id)).object)
  const lost = [stage?.['lostDevices'], stage?.['lostReduction']]
  assert.is(JSON.stringify(lost), '[1,{"multiplier":"k","unit":"W","value":1.5}]')
  await own.gateway.close()
})

test('UNAV-OFF: where the programme does not let customers say so, it is refused, and taken where it does', async () => {
  const own = await openWays({ clock: () => now })
  const of = freshDevice()
  const rules = { mRID: fresh(), code: 'QUIET', allowCustomerUnavailability: false }
  await own.ok({ verb: 'create', noun: 'Programs', object: rules })
  const DemandResponseProgram = { Names: [nameOf('QUIET', 'programCode')] }
  const done = application({
    ...{ DemandResponseProgram, EndDevices: [of] },
    status: { value: 'COMPLETED' },
  })
  await own.told({ verb: 'created', noun: ENROLLMENTS, object: done })
  await own.told({ verb: 'created', noun: SUBSCRIPTIONS, object: subscription(done) })
  const off = await own.refused(create(away(10, 12, [of])))
  assert.equal([off.code, off.rule], ['6.1', 'UNAV-OFF'])
  const allowing = { mRID: rules.mRID, allowCustomerUnavailability: true }
  await own.ok({ verb: 'change', noun: 'Programs', object: allowing })
  await own.ok(create(away(10, 12, [of])))
  await own.gateway.close()
})

test('UN-01: where it names a subscription, its devices are those that take part by it', async () => {
  const [own, gone] = [freshDevice(), freshDevice()]
  const enrolled = application({ EndDevices: [own] })
  const status = { value: 'excluded' }
  const devices = [own, { ...gone, status }]
  const its = subscription(enrolled, { EndDevices: devices, status: { value: 'INACTIVE' } })
  await ways.ok({ verb: 'create', noun: SUBSCRIPTIONS, object: its })
  const of = (...all: readonly JsonObject[]) =>
    create({ ...away(10, 12, [...all]), ProgramSubscription: { mRID: its.mRID } })
  for (const strange of [freshDevice(), gone]) {
    const said = await ways.refused(of(own, strange))
    assert.equal([said.code, said.rule], ['6.1', 'UNAV-DEVICE'])
  }
  await ways.ok(of(own))
  await ways.ok(create(away(14, 15, [freshDevice()])))
})

test('UNAV-FROZEN: it keeps its devices; its end may be another as long as that is to come', async () => {
  const its = await told(away(10, 12))
  const other = change({ mRID: its.mRID, EndDevices: [freshDevice()] })
  assert.is((await ways.refused(other)).rule, 'UNAV-FROZEN')
  await ways.ok(change({ mRID: its.mRID, period: { end: at(14), start: at(11) } }))
  const past = change({ mRID: its.mRID, period: { end: at(7), start: at(6) } })
  assert.is((await ways.refused(past)).rule, 'UNAV-PAST')
})

test.run()
