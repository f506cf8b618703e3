import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { down, http, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import type { Bench } from './dispatcher.fixture.ts'
import { BREAKER } from './breaker.ts'
import { LOCAL } from '../parties/party.ts'
import { slotOf } from './lane.ts'
import { shifted } from './outcome.ts'
import { RETRY } from './retry.ts'

const test = suite('dispatcher')

test('T4: waits are drawn below the limits of the plan, and a wish of the peer is waited', async () => {
  const bench = await openBench(() => down('connection refused'))
  await bench.queue([outgoingLeg('a')])
  await bench.drain()
  const attempts = await bench.store.attempts('a')
  assert.is(attempts.length, RETRY.delaysMs.length + 1)
  attempts.slice(1).forEach((it, n) => {
    const waited = Date.parse(it.at) - Date.parse(attempts[n]?.at ?? '')
    // While the circuit is open nothing is tried, whatever is due.
    const most = Math.max(RETRY.delaysMs[n] ?? 0, BREAKER.longestPauseMs)
    assert.ok(waited <= most, `${n}: ${waited}`)
  })
  assert.match((await bench.store.leg('a'))?.reason ?? '', /connection refused Tried 9 times\./)
  await bench.close()
  const wishing = await openBench((_, n) =>
    n === 0 ? http(429, { retryAfterMs: 3_000_000 }) : http(200),
  )
  await wishing.queue([outgoingLeg('a')])
  await wishing.drain()
  const [first, second] = await wishing.store.attempts('a')
  assert.ok(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '') >= 3_000_000)
  await wishing.close()
})

test('what is too late is not sent', async () => {
  const bench = await openBench(() => http(200))
  await bench.queue([outgoingLeg('a', { notAfter: '2026-07-14T07:59:59.000Z' }), outgoingLeg('b')])
  await bench.drain()
  assert.is((await bench.store.leg('a'))?.state, 'EXPIRED')
  assert.equal(
    bench.tried.map((it) => it.id),
    ['b'],
  )
  await bench.close()
})

test('what becomes due while it is looked for is sent at once', async () => {
  for (let dueMs = 1; dueMs <= 12; dueMs += 1) {
    let ticks = 0
    const bench: Bench = await openBench(() => http(200), {
      // Every look at the clock takes a moment, as it does outside of tests.
      clock: () => shifted(bench.time.clock(), (ticks += 1)),
    })
    const leg = outgoingLeg('a')
    await bench.queue([outgoingLeg('before')])
    await bench.idle()
    const slots = [slotOf(leg, 0, shifted(bench.time.clock(), ticks + dueMs))]
    await bench.store.commit({ puts: [], removals: [], events: [], legs: [leg], slots })
    bench.dispatcher.wake()
    for (await bench.idle(); bench.tried.length < 2; await bench.idle()) bench.time.step()
    assert.ok(bench.time.passed() < 1_000, `due after ${dueMs}: waited ${bench.time.passed()} ms`)
    await bench.close()
  }
})

test('an open circuit spares a party that is down, and one message finds out that it works again', async () => {
  let isDown = true
  const bench = await openBench(() => (isDown ? down('down') : http(200)))
  await bench.queue(Array.from({ length: 50 }, (_, n) => outgoingLeg(`a${n}`)))
  await bench.dispatcher.quiet()
  const before = bench.tried.length
  assert.is(bench.dispatcher.circuits().get('peer')?.state, 'open')
  bench.time.step()
  await bench.dispatcher.quiet()
  assert.ok(bench.tried.length - before <= 1)
  isDown = false
  await bench.drain()
  assert.is(bench.dispatcher.circuits().get('peer')?.state, 'closed')
  const { legs } = await bench.store.legs({ state: ['ACKED'], limit: 100 })
  assert.is(legs.length, 50)
  await bench.close()
})

test('what follows from an outcome is kept with it, and done when it is on disk', async () => {
  const told: string[] = []
  const at = '2026-07-14T08:00:00.000Z'
  const bench = await openBench(() => http(200), {
    settled: async (leg) => ({
      unit: { audit: [{ at, who: 'x', what: 'settled', subject: leg.id, details: '' }] },
      committed: () => void told.push(leg.id),
    }),
  })
  await bench.queue([outgoingLeg('a')])
  await bench.drain()
  assert.equal(told, ['a'])
  assert.is((await bench.store.audit({ limit: 10 })).length, 1)
  await bench.close()
})

test('a party that the configuration no longer has is told of, not waited for', async () => {
  const bench = await openBench(() => http(200), {
    topology: () => ({ ...LOCAL, parties: [] }),
  })
  await bench.queue([outgoingLeg('a')])
  await bench.drain()
  const leg = await bench.store.leg('a')
  assert.equal(
    [leg?.state, leg?.reason],
    [
      'PARKED',
      'The configuration has no party peer any more; put it back and redrive the message, or close it.',
    ],
  )
  await bench.close()
})

test('where nobody has to say who he is, he is told later at the address that he has named', async () => {
  const bench = await openBench(() => http(204), {
    topology: () => ({ ...LOCAL, parties: [] }),
  })
  const later = { verb: 'reply', target: 'POST https://elsewhere.example/replies' }
  await bench.queue([outgoingLeg('a', later)])
  await bench.drain()
  assert.is((await bench.store.leg('a'))?.state, 'ACKED')
  await bench.close()
})

test.run()
