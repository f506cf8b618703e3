// What can fail between the answer of a peer and the note of what it has come to. No message stays on its way by it: the
// outcome is kept, or the next try is due.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import { anew } from './anew.ts'
import { UNKEEPABLE, refusing } from './keeping.fixture.ts'
import type { PeerAnswer } from '../peer.ts'
import { http, openBench, outgoingLeg } from './dispatcher.fixture.ts'
import type { BenchOptions } from './dispatcher.fixture.ts'

const test = suite('delivery: keeping')
const PLAN = { delaysMs: [1_000] }
/** taken, without a word and with one */
const OK = http(200)
const WORD = http(200, { contentType: 'application/xml', bytes: new TextEncoder().encode('<x/>') })

/** What fails, what becomes of the message, and what its reason says. */
const CASES: readonly {
  readonly what: string
  readonly parts: () => BenchOptions
  readonly end: readonly [state: string, tries: number]
  readonly reason?: RegExp
  /** by the peer */
  readonly said?: PeerAnswer
}[] = [
  {
    what: 'what follows is against what is on record',
    parts: () => ({ settled: async () => ({ unit: refusing('has it') }) }),
    end: ['PARKED', 1],
    reason: /peer has carried it out\. .* Things has it .*drive it again/,
  },
  {
    what: 'a rule throws',
    parts: () => ({ settled: () => Promise.reject(new TypeError('no rule')) }),
    end: ['PARKED', 1],
    reason: /no rule/,
  },
  {
    what: 'a stored object cannot be read',
    parts: () => ({ settled: () => Promise.reject(new CimError('internal')) }),
    end: ['PARKED', 1],
    reason: /carried it out/,
  },
  {
    what: 'nor can whoever waits be told',
    parts: () => ({
      settled: () => Promise.reject(new Error('no rule')),
      unkept: () => Promise.reject(new Error('nor a reply')),
    }),
    end: ['PARKED', 1],
    reason: /no rule/,
  },
  {
    what: 'a text that follows cannot be kept',
    parts: () => ({ settled: async () => ({ unit: UNKEEPABLE }) }),
    end: ['PARKED', 1],
    reason: /NUL/,
  },
  {
    what: 'the store fails for a moment while it is asked what follows',
    parts: () => ({ settled: failingOnce() }),
    end: ['ACKED', 1],
  },
  {
    what: 'others were quicker, and also at what comes behind it',
    parts: () => ({ settled: latecomer() }),
    end: ['ACKED', 1],
  },
  {
    what: 'the answer cannot be judged',
    parts: () => ({ judge: () => Promise.reject(new Error('no judge')) }),
    end: ['PARKED', 2],
    reason: /could not read it: no judge Tried 2 times/,
    said: WORD,
  },
  {
    what: 'sending throws',
    parts: () => ({
      peer: { send: () => Promise.reject(new Error('no way')), probe: async () => true },
    }),
    end: ['PARKED', 2],
    reason: /no way/,
  },
]

/** Somebody else was quicker at first; and afterwards, with what comes behind it, once more. */
function latecomer() {
  let n = 0
  const again = () => anew(async () => (n++ % 2 === 0 ? undefined : true))
  return async () => {
    const isFirst = n++ % 2 === 0
    if (isFirst) return { unit: refusing('has it') }
    return { unit: {}, committed: async () => void (await again()) }
  }
}

/** As the store is read through the gateway. */
function failingOnce() {
  const cause = Object.assign(new Error('away'), { code: 'store-unavailable' })
  let n = 0
  return async () => {
    n += 1
    if (n === 1) throw new CimError('overloaded', undefined, { cause })
    return { unit: {} }
  }
}

for (const { what, parts, end, reason = /^$/, said = OK } of CASES)
  test(`${what}: ${end.join(' after try ')}`, async () => {
    const bench = await openBench(() => said, { plan: PLAN, ...parts() })
    await bench.queue([outgoingLeg('a', { orderKey: 'k' }), outgoingLeg('b', { orderKey: 'k' })])
    await bench.drain()
    for (const id of ['a', 'b']) {
      const leg = await bench.store.leg(id)
      const attempts = await bench.store.attempts(id)
      assert.equal([leg?.state, attempts.length], end)
      assert.match(leg?.reason ?? '', reason)
    }
    // Nothing waits for a lease to run out.
    assert.ok(bench.time.passed() < 60_000, `${bench.time.passed()} ms`)
    await bench.close()
  })

test('what has expired and has consequences that fail leaves the outbox open to the others', async () => {
  const settled = (leg: { readonly id: string }) =>
    leg.id === 'late' ? Promise.reject(new Error('no rule')) : Promise.resolve({ unit: {} })
  const bench = await openBench(() => OK, { settled })
  const late = outgoingLeg('late', { notAfter: '2026-07-14T07:00:00.000Z' })
  await bench.queue([late, outgoingLeg('next')])
  await bench.drain()
  const states = await Promise.all(['late', 'next'].map((id) => bench.store.leg(id)))
  assert.equal(
    states.map((it) => it?.state),
    ['PARKED', 'ACKED'],
  )
  await bench.close()
})

test.run()
