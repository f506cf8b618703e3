// What expires while it waits, at the time that it has been given and at no other.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import { down, http, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import type { Bench } from './dispatcher.fixture.ts'
import type { Verdict } from './verdict.ts'

const test = suite('dispatcher: what expires while it waits')

const END = '2026-07-14T09:00:00.000Z'
const HOURS = { delaysMs: [28_800_000, 28_800_000] }

/** [leg, state, when] of what has ended. */
function ended({ noted }: Bench) {
  return noted.filter((it) => it.to === 'EXPIRED').map((it) => [it.leg, it.from, it.at])
}

async function drained(legs: readonly Leg[], more: Parameters<typeof openBench>[1] = {}) {
  const told: (readonly [string, Verdict])[] = []
  const bench = await openBench(() => down('nobody is there'), {
    random: () => 0.99,
    plan: HOURS,
    settled: async (leg, verdict) => {
      told.push([leg.id, verdict])
      return { unit: {} }
    },
    ...more,
  })
  await bench.queue(legs)
  await bench.drain()
  return { bench, told }
}

test('behind one that has failed, and the one that waits for a try hours away', async () => {
  const lane = { orderKey: 'k' }
  const { bench, told } = await drained([
    outgoingLeg('head', lane),
    outgoingLeg('behind', { ...lane, notAfter: END }),
    outgoingLeg('alone', { notAfter: END }),
  ])
  assert.equal(ended(bench).sort(), [
    ['alone', 'FAILED', END],
    ['behind', 'QUEUED', END],
  ])
  const events = (await bench.store.events(0, 1_000)).filter((it) => it.state === 'EXPIRED')
  assert.equal(events.map((it) => [it.subject, it.result, it.code]).sort(), [
    ['m-alone', 'FAILED', '5.2'],
    ['m-behind', 'FAILED', '5.2'],
  ])
  const [, verdict] = told.find(([id]) => id === 'behind') ?? []
  assert.match(verdict?.reason ?? '', `Its time has passed (${END})`)
  assert.is(bench.tried.filter((it) => it.id === 'behind').length, 0)
  await bench.close()
})

test('at a party that is spared', async () => {
  const many = Array.from({ length: 12 }, (_, n) => outgoingLeg(`n${n}`, { orderKey: `k${n}` }))
  const { bench } = await drained(many.map((it) => ({ ...it, notAfter: END })))
  assert.is(ended(bench).length, many.length)
  assert.equal([...new Set(ended(bench).map(([, , at]) => at))], [END])
  await bench.close()
})

test('more than are looked for at once', async () => {
  const many = Array.from({ length: 250 }, (_, n) => outgoingLeg(`n${n}`, { orderKey: 'one' }))
  const { bench } = await drained(many.map((it) => ({ ...it, notAfter: END })))
  assert.equal([...new Set(ended(bench).map(([, , at]) => at))], [END])
  assert.is(ended(bench).length, many.length)
  await bench.close()
})

test('what is sent in time does not', async () => {
  const bench = await openBench(() => http(200))
  await bench.queue([outgoingLeg('a', { notAfter: END })])
  await bench.drain()
  assert.is((await bench.store.leg('a'))?.state, 'ACKED')
  assert.equal(await bench.store.expired('2030-01-01T00:00:00.000Z', 10), [])
  await bench.close()
})

test.run()
