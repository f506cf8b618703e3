// A device in a stage: reserved once and at one time, called, and closed with its outcome or missed.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import {
  EVENTS,
  UNAVAILABILITIES,
  at,
  event,
  freshDevice,
  reservation,
  stageAs,
  stagesIn,
} from './events.fixture.ts'
import { change, openSeason, optOut, outcome, reserve, told } from './season.fixture.ts'
import { businessRule } from '../rules/index.ts'
import { refusalsIn, saidIn } from './ways.fixture.ts'

const test = suite('devices in events')

const { ways, setClock, planned, reserved, run, kept, stateOf } = await openSeason()
test.before.each(() => setClock(8))
test.after(() => ways.gateway.close())

test('RS-01: a device that is reserved says so, for the time of its stage, with all that the stage is known by', async () => {
  const its = await planned()
  const own = await reserved(its)
  const { state, object } = await kept(own)
  const [stage] = stagesIn(its)
  assert.equal([state, object['reserved'], object['state']], ['RESERVED', true, 'RESERVED'])
  assert.equal(object['reservation'], stage?.['interval'])
  assert.equal(object['stage'], { mRID: stage?.mRID, Names: stage?.['Names'] })
  assert.is(member(object['status'], 'value'), 'Open')
})

test('RSV-STAGE: nobody is reserved for what is unknown, over or begun', async () => {
  const strange = await ways.refused(reserve(reservation(event([[20, 21]]), freshDevice())))
  assert.equal([strange.code, strange.rule], ['99.1', 'RSV-STAGE'])
  const [its, other] = [await planned(), await planned()]
  await ways.ok({ verb: 'cancel', noun: EVENTS, object: other })
  const over = await ways.refused(reserve(reservation(other, freshDevice())))
  assert.equal([over.code, over.rule], ['6.1', 'RSV-STAGE'])
  setClock(20)
  assert.is((await ways.refused(reserve(reservation(its, freshDevice())))).rule, 'RSV-STAGE')
})

test('RSV-OVERLAP: a device is reserved for one stage at a time; where one ends the next may begin', async () => {
  const its = await planned([
    [20, 21],
    [21, 22],
  ])
  const other = await planned([[20.5, 21.5]])
  const of = freshDevice()
  const first = await reserved(its, of)
  await reserved(its, of, {}, 1)
  const clash = await ways.refused(reserve(reservation(other, of)))
  assert.equal([clash.code, clash.rule], ['6.1', 'RSV-OVERLAP'])
  assert.ok(clash.ids.includes(first.mRID), 'it names the reservation that stands in its way')
  await ways.ok({ verb: 'cancel', noun: EVENTS, object: its })
  await reserved(other, of)
})

test('RSV-OVERLAP: also over midnight, and by times of its own', async () => {
  const [its, other] = [await planned([[23, 26]]), await planned([[25, 27]])]
  const of = freshDevice()
  await reserved(its, of)
  assert.is((await ways.refused(reserve(reservation(other, of)))).rule, 'RSV-OVERLAP')
  const later = { reservation: { end: at(27), start: at(26) } }
  await reserved(other, of, later)
  const backward = reservation(other, freshDevice(), {
    reservation: { end: at(25), start: at(26) },
  })
  assert.is((await ways.refused(reserve(backward))).rule, 'RSV-INTERVAL')
})

test('DEV-DUP: a device is in a stage once, in one message and in several; the same record sent again is the same', async () => {
  const its = await planned()
  const of = freshDevice()
  const both = [reservation(its, of, { recordId: '1' }), reservation(its, of, { recordId: '2' })]
  const reply = await ways.json('POST', 'event-participations', { EventParticipation: both })
  const [refusal] = refusalsIn({ reply: member(reply.json, 'reply') ?? null }).filter(
    (it) => it.rule,
  )
  assert.equal([reply.status, refusal?.code, refusal?.rule], [200, '6.1', 'DEV-DUP'])
  const [first] = both
  assert.ok(first)
  assert.is(await stateOf(first), 'RESERVED')
  const again = await ways.refused(reserve(reservation(its, of, { recordId: '3' })))
  assert.equal([again.code, again.rule], ['6.1', 'DEV-DUP'])
  const { mRID: _other, ...same } = reservation(its, of, { recordId: '1' })
  const before = await kept(first)
  await ways.ok(reserve(same))
  assert.equal(await kept(first), before)
})

test('EV-04/AC1: with its outcome a participation is closed, when its stage is completed and not before', async () => {
  const its = await planned()
  const own = await reserved(its)
  const early = { code: '6.1', rule: 'OUT-STATE', ids: [own.mRID] }
  assert.equal(await ways.refused(change(outcome(own))), early)
  await run(its, 'IN_PROGRESS')
  assert.is(await stateOf(own), 'CALLED')
  assert.equal(await ways.refused(change(outcome(own))), early)
  setClock(21)
  await ways.ok({ verb: 'change', noun: EVENTS, object: stageAs(its, 0, 'COMPLETED') })
  await ways.ok(change(outcome(own)))
  const { state, object } = await kept(own)
  assert.equal(
    [state, object['outcome'], member(object['status'], 'value')],
    ['CLOSED', 'success', 'Closed'],
  )
  await ways.ok(change(outcome(own)))
  const other = change(outcome(own, 'nonResponsive'))
  assert.is((await ways.refused(other)).rule, 'RSV-FROZEN', 'an outcome is told once')
  assert.match(businessRule('RSV-FROZEN')?.mend ?? '', 'without outcome')
})

test('EV-04/AC2, G-AC29: an outcome of a device that was never reserved is refused for itself, told or asked for', async () => {
  const its = await planned()
  const own = await reserved(its)
  await run(its)
  const { mRID = '' } = stagesIn(its)[0] ?? {}
  const strange = {
    EndDevice: freshDevice(),
    stage: { mRID },
    outcome: 'success',
    outcomeInterval: { end: at(21), start: at(20) },
  }
  for (const ask of [change, told]) {
    const said = saidIn((await ways.sent(ask(strange)))['reply'])
    assert.equal([said.code, said.rule], ['2.29', 'OUT-UNRES'])
  }
  await ways.told(told(outcome(own)))
  assert.is(await stateOf(own), 'CLOSED')
})

test('EV-04/AC3, OO-01/AC1: who has opted out is never among those that were called', async () => {
  const its = await planned()
  const own = await reserved(its)
  await ways.ok(optOut(own))
  await run(its)
  const said = await ways.refused(change(outcome(own)))
  assert.equal(said, { code: '6.1', rule: 'OUT-OPT', ids: [own.mRID] })
  const reply = await ways.sent(told(outcome(own)))
  assert.is(saidIn(reply['reply']).rule, 'OUT-OPT', 'nor is anybody believed who tells it')
  await ways.ok(change(outcome(own, 'cancelled')))
  assert.equal([await stateOf(own), (await kept(own)).object['outcome']], ['CLOSED', 'cancelled'])
})

test('EV-04, G-AC29: an error says what went wrong, a success nothing; what is closed has an outcome', async () => {
  const its = await planned()
  const own = await reserved(its)
  await run(its)
  const wrong = [
    outcome(own, 'error'),
    outcome(own, 'success', { errorMessage: 'none' }),
    { mRID: own.mRID, state: 'CLOSED' },
  ]
  for (const it of wrong) {
    const said = await ways.refused(change(it))
    assert.equal(said, { code: '5.8', rule: 'OUT-ERROR', ids: [own.mRID] })
  }
  const backward = outcome(own, 'success', { outcomeInterval: { end: at(20), start: at(21) } })
  assert.is((await ways.refused(change(backward))).rule, 'OUT-INTERVAL')
  await ways.ok(change(outcome(own, 'error', { errorMessage: 'no answer from the head end' })))
})

test('EV-04: of a stage that was cancelled there is no outcome but that', async () => {
  const its = await planned()
  const own = await reserved(its)
  await ways.ok({ verb: 'cancel', noun: EVENTS, object: its })
  assert.is((await ways.refused(change(outcome(own)))).rule, 'OUT-STATE')
  await ways.ok(change(outcome(own, 'cancelled')))
  assert.is(await stateOf(own), 'CLOSED')
})

test('RSV-UNAV, UN-01/AC1: a device is not reserved for a time in which it is not to be called; the stage that starts as that ends may have it', async () => {
  const of = freshDevice()
  const period = { end: at(21), start: at(19) }
  const away = { mRID: fresh(), reason: 'away', EndDevices: [of], period }
  await ways.ok({ verb: 'create', noun: UNAVAILABILITIES, object: away })
  const its = await planned([
    [20, 21],
    [21, 22],
  ])
  const said = await ways.refused(reserve(reservation(its, of)))
  assert.equal([said.code, said.rule], ['6.1', 'RSV-UNAV'])
  await reserved(its, of, {}, 1)
  await ways.ok({ verb: 'cancel', noun: UNAVAILABILITIES, object: away })
  await reserved(its, of)
})

test.run()
