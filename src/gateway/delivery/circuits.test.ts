// When a party is spared and how it comes back: what that costs the messages that wait for it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BREAKER } from './breaker.ts'
import { down, http, openBench, outgoingLeg, party } from './dispatcher.fixture.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'

const test = suite('circuits')

const WELL: Party = {
  ...party('peer'),
  binding: {
    type: 'cim-xml',
    url: 'http://127.0.0.1:9',
    timeoutMs: 1000,
    healthUrl: 'http://127.0.0.1:9/livez',
  },
}
const FIVE = Array.from({ length: BREAKER.failures }, (_, n) => outgoingLeg(`a${n}`))

test('a party that does not answer for its health costs no message a try', async () => {
  const it = { isDown: true, isWell: false, asked: 0 }
  const sent: string[] = []
  const bench = await openBench(() => http(200), {
    topology: () => ({ ...LOCAL, parties: [WELL] }),
    peer: {
      send: async (_party, leg) => {
        sent.push(leg.id)
        return it.isDown ? down('connection refused') : http(200)
      },
      probe: async () => ((it.asked += 1), it.isWell),
    },
    plan: { delaysMs: [1_000, 1_000] },
  })
  await bench.queue(FIVE)
  await bench.dispatcher.quiet()
  assert.is(bench.dispatcher.circuits().get('peer')?.state, 'open')
  const before = sent.length
  for (let n = 0; it.asked < 3; n += 1) {
    assert.ok(n < 100, 'it is asked')
    bench.time.step()
    await bench.dispatcher.quiet()
  }
  assert.is(sent.length, before)
  for (const { id } of FIVE) {
    assert.is((await bench.store.attempts(id)).length, 1)
    assert.is((await bench.store.leg(id))?.state, 'FAILED')
  }
  it.isWell = true
  it.isDown = false
  await bench.drain()
  const { legs } = await bench.store.legs({ state: ['ACKED'], limit: 100 })
  assert.is(legs.length, FIVE.length)
  assert.is(bench.dispatcher.circuits().get('peer')?.state, 'closed')
  await bench.close()
})

test('a party that is well and yet takes nothing is spared again', async () => {
  const bench = await openBench(() => http(503), {
    topology: () => ({ ...LOCAL, parties: [WELL] }),
  })
  await bench.queue(FIVE)
  await bench.dispatcher.quiet()
  const before = bench.tried.length
  for (let n = 0; bench.tried.length === before; n += 1) {
    assert.ok(n < 100, 'it is tried')
    bench.time.step()
    await bench.dispatcher.quiet()
  }
  assert.is(bench.tried.length, before + 1)
  assert.is(bench.dispatcher.circuits().get('peer')?.state, 'open')
  await bench.close()
})

const OURS: PeerAnswer = {
  kind: 'unreachable',
  reason: 'http://elsewhere is no address that may be posted to.',
  sent: false,
  permanent: true,
}

test('what cannot be sent for a reason of our own says nothing about the party', async () => {
  const bench = await openBench((leg) => (leg.noun === 'Bad' ? OURS : http(200)))
  const bad = Array.from({ length: 2 * BREAKER.failures }, (_, n) =>
    outgoingLeg(`bad ${n}`, { noun: 'Bad' }),
  )
  await bench.queue(bad)
  await bench.dispatcher.quiet()
  assert.is(bench.dispatcher.circuits().get('peer'), undefined)
  await bench.queue([outgoingLeg('good')])
  await bench.dispatcher.quiet()
  assert.is((await bench.store.leg('good'))?.state, 'ACKED')
  const { legs } = await bench.store.legs({ state: ['PARKED'], limit: 100 })
  assert.is(legs.length, bad.length)
  await bench.close()
})

test('what waits for a party that is spared puts off no try at another', async () => {
  const bench = await openBench(
    ({ party: to }, tries) => {
      if (to === 'peer') return down('connection refused')
      return http(tries === 0 ? 503 : 200)
    },
    { random: () => 0.99, plan: { delaysMs: [1_000, 1_000] } },
  )
  await bench.queue(FIVE)
  await bench.dispatcher.quiet()
  await bench.queue([outgoingLeg('spared'), outgoingLeg('other', { party: 'other' })])
  await bench.dispatcher.quiet()
  for (let n = 0; (await bench.store.leg('other'))?.state !== 'ACKED'; n += 1) {
    assert.ok(n < 100, 'it is tried once more')
    bench.time.step()
    await bench.dispatcher.quiet()
  }
  assert.is(bench.time.passed(), 990)
  assert.is((await bench.store.leg('spared'))?.state, 'QUEUED')
  await bench.close()
})

test.run()
