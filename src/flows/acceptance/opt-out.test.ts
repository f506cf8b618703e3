// A customer who does not want to take part: out of the stage as long as there is time for that, and told when there is not.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import { EVENTS, PROGRAM, device, freshDevice, stagesIn } from './events.fixture.ts'
import { change, openSeason, optOut } from './season.fixture.ts'

const test = suite('opt-outs')

const { ways, setClock, planned, reserved, run, kept, stateOf } = await openSeason()
test.before.each(() => setClock(8))
test.after(() => ways.gateway.close())

test('OO-01, OO-02: who opts out is out: not reserved any more, with the reason that a user has cancelled', async () => {
  const its = await planned()
  const own = await reserved(its)
  await ways.ok(optOut(own))
  const { state, object } = await kept(own)
  assert.equal([state, object['reserved'], object['preemptiveOptOut']], ['OPTED_OUT', false, true])
  assert.is(member(object['status'], 'reason'), '6.5')
})

test('OO-01: a customer may say who asks, and why; the code of the reason stays', async () => {
  const own = await reserved(await planned())
  const path = `event-participations/${own.mRID}:opt-out`
  const said = { requestedBy: 'customer service', reason: 'somebody is ill at home' }
  assert.is((await ways.json('POST', path, { ...said, reserved: false })).status, 400)
  assert.is((await ways.json('POST', path, { reason: 7 })).status, 400)
  assert.is((await ways.json('POST', path, said)).status, 200)
  const { state, object } = await kept(own)
  const [why, code] = ['remark', 'reason'].map((it) => member(object['status'], it))
  assert.equal([state, object['requestedBy'], why], ['OPTED_OUT', said.requestedBy, said.reason])
  assert.is(code, '6.5')
})

test('OO-01/AC2: to opt out twice is to opt out once, over every way', async () => {
  const its = await planned()
  const own = await reserved(its)
  const path = `event-participations/${own.mRID}:opt-out`
  assert.is((await ways.json('POST', path)).status, 200)
  const before = [await kept(own), (await ways.gateway.events()).length]
  await ways.ok(optOut(own))
  assert.is((await ways.json('POST', path)).status, 200)
  setClock(20.5)
  await ways.ok(optOut(own))
  const business = (await ways.gateway.events()).filter((it) => it.subject === own.mRID)
  assert.equal(await kept(own), before[0])
  assert.is(business.filter((it) => it.state === 'OPTED_OUT').length, 1)
})

test('OO-01: stage and device will do to say who opts out, by whatever ids they have', async () => {
  const its = await planned()
  const of = device('00135500000012399999')
  const own = await reserved(its, of)
  const [stage] = stagesIn(its)
  const object = { EndDevice: of, stage: { Names: stage?.['Names'] ?? [] }, preemptiveOptOut: true }
  await ways.ok(change(object))
  assert.is(await stateOf(own), 'OPTED_OUT')
})

test('OO-01/AC3: what a stage loses with those who leave it is added up exactly, and told once for each', async () => {
  const its = await planned()
  const watts = (value: number, multiplier = 'k') => ({
    expectedReduction: { multiplier, unit: 'W', value },
  })
  const all = [
    await reserved(its, freshDevice(), watts(1.1)),
    await reserved(its, freshDevice(), watts(2200, 'none')),
    await reserved(its, freshDevice()),
  ]
  for (const it of all) await ways.ok(optOut(it))
  const { object } = await ways.stored(EVENTS, its.mRID)
  const [stage] = stagesIn(object)
  const [lost, power] = [stage?.['lostDevices'], member(stage, 'lostReduction')]
  assert.equal(JSON.stringify([lost, power]), '[3,{"multiplier":"k","unit":"W","value":3.3}]')
  const events = (await ways.gateway.events()).filter((it) => it.subject === its.mRID)
  assert.equal(
    events.map((it) => it.verb),
    ['created', 'changed', 'changed', 'changed'],
  )
})

test('OPT-LATE, G-AC31: too late is said to be too late, with the time: after the cut-off, and once the stage has begun', async () => {
  const its = await planned()
  const own = await reserved(its)
  setClock(20)
  const late = { code: '6.1', rule: 'OPT-LATE', ids: [own.mRID] }
  assert.equal(await ways.refused(optOut(own)), late)
  await run(its, 'IN_PROGRESS')
  assert.equal(await ways.refused(optOut(own)), late)
  const reply = await ways.sent(optOut(own))
  assert.match(JSON.stringify(reply['reply']), /Too late: the stage has begun at 2026-07-14T20:00/)
})

test('OPT-LATE: a stage that has begun by the clock of its DERMS is too late to leave by any clock', async () => {
  const its = await planned()
  const own = await reserved(its)
  await run(its, 'IN_PROGRESS')
  setClock(19.99)
  const reply = JSON.stringify((await ways.sent(optOut(own)))['reply'])
  assert.match(reply, /OPT-LATE/)
  assert.match(reply, /Too late: the stage has begun, and the device .* is called/)
  assert.not.match(reply, /eventCancelled/)
})

test('OPT-OFF, OPT-LATE: the programme says whether a customer may opt out, and until when', async () => {
  const own = await openSeason()
  const taking = await own.reserved(await own.planned())
  const rules = { ...PROGRAM, mRID: fresh(), ...PROGRAM_CONTENT, allowOptOut: false }
  await own.ways.ok({ verb: 'create', noun: 'Programs', object: rules })
  const off = { code: '6.1', rule: 'OPT-OFF', ids: [taking.mRID] }
  assert.equal(await own.ways.refused(optOut(taking)), off)
  const allowing = { mRID: rules.mRID, allowOptOut: true, optOutCutoff: 'PT2H' }
  await own.ways.ok({ verb: 'change', noun: 'Programs', object: allowing })
  own.setClock(18)
  assert.is((await own.ways.refused(optOut(taking))).rule, 'OPT-LATE')
  own.setClock(17.99)
  await own.ways.ok(optOut(taking))
  await own.ways.gateway.close()
})

/** What a programme has to have besides. */
const PROGRAM_CONTENT: JsonObject = { code: 'PEAK-SAVER' }

test('OPT-STATE: what is released or over cannot be left', async () => {
  const its = await planned()
  const own = await reserved(its)
  await ways.ok({ verb: 'cancel', noun: EVENTS, object: its })
  const said = await ways.refused(optOut(own))
  assert.equal(said, { code: '6.1', rule: 'OPT-STATE', ids: [own.mRID] })
})

test('RSV-FROZEN: who has opted out stays out, and a participation keeps its device and its stage', async () => {
  const its = await planned()
  const own = await reserved(its)
  const moved = change({ mRID: own.mRID, EndDevice: { mRID: fresh() } })
  assert.is((await ways.refused(moved)).rule, 'RSV-FROZEN')
  await ways.ok(optOut(own))
  const back = change({ mRID: own.mRID, preemptiveOptOut: false })
  assert.equal(await ways.refused(back), { code: '6.1', rule: 'RSV-FROZEN', ids: [own.mRID] })
})

test.run()
