// A peer that fails in fourteen ways, on virtual time. `npm run test:delivery` does the same with 2,100 messages.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seeded } from '../../shell/websocket/load.fixture.ts'
import { deliverAll, resendAll } from './delivered.fixture.ts'
import { openBench } from './dispatcher.fixture.ts'
import type { Bench } from './dispatcher.fixture.ts'
import { FAULT_NAMES, failingPeers, trialsOf } from './faults.fixture.ts'

const test = suite('delivery: faults')

test('T4: peers fail in 14 ways; all is delivered or parked as the plan says, and sent again by a person', async () => {
  const [seed, each] = [4, 5]
  assert.is(FAULT_NAMES.length, 14)
  const trials = trialsOf(each, seeded(seed))
  const peers = failingPeers(trials, seed, () => bench.time)
  const bench: Bench = await openBench(peers.behave)
  const { accepted, delivered, parked } = await deliverAll(bench, trials, peers)
  assert.is(accepted, 14 * each)
  assert.ok(delivered > 0 && parked > 0, `${delivered} delivered, ${parked} parked`)
  peers.mend()
  await resendAll(bench, trials, peers)
  await bench.close()
})

test.run()
