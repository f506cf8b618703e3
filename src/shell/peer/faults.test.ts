// A peer that fails in fourteen ways over real sockets: a TCP proxy spoils the line, a server spoils its answers.
// `npm run test:delivery` does the same with 2,100 messages.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deliverAll, resendAll } from '../../gateway/delivery/delivered.fixture.ts'
import { http, openBench } from '../../gateway/delivery/dispatcher.fixture.ts'
import { trialsOf } from '../../gateway/delivery/faults.fixture.ts'
import { seeded } from '../websocket/load.fixture.ts'
import { openFailingPeers } from './failing.fixture.ts'

const test = suite('peer: faults')

test('T4: peers fail in 14 ways over sockets; all is delivered or parked, no redirect is followed', async () => {
  const [seed, each] = [4, 5]
  const trials = trialsOf(each, seeded(seed))
  const peers = await openFailingPeers(trials, seed)
  const bench = await openBench(() => http(200), { peer: peers.peer })
  try {
    const { accepted, delivered, parked } = await deliverAll(bench, trials, peers)
    assert.is(accepted, 14 * each)
    assert.ok(delivered > 0 && parked > 0, `${delivered} delivered, ${parked} parked`)
    assert.is(peers.followed(), 0)
    peers.mend()
    await resendAll(bench, trials, peers)
  } finally {
    await bench.close()
    await peers.close()
  }
})

test.run()
