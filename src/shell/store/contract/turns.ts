// Contract cases: in which order what waits in the outbox is given out.

import * as assert from 'uvu/assert'
import { LATER, NOW, claim, idsOf, queued, sent } from './ledger.ts'
import { keep } from './samples.ts'
import type { Cases } from './samples.ts'

/** Contract cases about whose turn it is. */
export const TURNS: Cases = {
  'gives what is urgent first, and no more than is asked for': async (store) => {
    const legs = ['a', 'b', 'c'].map((it) => sent(it))
    await keep(
      store,
      queued(legs, ({ id }) => ({ priority: id === 'leg-c' ? 5 : 0 })),
    )
    assert.equal(idsOf(await claim(store, NOW, { limit: 2 })), ['leg-c', 'leg-a'])
  },

  'gives what is due by a time before what is not, the earliest first': async (store) => {
    const times: Readonly<Record<string, string>> = { b: LATER, d: NOW.replace('Z', '1Z') }
    const legs = ['a', 'b', 'c', 'd'].map((it) => sent(it, { notAfter: times[it] ?? '' }))
    await keep(
      store,
      queued(legs, ({ id }) => ({ priority: id === 'leg-c' ? 5 : 0 })),
    )
    assert.equal(idsOf(await claim(store)), ['leg-c', 'leg-d', 'leg-b', 'leg-a'])
  },

  'leaves as many places as it is told to for what has waited longest': async (store) => {
    const legs = ['a', 'b', 'c', 'd', 'e'].map((it) => sent(it))
    const urgent = ['leg-c', 'leg-d', 'leg-e']
    await keep(
      store,
      queued(legs, ({ id }) => ({ priority: urgent.includes(id) ? 5 : 0 })),
    )
    assert.equal(idsOf(await claim(store, NOW, { limit: 3, oldest: 1 })), [
      'leg-c',
      'leg-d',
      'leg-a',
    ])
    assert.equal(idsOf(await claim(store, NOW, { limit: 3, oldest: 2 })), ['leg-e', 'leg-b'])
  },
}
