// The life of an event: planned in stages, mirrored once whoever tells it and how often, begun, ended and cancelled when its
// time has come and not before or after.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Identified } from './connection.fixture.ts'
import {
  EVENTS,
  PARTICIPATIONS,
  at,
  event,
  freshDevice,
  nameOf,
  reservation,
  stage,
  stageAs,
  stagesIn,
} from './events.fixture.ts'
import type { Hours } from './events.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('events of programmes')

let now = at(8)
const ways = await openWays({ clock: () => now })
test.before.each(() => {
  now = at(8)
})
test.after(() => ways.gateway.close())

const [create, change, cancel] = ['create', 'change', 'cancel'].map(
  (verb) => (object: JsonObject) => ({ verb, noun: EVENTS, object }),
) as [Asks, Asks, Asks]
type Asks = (object: JsonObject) => { verb: string; noun: string; object: JsonObject }

const THREE: readonly Hours[] = [
  [20, 21],
  [21, 22],
  [22, 23],
]

async function planned(hours: readonly Hours[] = THREE): Promise<Identified> {
  const its = event(hours)
  await ways.ok(create(its))
  return its
}

const kept = (its: Identified) => ways.stored(EVENTS, its.mRID)
const statesOf = ({ object }: { readonly object: JsonObject }) =>
  stagesIn(object).map((it) => valueOf(it))
const valueOf = (it: Json | undefined) => member(member(it, 'status'), 'value')

/** The event feed since then, without what happens to messages. */
async function eventCount(): Promise<number> {
  return (await ways.gateway.events()).filter((it) => it.noun !== 'messages').length
}

const stageStep = (its: Identified, place: number, step: string) =>
  ways.json('POST', `program-events/${its.mRID}/stages/${stagesIn(its)[place]?.mRID}:${step}`)

test('G-AC21: an event is kept with all its stages, each under the ids that it came with', async () => {
  const its = await planned()
  const { state, object } = await kept(its)
  assert.is(state, 'SCHEDULED')
  assert.is(valueOf(object), 'SCHEDULED')
  const ids = (of: JsonObject) => stagesIn(of).map((it) => [it.mRID, it['Names']])
  assert.equal(ids(object), ids(its))
})

test('G-AC21: a stage without an id of its own is refused, and so is an id that another stage has', async () => {
  const { mRID: _none, Names: _no, ...nameless } = stage([20, 21])
  assert.is((await ways.refused(create(event([], { stages: [nameless] })))).rule, 'STG-ID')
  const twice = stage([20, 21])
  const both = event([], { stages: [twice, { ...stage([21, 22]), mRID: twice.mRID }] })
  assert.is((await ways.refused(create(both))).rule, 'STG-ID')
  const its = await planned()
  const other = event([], {
    stages: [{ ...stage([9, 10]), Names: stagesIn(its)[0]?.['Names'] ?? [] }],
  })
  const said = await ways.refused(create(other))
  assert.equal([said.code, said.rule], ['6.1', 'STG-DUP'])
})

test('G-AC22: the same event sent again is made once, under whatever MessageID and mRID', async () => {
  const its = await planned()
  const before = [await kept(its), await eventCount()]
  await ways.ok(create(its))
  const { mRID: _own, ...unnumbered } = its
  await ways.ok(create(unnumbered))
  await ways.ok(change(stageAs(its, 0, 'CANCELED')))
  await ways.ok(create(its))
  assert.equal(statesOf(await kept(its)), ['CANCELED', 'SCHEDULED', 'SCHEDULED'])
  assert.is(await eventCount(), Number(before[1]) + 1, 'only the cancellation has happened')
})

test('G-AC22: another event under an id that is taken is refused, and changes nothing', async () => {
  const its = await planned()
  const said = await ways.refused(create({ ...its, category: 'EMERGENCY' }))
  assert.equal([said.code, said.rule, said.ids], ['6.1', 'DUPLICATE', [its.mRID]])
})

test('EV-02, G-AC23: a stage starts and is completed when its time has come, and the event goes with its stages', async () => {
  const its = await planned()
  const early = { code: '6.1', rule: 'STG-EARLY', ids: [its.mRID] }
  now = at(19.9)
  assert.equal(await ways.refused(change(stageAs(its, 0, 'IN_PROGRESS'))), early)
  now = new Date(Date.parse(at(20)) - 60_000).toISOString()
  await ways.ok(change(stageAs(its, 0, 'IN_PROGRESS')))
  assert.is((await kept(its)).state, 'IN_PROGRESS')
  now = at(20.5)
  assert.equal(await ways.refused(change(stageAs(its, 0, 'COMPLETED'))), early)
  now = at(21)
  await ways.ok(change(stageAs(its, 0, 'COMPLETED')))
  assert.is((await kept(its)).state, 'SCHEDULED', 'two stages are still to come')
  for (const [place, hour] of [
    [1, 22],
    [2, 23],
  ] as const) {
    now = at(hour - 1)
    await ways.ok(change(stageAs(its, place, 'IN_PROGRESS')))
    now = at(hour)
    await ways.ok(change(stageAs(its, place, 'COMPLETED')))
  }
  const { state, object } = await kept(its)
  assert.equal([state, valueOf(object)], ['COMPLETED', 'COMPLETED'])
  assert.is(member(member(object, 'status'), 'dateTime'), at(23))
})

test('G-AC23: no stage goes back, and none begins otherwise than scheduled', async () => {
  const its = await planned()
  now = at(20)
  await ways.ok(change(stageAs(its, 0, 'IN_PROGRESS')))
  now = at(21)
  await ways.ok(change(stageAs(its, 0, 'COMPLETED')))
  const back = await ways.refused(change(stageAs(its, 0, 'IN_PROGRESS')))
  assert.equal([back.code, back.rule], ['6.1', 'SM-STG-COMPLETED-start'])
  for (const [value, rule] of [
    ['CANCELED', 'STG-NOTSCHED'],
    ['IN_PROGRESS', 'STG-NOTSCHED'],
    ['COMPLETED', 'STG-NOTSCHED'],
  ] as const) {
    const strange = event([], { stages: [stage([5, 6], { status: { value } })] })
    assert.is((await ways.refused(create(strange))).rule, rule, value)
  }
})

test('G-AC23: what is told is refused by the same rules, and told on to nobody', async () => {
  const its = await planned()
  const told = (object: JsonObject) => ({ verb: 'changed', noun: EVENTS, object })
  const before = await kept(its)
  const early = await ways.sent(told(stageAs(its, 0, 'IN_PROGRESS')))
  assert.equal([saidIn(early['reply']).code, saidIn(early['reply']).rule], ['6.1', 'STG-EARLY'])
  const never = event([[20, 21]])
  const stages = stagesIn(never).map((it) => ({ ...it, status: { value: 'CANCELED' } }))
  for (const verb of ['changed', 'canceled']) {
    const reply = await ways.sent({ verb, noun: EVENTS, object: { ...never, stages } })
    assert.equal([saidIn(reply['reply']).rule, verb], ['STG-NOTSCHED', verb])
  }
  assert.equal(await kept(its), before)
  now = at(20)
  await ways.told(told(stageAs(its, 0, 'IN_PROGRESS')))
  assert.is((await kept(its)).state, 'IN_PROGRESS')
})

test('EV-03: what nobody has scheduled cannot be cancelled, and says so', async () => {
  const reply = await ways.sent(cancel({ mRID: 'c0ffee00-0000-4000-8000-000000000001' }))
  assert.equal([saidIn(reply['reply']).code, saidIn(reply['reply']).rule], ['6.1', 'STG-NOTSCHED'])
})

test('EV-03, G-AC28: a stage that has begun is not cancelled, nor is any other of its event with it', async () => {
  const its = await planned()
  now = at(20)
  const late = { code: '6.1', rule: 'STG-LATE', ids: [its.mRID] }
  assert.equal(await ways.refused(cancel(its)), late, 'its start has come')
  await ways.ok(change(stageAs(its, 0, 'IN_PROGRESS')))
  assert.equal(await ways.refused(cancel(its)), late)
  assert.equal(await ways.refused(change(stageAs(its, 0, 'CANCELED'))), late)
  assert.equal(statesOf(await kept(its)), ['IN_PROGRESS', 'SCHEDULED', 'SCHEDULED'])
  await ways.ok(change(stageAs(its, 2, 'CANCELED')))
  assert.equal(statesOf(await kept(its)), ['IN_PROGRESS', 'SCHEDULED', 'CANCELED'])
})

test('EV-03: where the policy allows it what has begun is cancelled, and its devices are released', async () => {
  const own = await openWays({ clock: () => now, policies: ['allowInProgressCancel'] })
  const its = event([[20, 21]])
  await own.ok(create(its))
  const taking = reservation(its, freshDevice())
  await own.ok({ verb: 'create', noun: PARTICIPATIONS, object: taking })
  now = at(20)
  await own.ok(change(stageAs(its, 0, 'IN_PROGRESS')))
  assert.is((await own.stored(PARTICIPATIONS, taking.mRID)).state, 'CALLED')
  await own.ok(cancel(its))
  assert.is((await own.stored(EVENTS, its.mRID)).state, 'CANCELED')
  assert.is((await own.stored(PARTICIPATIONS, taking.mRID)).state, 'RELEASED')
  await own.gateway.close()
})

test('EV-03/AC1, G-AC28: with an event all its stages are cancelled and all its devices released, in one step', async () => {
  const [its, other] = [await planned(), await planned([[9, 10]])]
  const own = await Promise.all(
    [0, 0, 1, 2].map(async (place) => {
      const object = reservation(its, freshDevice(), {}, place)
      await ways.ok({ verb: 'create', noun: PARTICIPATIONS, object })
      return object
    }),
  )
  const strange = reservation(other, freshDevice())
  await ways.ok({ verb: 'create', noun: PARTICIPATIONS, object: strange })
  const before = (await ways.gateway.events()).length
  await ways.ok(cancel(its))
  assert.equal(statesOf(await kept(its)), ['CANCELED', 'CANCELED', 'CANCELED'])
  for (const { mRID } of own) {
    const { state, object } = await ways.stored(PARTICIPATIONS, mRID)
    assert.equal([state, object['reserved'], object['state']], ['RELEASED', false, 'RELEASED'])
  }
  assert.is((await ways.stored(PARTICIPATIONS, strange.mRID)).state, 'RESERVED')
  const since = (await ways.gateway.events()).slice(before).filter((it) => it.noun !== 'messages')
  assert.equal(since.map((it) => it.state).sort(), [
    'CANCELED',
    ...Array.from({ length: 4 }, () => 'RELEASED'),
  ])
  assert.is(new Set(since.map((it) => it.exchangeId)).size, 1)
})

test('EVT-FROZEN: a stage keeps its interval, and an event its programme', async () => {
  const its = await planned()
  const { mRID = '' } = stagesIn(its)[0] ?? {}
  const moved = { mRID: its.mRID, stages: [{ mRID, interval: { start: at(19), end: at(21) } }] }
  assert.is((await ways.refused(change(moved))).rule, 'EVT-FROZEN')
  const DemandResponseProgram = { Names: [nameOf('OTHER', 'programCode')] }
  assert.is(
    (await ways.refused(change({ mRID: its.mRID, DemandResponseProgram }))).rule,
    'EVT-FROZEN',
  )
})

test('a stage ends after it starts', async () => {
  const backward = event([[21, 20]])
  assert.is((await ways.refused(create(backward))).rule, 'STG-INTERVAL')
})

test('EV-02: the façade takes stages by steps of their own, known by mRID or by external id', async () => {
  const its = await planned()
  now = at(20)
  assert.is((await stageStep(its, 0, 'start')).status, 200)
  assert.is((await kept(its)).state, 'IN_PROGRESS')
  now = at(21)
  const name = `S-${stagesIn(its)[0]?.mRID}`
  const done = await ways.json('POST', `program-events/${its.mRID}/stages/${name}:complete`)
  assert.is(done.status, 200)
  assert.is((await stageStep(its, 1, 'cancel')).status, 409, 'its start has come')
  assert.is((await stageStep(its, 2, 'cancel')).status, 200)
  assert.equal(statesOf(await kept(its)), ['COMPLETED', 'SCHEDULED', 'CANCELED'])
  const events = await eventCount()
  assert.is((await stageStep(its, 0, 'complete')).status, 200, 'it is so already')
  assert.is(await eventCount(), events)
  assert.is((await stageStep(its, 1, 'nonsense')).status, 404)
  const unknown = await ways.json('POST', `program-events/${its.mRID}/stages/none:start`)
  assert.equal([unknown.status, member(unknown.json, 'code')], [404, '99.1'])
})

test.run()
