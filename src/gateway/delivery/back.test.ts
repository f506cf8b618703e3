// A party that is there again: what has not reached it goes at once, and nothing else does.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Leg } from '../ledger.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party } from '../parties/party.ts'
import type { Store } from '../ports.ts'
import { dueNow } from './back.ts'
import { down, http, openBench, outgoingLeg, party } from './dispatcher.fixture.ts'
import type { Behave } from './dispatcher.fixture.ts'

const test = suite('delivery: back')

const HOUR = 3_600_000
const WELL: Party = {
  ...party('peer'),
  binding: {
    ...{ type: 'cim-xml', url: 'http://127.0.0.1:9', timeoutMs: 1000 },
    healthUrl: 'http://127.0.0.1:9/livez',
  },
}

/** A bench whose peer is away until it is said to be there; every wait is an hour. */
async function opened(there: Behave, at: Party = party('peer')) {
  const it = { isThere: false, store: undefined as Store | undefined }
  const bench = await openBench((leg, tries) => (it.isThere ? there(leg, tries) : AWAY), {
    topology: () => ({ ...LOCAL, parties: [at] }),
    plan: { delaysMs: [HOUR, HOUR, HOUR] },
    random: () => 0.99,
    peer: {
      send: async (_party, leg) => (it.isThere ? there(leg, 0) : AWAY),
      probe: async () => it.isThere,
    },
    back: (party) => dueNow(party, { store: it.store as Store, clock: bench.time.clock }),
  })
  it.store = bench.store
  return { bench, it }
}

const AWAY = down('no way there')

async function states({ store }: { readonly store: Store }, legs: readonly Leg[]) {
  const all = await Promise.all(legs.map(({ id }) => store.leg(id)))
  return all.map((leg) => leg?.state)
}

test('the next message that it takes brings all that has not reached it, and nothing for another address', async () => {
  const { bench, it } = await opened(() => http(200))
  const far = { ...outgoingLeg('far'), target: 'POST https://elsewhere.example/replies' }
  const waiting = [outgoingLeg('a'), outgoingLeg('b'), far]
  await bench.queue(waiting)
  await bench.dispatcher.quiet()
  assert.equal(await states(bench, waiting), ['FAILED', 'FAILED', 'FAILED'])
  it.isThere = true
  await bench.queue([outgoingLeg('news')])
  await bench.dispatcher.quiet()
  assert.equal(await states(bench, waiting), ['ACKED', 'ACKED', 'FAILED'])
  assert.is(bench.time.passed(), 0)
  await bench.close()
})

test('so does the answer of its health address', async () => {
  const { bench, it } = await opened(() => http(200), WELL)
  const waiting = Array.from({ length: 5 }, (_, n) => outgoingLeg(`a${n}`))
  await bench.queue(waiting)
  await bench.dispatcher.quiet()
  assert.is(bench.dispatcher.circuits().get('peer')?.state, 'open')
  it.isThere = true
  for (; bench.time.passed() < HOUR / 6; await bench.dispatcher.quiet()) bench.time.step()
  assert.equal([...new Set(await states(bench, waiting))], ['ACKED'])
  await bench.close()
})

test('what it has answered with a fault keeps its wait', async () => {
  const { bench, it } = await opened(({ id }) => http(id === 'poison' ? 503 : 200))
  it.isThere = true
  await bench.queue([outgoingLeg('poison'), outgoingLeg('a')])
  await bench.dispatcher.quiet()
  await bench.queue([outgoingLeg('b')])
  await bench.dispatcher.quiet()
  assert.equal(await states(bench, [outgoingLeg('poison'), outgoingLeg('b')]), ['FAILED', 'ACKED'])
  assert.is((await bench.store.attempts('poison')).length, 1)
  await bench.close()
})

test.run()
