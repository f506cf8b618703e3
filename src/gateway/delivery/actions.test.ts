// What a person may do about a message, over a real store and a dispatcher on virtual time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import type { StatusEvent } from '../ports.ts'
import { actionsOn } from './actions.ts'
import type { ActionParts } from './actions.ts'
import { http, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import type { Behave, Bench } from './dispatcher.fixture.ts'
import { slotOf } from './lane.ts'

const test = suite('actions')

/** Parks at once, until it is mended. */
let isMended = false
const BROKEN: Behave = () => (isMended ? http(200) : http(400))

async function opened(behave: Behave = BROKEN, more: Partial<ActionParts> = {}) {
  isMended = false
  const bench = await openBench(behave)
  const actions = actionsOn({
    again: async () => ({ reason: 'Nothing is received here.' }),
    store: bench.store,
    clock: bench.time.clock,
    wake: bench.dispatcher.wake,
    priorityOf: () => 7,
    renewed: async (leg) => {
      const again = outgoingLeg(`${leg.id}'`, { request: leg.request })
      return { legs: [again], slots: [slotOf(again, 0, bench.time.clock())] }
    },
    settled: async () => ({ unit: {} }),
    ...more,
  })
  return { bench, actions }
}

async function legOf({ store }: Bench, id = 'a'): Promise<Leg> {
  const leg = await store.leg(id)
  if (leg === undefined) throw new Error(`there is no ${id}`)
  return leg
}

async function audited({ store }: Bench) {
  const lines = await store.audit({ limit: 100 })
  return lines.map(({ who, what, subject, details }) => `${who} ${what} ${subject} ${details}`)
}

/** Transitions in the order of the feed. */
async function told({ store }: Bench): Promise<readonly string[]> {
  const events = await store.events(0, 100)
  return events.map(
    (it: StatusEvent) =>
      `${it.noun}/${it.subject} ${it.previous}>${it.state} ${it.result} ${it.code} ${it.revision}`,
  )
}

test('what is parked is driven again under its own MessageID, and its tries are counted on', async () => {
  const { bench, actions } = await opened()
  await bench.queue([outgoingLeg('a')])
  await bench.drain()
  assert.is((await legOf(bench)).state, 'PARKED')
  isMended = true
  assert.equal(await actions.redrive(await legOf(bench), 'eva'), { kind: 'done', leg: 'a' })
  await bench.drain()
  assert.is((await legOf(bench)).state, 'ACKED')
  assert.equal(
    bench.tried.map((it) => it.messageID),
    ['m-a', 'm-a'],
  )
  const attempts = await bench.store.attempts('a')
  assert.equal(
    attempts.map(({ n, outcome }) => [n, outcome]),
    [
      [1, 'business'],
      [2, 'ok'],
    ],
  )
  assert.equal(await audited(bench), ['eva redrive a peer m-a: PARKED -> QUEUED'])
  assert.equal(await told(bench), [
    'messages/m-a QUEUED>SENDING OK  0',
    'messages/m-a SENDING>PARKED FAILED 5.3 1',
    'messages/m-a PARKED>QUEUED OK  1',
    'messages/m-a QUEUED>SENDING OK  1',
    'messages/m-a SENDING>ACKED OK  2',
  ])
  await bench.close()
})

test('what waits for its next try goes at once, and the plan begins anew for what was parked', async () => {
  const { bench, actions } = await opened((_, n) => http(n === 1 ? 200 : 503))
  await bench.queue([outgoingLeg('a')])
  await bench.dispatcher.quiet()
  assert.is((await legOf(bench)).state, 'FAILED')
  await actions.redrive(await legOf(bench), 'eva')
  await bench.dispatcher.quiet()
  assert.is((await legOf(bench)).state, 'ACKED')
  assert.is(bench.time.passed(), 0)
  await bench.close()
  const lasting = await opened(() => http(503))
  await lasting.bench.queue([outgoingLeg('a')])
  await lasting.bench.drain()
  const tries = (await lasting.bench.store.attempts('a')).length
  await lasting.actions.redrive(await legOf(lasting.bench), 'eva')
  await lasting.bench.drain()
  assert.is((await lasting.bench.store.attempts('a')).length, 2 * tries)
  assert.is((await legOf(lasting.bench)).state, 'PARKED')
  await lasting.bench.close()
})

test('what is resent has a new MessageID, and says what it repeats', async () => {
  const { bench, actions } = await opened(() => http(200))
  await bench.queue([outgoingLeg('a')])
  await bench.drain()
  const done = await actions.resend(await legOf(bench), 'eva')
  assert.equal(done, { kind: 'done', leg: "a'" })
  await bench.drain()
  const again = await legOf(bench, "a'")
  assert.equal([again.state, again.replayOf, again.messageID], ['ACKED', 'a', "m-a'"])
  assert.is((await legOf(bench)).state, 'ACKED')
  assert.equal(await audited(bench), ["eva resend a peer m-a: as m-a'"])
  const other = await opened(BROKEN, {
    renewed: async () => ({ reason: 'It cannot be read.' }),
  })
  const refused = await other.actions.resend(again, 'eva')
  assert.equal(refused, { kind: 'refused', reason: 'It cannot be read.' })
  await other.bench.close()
  await bench.close()
})

test('what a person ends is not sent, and whoever waits for it hears of it', async () => {
  const heard: string[] = []
  const { bench, actions } = await opened(() => http(503), {
    settled: async (leg, { said, kind }) => ({
      unit: {},
      committed: () => void heard.push(`${leg.id} ${kind} ${said?.errors?.[0]?.code}`),
    }),
  })
  const later = outgoingLeg('b')
  await bench.store.commit({ puts: [], removals: [], events: [], legs: [later] })
  assert.is((await actions.cancel(later, 'eva')).kind, 'done')
  await bench.queue([outgoingLeg('a')])
  await bench.dispatcher.quiet()
  assert.is((await actions.close(await legOf(bench), 'eva')).kind, 'done')
  const before = bench.tried.length
  await bench.drain()
  assert.is(bench.tried.length, before)
  assert.equal(heard, ['b refused 6.5', 'a refused 6.5'])
  assert.equal(
    [(await legOf(bench)).state, (await legOf(bench, 'b')).state],
    ['CLOSED', 'CANCELED'],
  )
  assert.equal(await bench.store.backlog(), [])
  await bench.close()
})

/** [action, what it is asked for, why not] */
const REFUSED = [
  ['redrive', { state: 'ACKED' }, 'It is ACKED; redrive is for what is PARKED or FAILED.'],
  ['redrive', { state: 'ACKED', direction: 'in' }, /^It was received/],
  ['redrive', { state: 'PARKED', direction: 'in' }, 'Nothing is received here.'],
  ['redrive', { state: 'PARKED', notAfter: '2026-07-14T08:00:00.000Z' }, /^Its time has passed/],
  ['redrive', { state: 'PARKED', contentType: '', reason: 'x.' }, 'There is nothing to send: x.'],
  ['resend', { state: 'SENDING' }, /^It is SENDING; resend is for what is ACKED or/],
  ['cancel', { state: 'FAILED' }, 'It is FAILED; cancel is for what is HELD or QUEUED.'],
  ['close', { state: 'ACKED' }, /^It is ACKED; close is for what is PARKED/],
] as const satisfies readonly (readonly [string, Partial<Leg>, string | RegExp])[]

for (const [name, changes, reason] of REFUSED)
  test(`${name} of ${JSON.stringify(changes)} is refused`, async () => {
    const { bench, actions } = await opened()
    const done = await actions[name](outgoingLeg('a', changes), 'eva')
    assert.ok(done.kind === 'refused')
    assert.match(done.reason, reason)
    assert.equal(await audited(bench), [])
    await bench.close()
  })

test('what somebody else has changed meanwhile is told, and nothing is kept of the action', async () => {
  const { bench, actions } = await opened()
  await bench.queue([outgoingLeg('a')])
  const seen = await legOf(bench)
  await bench.drain()
  for (const act of [actions.cancel, actions.close])
    assert.is(
      (await act({ ...seen, state: act === actions.close ? 'FAILED' : 'QUEUED' }, 'eva')).kind,
      'refused',
    )
  assert.equal(await audited(bench), [])
  await bench.close()
})

test.run()
