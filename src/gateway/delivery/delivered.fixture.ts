// For tests only: what must be true of a run of deliveries to peers that fail (T4), whoever the peers were.

import * as assert from 'uvu/assert'
import type { Attempt, Leg } from '../ledger.ts'
import { actionsOn } from './actions.ts'
import type { Bench } from './dispatcher.fixture.ts'
import { FAULTS, WISH_MS } from './faults.fixture.ts'
import type { Receiver, Trial } from './faults.fixture.ts'
import { laneOf, slotOf } from './lane.ts'
import { RETRY } from './retry.ts'

/** Counts of a run. */
export interface Deliveries {
  readonly accepted: number
  readonly delivered: number
  readonly parked: number
  readonly tries: number
  /** came in a second time, under the same MessageID */
  readonly repeated: number
}

/** Queues the trials, drains, and judges. @throws {AssertionError} the law that is broken, with the message that breaks it */
export async function deliverAll(
  bench: Bench,
  trials: readonly Trial[],
  { heard }: Receiver,
): Promise<Deliveries> {
  await bench.queue(trials.map(({ leg }) => leg))
  await bench.drain()
  for (const it of trials) await judgeTrial(bench, it)
  judgeOrder(bench, trials, heard)
  judgeIds(bench, trials, heard)
  assert.equal(
    (await bench.store.backlog()).filter((it) => it.waiting > 0),
    [],
    'nothing waits',
  )
  const delivered = trials.filter((it) => it.end === 'ACKED').length
  const parked = (await bench.store.backlog()).reduce((sum, it) => sum + it.parked, 0)
  assert.is(delivered + parked, trials.length, 'delivered + parked = accepted')
  const repeated = heard.length - new Set(heard).size
  return { accepted: trials.length, delivered, parked, tries: bench.tried.length, repeated }
}

/** Its end, its tries and the waits between them, as fault and plan say. */
async function judgeTrial(bench: Bench, { leg, fault, spoiled, tries, end }: Trial): Promise<void> {
  const { state, reason } = (await bench.store.leg(leg.id)) as Leg
  assert.is(state, end, `${leg.id}: ${reason}`)
  const attempts = await bench.store.attempts(leg.id)
  const outcomes = Array.from({ length: tries }, (_, n) =>
    n < spoiled ? FAULTS[fault].outcome : 'ok',
  )
  assert.equal(
    attempts.map((it) => [it.n, it.outcome]),
    outcomes.map((it, n) => [n + 1, it]),
    `tries of ${leg.id}`,
  )
  judgeWaits(bench, leg, attempts)
}

/** Each wait is drawn below its limit, a wish of the peer is waited at least, and nothing is tried before it is due. */
function judgeWaits({ noted }: Bench, { id }: Leg, attempts: readonly Attempt[]): void {
  const failed = noted.filter((it) => it.leg === id && it.to === 'FAILED')
  assert.is(failed.length, attempts.length - 1, `${id}: every try but the last is to be repeated`)
  failed.forEach(({ at, slot }, n) => {
    const dueAt = slot?.kind === 'keep' ? slot.dueAt : ''
    const wait = Date.parse(dueAt) - Date.parse(at)
    const wish = attempts[n]?.status === 503 ? WISH_MS : 0
    const limit = RETRY.delaysMs[n] ?? 0
    assert.ok(wait >= wish && wait <= Math.max(limit, wish), `${id}: wait ${n + 1} is ${wait} ms`)
    assert.ok((attempts[n + 1]?.at ?? '') >= dueAt, `${id}: try ${n + 2} before it was due`)
  })
}

/** Full jitter: in many draws each wait comes from all of its range, evenly. @returns how many draws were enough to say so */
export function judgeJitter({ noted }: Bench): number {
  const tries = new Map<string, number>()
  const draws: number[][] = RETRY.delaysMs.map(() => [])
  for (const { leg, to, at, slot } of noted) {
    const n = tries.get(leg) ?? 0
    tries.set(leg, n + 1)
    // What a peer wishes is no draw.
    if (to !== 'FAILED' || slot?.kind !== 'keep' || leg.startsWith('5xx')) continue
    draws[n]?.push((Date.parse(slot.dueAt) - Date.parse(at)) / (RETRY.delaysMs[n] ?? 1))
  }
  let looked = 0
  for (const [n, it] of draws.entries()) {
    const mean = it.reduce((sum, one) => sum + one, 0) / it.length
    const spread = [Math.min(...it), mean, Math.max(...it)].map((one) => one.toFixed(3)).join(' ')
    if (it.length < LEAST_DRAWS) continue
    looked += it.length
    assert.ok(Math.min(...it) < 0.05 && Math.max(...it) > 0.95, `wait ${n + 1}: ${spread}`)
    assert.ok(Math.abs(mean - 0.5) < 0.1, `wait ${n + 1}: ${spread}`)
  }
  return looked
}

/** of so many even draws least, mean and greatest are that close to where they belong, but for one seed in thousands */
const LEAST_DRAWS = 200

/** A lane goes on when a message is over, never before; what arrives for the first time arrives in order. */
function judgeOrder({ tried }: Bench, trials: readonly Trial[], heard: readonly string[]): void {
  const place = new Map(trials.map(({ leg }, n) => [leg.messageID, n]))
  const lanes = new Map(trials.map(({ leg }) => [leg.messageID, laneOf(leg)]))
  for (const [what, ids] of [
    ['sent', tried.map((it) => it.messageID)],
    ['arrived', [...new Set(heard)]],
  ] as const) {
    const last = new Map<string, number>()
    for (const id of ids) {
      const [lane = '', at = 0] = [lanes.get(id), place.get(id)]
      assert.ok(at >= (last.get(lane) ?? 0), `${id} was ${what} after one behind it`)
      last.set(lane, at)
    }
  }
}

/** A message has one MessageID for all its tries; what was acknowledged has arrived. */
function judgeIds({ tried }: Bench, trials: readonly Trial[], heard: readonly string[]): void {
  const ids = new Map(trials.map(({ leg }) => [leg.id, leg.messageID]))
  for (const it of tried) assert.is(it.messageID, ids.get(it.id), `MessageID of ${it.id}`)
  const [known, arrived] = [new Set(ids.values()), new Set(heard)]
  for (const it of arrived) assert.ok(known.has(it), `${it} was never sent`)
  for (const { leg, end } of trials)
    if (end === 'ACKED') assert.ok(arrived.has(leg.messageID), `${leg.id} has never arrived`)
}

/**
 * Peers work again: half of what is parked is given another turn under its MessageID, half is sent once more under a new
 * one. All of it is delivered.
 */
export async function resendAll(
  bench: Bench,
  trials: readonly Trial[],
  { heard }: Receiver,
): Promise<void> {
  const actions = actionsOn({
    again: async () => ({ reason: 'Nothing is received here.' }),
    store: bench.store,
    clock: bench.time.clock,
    wake: bench.dispatcher.wake,
    priorityOf: () => 0,
    renewed: async (leg) => {
      const again = { ...leg, id: `${leg.id} again`, messageID: `${leg.messageID} again` }
      const fresh: Leg = { ...again, state: 'QUEUED', reason: '', at: bench.time.clock() }
      return { legs: [fresh], slots: [slotOf(fresh, 0, fresh.at)] }
    },
    settled: async () => ({ unit: {} }),
  })
  const parked = trials.filter((it) => it.end === 'PARKED')
  for (const [n, { leg }] of parked.entries()) {
    const found = (await bench.store.leg(leg.id)) as Leg
    const done = await (n % 2 === 0 ? actions.redrive : actions.resend)(found, 'eva')
    assert.is(done.kind, 'done', `${leg.id}: ${JSON.stringify(done)}`)
  }
  await bench.drain()
  for (const [n, { leg }] of parked.entries()) {
    const { state, messageID, replayOf } = (await bench.store.leg(
      n % 2 === 0 ? leg.id : `${leg.id} again`,
    )) as Leg
    assert.is(state, 'ACKED', leg.id)
    assert.equal(
      [messageID === leg.messageID, replayOf],
      n % 2 === 0 ? [true, ''] : [false, leg.id],
    )
    assert.ok(heard.includes(messageID), `${messageID} has arrived`)
  }
}
