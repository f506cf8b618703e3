// For tests only: messages in order by key to one peer, one key poisoned (T5), on virtual time; what the others wait for it
// is measured against the same messages without the poison.

import * as assert from 'uvu/assert'
import { seeded } from '../../shell/websocket/load.fixture.ts'
import type { Leg } from '../ledger.ts'
import { down, http, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import type { Behave, Bench } from './dispatcher.fixture.ts'

/** A run of messages. */
export interface Load {
  readonly messages: number
  readonly keys: number
  readonly seed: number
}

/** What was measured. */
export interface Ordered {
  readonly delivered: number
  readonly parked: number
  /** virtual milliseconds from the outbox to the acknowledgement, mean over all keys but the poisoned one */
  readonly alone: number
  readonly beside: number
  /** the key that waits most for the poison: its mean beside it over its mean without it */
  readonly worst: number
}

const POISONED = 'key 7'
/** as many come at a time, and so many virtual milliseconds lie between: below what the dispatcher carries */
const BATCH = { messages: 100, everyMs: 100 } as const
/** virtual milliseconds of a try */
const SERVICE = { least: 20, most: 60 } as const
const POISON_MS = 30_000
/** waits of the poisoned key, shorter than usual, so that a run comes to its end */
const PLAN = { delaysMs: [5_000, 30_000, 120_000] } as const

/** The same load without and with the poison. @throws {AssertionError} when the order of a key is broken, or another key waits */
export async function besidePoison(load: Load): Promise<Ordered> {
  const alone = await run(load, false)
  const beside = await run(load, true)
  const others = [...alone.delays.keys()].filter((it) => it !== POISONED)
  const of = ({ delays }: typeof alone, key: string) => delays.get(key) as number
  const ratios = others.map((it) => of(beside, it) / of(alone, it))
  const mean = (it: typeof alone) =>
    others.reduce((sum, key) => sum + of(it, key), 0) / others.length
  const { delivered, parked } = beside
  assert.is(parked, load.messages / load.keys, 'the poisoned key is parked')
  assert.is(delivered, load.messages - parked, 'all others are delivered')
  return { delivered, parked, alone: mean(alone), beside: mean(beside), worst: Math.max(...ratios) }
}

async function run({ messages, keys, seed }: Load, isPoisoned: boolean) {
  const random = seeded(seed)
  const { least, most } = SERVICE
  const services = Array.from({ length: messages }, () => least + random() * (most - least))
  const behave: Behave = async (leg) => {
    const isBad = isPoisoned && leg.orderKey === POISONED
    const ms = isBad ? POISON_MS : (services[Number(leg.id)] ?? least)
    await new Promise<void>((done) => void bench.time.timers.after(ms, done))
    return isBad ? down('no answer in time', true) : http(200)
  }
  const bench: Bench = await openBench(behave, { plan: PLAN })
  try {
    const legs = Array.from({ length: messages }, (_, n) =>
      outgoingLeg(String(n).padStart(6, '0'), { orderKey: `key ${n % keys}` }),
    )
    await arrive(bench, legs)
    judgeOrder(bench, keys)
    const { legs: parked } = await bench.store.legs({ state: ['PARKED'], limit: messages })
    assert.ok(parked.every((it) => it.orderKey === POISONED))
    const { legs: acked } = await bench.store.legs({ state: ['ACKED'], limit: messages })
    return { delays: delaysOf(bench, legs), delivered: acked.length, parked: parked.length }
  } finally {
    await bench.close()
  }
}

/** Batch after batch, and then all that is left. */
async function arrive(bench: Bench, legs: readonly Leg[]): Promise<void> {
  const { time, queue, idle, drain } = bench
  for (let at = 0; at < legs.length; at += BATCH.messages) {
    let isDue = false
    time.timers.after(BATCH.everyMs, () => (isDue = true))
    await queue(legs.slice(at, at + BATCH.messages))
    for (await idle(); !isDue; await idle()) time.step()
  }
  await drain()
}

/** No message of a key is tried before the one ahead of it is over. */
function judgeOrder({ tried }: Bench, keys: number): void {
  const last = new Map<string, string>()
  for (const { id, orderKey } of tried) {
    assert.ok(id >= (last.get(orderKey) ?? ''), `${orderKey}: ${id} after ${last.get(orderKey)}`)
    last.set(orderKey, id)
  }
  assert.is(last.size, keys)
}

/** Mean of each key, from the batch that a message came with to its acknowledgement. */
function delaysOf({ noted }: Bench, legs: readonly Leg[]): ReadonlyMap<string, number> {
  const byId = new Map(
    legs.map((it, n) => [it.id, { key: it.orderKey, batch: Math.floor(n / BATCH.messages) }]),
  )
  const delays = new Map<string, number[]>()
  for (const { leg, at, to } of noted) {
    const { key, batch } = byId.get(leg) ?? { key: '', batch: 0 }
    if (to !== 'ACKED') continue
    const some = delays.get(key) ?? []
    some.push(Date.parse(at) - Date.parse(legs[0]?.at ?? '') - batch * BATCH.everyMs)
    delays.set(key, some)
  }
  return new Map(
    [...delays].map(([key, some]) => [key, some.reduce((a, b) => a + b) / some.length]),
  )
}
