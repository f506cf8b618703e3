// A gateway that others may have taken for gone: what it has under way is given up, and what it has only leased is not sent,
// because another one may have it by now.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Claimed } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import { waitFor } from '../../shell/wait.fixture.ts'
import { http, down, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import type { BenchOptions } from './dispatcher.fixture.ts'

const test = suite('dispatcher: lost leases')

/** The first try is answered only when it is given up. */
function silentAtFirst(): NonNullable<BenchOptions['peer']> {
  let tries = 0
  return {
    send: (_party, _leg, signal) =>
      (tries += 1) > 1
        ? Promise.resolve(http(200))
        : new Promise<PeerAnswer>((done) =>
            signal?.addEventListener('abort', () => done(down('was given up', true))),
          ),
    probe: async () => true,
  }
}

async function underWay({ tried }: { readonly tried: readonly unknown[] }): Promise<void> {
  await waitFor(() => tried.length > 0, 'a try')
}

test('a try under way is given up, says why, and is made again at once where nobody else has taken it', async () => {
  const bench = await openBench(() => http(200), { peer: silentAtFirst() })
  await bench.queue([outgoingLeg('a')])
  await underWay(bench)
  bench.dispatcher.lose()
  await bench.drain()
  assert.equal(
    bench.noted.map(({ from, to }) => [from, to]),
    [
      ['SENDING', 'FAILED'],
      ['SENDING', 'ACKED'],
    ],
  )
  assert.match(bench.noted[0]?.reason ?? '', /cut off from its store.*may have arrived/)
  assert.equal(
    bench.tried.map((it) => it.messageID),
    ['m-a', 'm-a'],
  )
  await bench.close()
})

test('the outcome of a try whose lane another one has taken is refused, and it is not sent again', async () => {
  const bench = await openBench(() => http(200), { peer: silentAtFirst() })
  await bench.queue([outgoingLeg('a')])
  await underWay(bench)
  const taken = await taking(bench)
  bench.dispatcher.lose()
  await bench.idle()
  assert.equal([bench.noted, bench.tried.length], [[], 1])
  assert.is((await bench.store.leg('a'))?.state, 'SENDING')
  await bench.store.release([taken.lease])
  await bench.close()
})

/** As another node does with the lanes of one that has fallen silent. */
async function taking({ store, time }: Awaited<ReturnType<typeof openBench>>): Promise<Claimed> {
  const later = new Date(Date.parse(time.clock()) + 86_400_000).toISOString()
  const about = { holder: 'another', now: later, until: '2999-01-01T00:00:00.000Z' }
  const [taken] = await store.claim({ ...about, limit: 1, notTo: [] })
  if (taken === undefined) throw new Error('nothing was to be taken')
  return taken
}

for (const [how, stop] of [
  ['the clock has gone on', 'clock'],
  ['the leases were told to be lost', 'lose'],
] as const)
  test(`what was leased before the process was stopped is given back and not sent: ${how}`, async () => {
    let isStopped = true
    let later = 0
    const bench = await openBench(() => http(200))
    const { store, dispatcher, time } = bench
    await dispatcher.stop()
    const second = await openBench(() => http(200), {
      store: {
        ...store,
        claim: async (request) => {
          const claimed = await store.claim(request)
          if (isStopped && claimed.length > 0 && stop === 'clock') later = 5_000
          if (isStopped && claimed.length > 0 && stop === 'lose') second.dispatcher.lose()
          if (claimed.length > 0) isStopped = false
          return claimed
        },
      },
      clock: () => new Date(Date.parse(time.clock()) + later).toISOString(),
    })
    await bench.queue([outgoingLeg('a')])
    second.dispatcher.wake()
    await second.dispatcher.quiet()
    assert.is((await store.attempts('a')).length, 1)
    assert.is(isStopped, false)
    await second.close()
    await store.close()
  })

test.run()
