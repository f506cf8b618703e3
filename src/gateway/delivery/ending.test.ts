// The end of a gateway whose peer does not answer: it does not wait for it, and what was under way is sent again under its
// own MessageID.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LOCAL } from '../parties/party.ts'
import type { PeerAnswer } from '../peer.ts'
import { down, http, openBench, outgoingLeg, party } from './dispatcher.fixture.ts'
import { createDispatcher } from './dispatcher.ts'
import { RETRY } from './retry.ts'

const test = suite('dispatcher: ending')

/** Answers only when it is given up. */
function given(signal: AbortSignal | undefined): Promise<PeerAnswer> {
  return new Promise((done) =>
    signal?.addEventListener('abort', () => done(down('was given up', true))),
  )
}

async function ended(more: Parameters<typeof openBench>[1] = {}) {
  const bench = await openBench(() => http(200), {
    peer: { send: (_party, _leg, signal) => given(signal), probe: async () => true },
    ...more,
  })
  await bench.queue([outgoingLeg('a')])
  while ((await bench.store.leg('a'))?.state !== 'SENDING')
    await new Promise((done) => setTimeout(done, 5))
  const stopped = bench.dispatcher.stop()
  await new Promise((done) => setTimeout(done, 5))
  assert.is((await bench.store.leg('a'))?.state, 'SENDING')
  bench.time.step()
  await stopped
  return bench
}

test('a try that is not over in a moment is given up, and says that the message may have arrived', async () => {
  const bench = await ended()
  const leg = await bench.store.leg('a')
  assert.equal(
    [leg?.state, leg?.reason],
    ['FAILED', 'The gateway has ended before an answer came; the message may have arrived.'],
  )
  const attempts = await bench.store.attempts('a')
  assert.equal(
    attempts.map(({ n, outcome }) => [n, outcome]),
    [[1, 'unknown']],
  )
  assert.is(bench.dispatcher.circuits().get('peer'), undefined)
  await bench.store.close()
})

test('the next start sends it at once, though it had no try left, and under the same MessageID', async () => {
  const bench = await ended({ plan: { delaysMs: [] } })
  const sent: string[] = []
  const next = createDispatcher({
    store: bench.store,
    peer: {
      send: async (_party, leg) => (sent.push(leg.messageID), http(200)),
      probe: async () => true,
    },
    topology: () => ({ ...LOCAL, parties: [party('peer')] }),
    planOf: () => RETRY,
    judge: async () => {
      throw new Error('nothing is to be judged')
    },
    clock: bench.time.clock,
    timers: bench.time.timers,
    random: () => 0,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    holder: 'next',
  })
  next.wake()
  await next.quiet()
  assert.equal(sent, ['m-a'])
  assert.is((await bench.store.leg('a'))?.state, 'ACKED')
  await next.stop()
  await bench.store.close()
})

test.run()
