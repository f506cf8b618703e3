// Contract cases: the numbers of the feed, its listeners, and units at the same time.

import * as assert from 'uvu/assert'
import type { SequencedEvent } from '../../../gateway/ports.ts'
import { counted, keep, sampleEvent, samplePut, sampleUnit } from './samples.ts'
import type { Cases } from './samples.ts'

/** Contract cases about the numbers of the feed, its listeners, and units at the same time. */
export const FEED_CASES: Cases = {
  'numbers events from 1 on, without a gap where a unit was refused': async (store) => {
    assert.equal(await store.horizon(), { oldest: 0, last: 0 })
    const kept = await keep(store, sampleUnit('1', [samplePut('a'), samplePut('b')]))
    assert.equal(kept, [
      { ...sampleEvent(samplePut('a')), seq: 1 },
      { ...sampleEvent(samplePut('b')), seq: 2 },
    ])
    await store.commit(sampleUnit('2', [samplePut('c'), samplePut('a')]))
    await store.commit(sampleUnit('1'))
    assert.equal((await keep(store, sampleUnit('3', [samplePut('d')])))[0]?.seq, 3)
    assert.equal(await store.horizon(), { oldest: 1, last: 3 })
  },

  'gives events after a seq, oldest first, as many as asked': async (store) => {
    const events = await keep(
      store,
      sampleUnit(
        '1',
        counted(20).map((n) => samplePut(`o${n}`)),
      ),
    )
    assert.equal(await store.events(0, 100), events)
    assert.equal(await store.events(5, 3), events.slice(5, 8))
    assert.equal(await store.events(20, 10), [])
  },

  'tells listeners what became durable, until they stop': async (store) => {
    const told: number[] = []
    const kept: Promise<readonly SequencedEvent[]>[] = []
    const stop = store.onEvents((events) => {
      told.push(...events.map(({ seq }) => seq))
      kept.push(store.events((events[0]?.seq ?? 1) - 1, events.length))
    })
    store.onEvents(() => {
      throw new Error('A listener that fails harms nobody.')
    })
    await keep(store, sampleUnit('a'))
    await store.commit(sampleUnit('a'))
    await keep(store, sampleUnit('b', []))
    await keep(store, sampleUnit('c'))
    stop()
    await keep(store, sampleUnit('d'))
    assert.equal(told, [1, 2])
    assert.equal(
      (await Promise.all(kept)).flat().map(({ seq }) => seq),
      told,
    )
  },

  'lets the second of two units at the same time see the first': async (store) => {
    const rivals = counted(10).map((n) => sampleUnit(`${n}`, [samplePut('a')]))
    const answers = await Promise.all(rivals.map((unit) => store.commit(unit)))
    assert.equal(
      answers.map(({ kind }) => kind),
      ['committed', ...counted(9).map(() => 'stale')],
    )
    const repeated = counted(10).map(() => sampleUnit('again', [samplePut('b')]))
    const kinds = (await Promise.all(repeated.map((unit) => store.commit(unit)))).map(
      ({ kind }) => kind,
    )
    assert.equal(kinds, ['committed', ...counted(9).map(() => 'duplicate')])
  },

  'numbers 2,000 units of 8 writers without a gap, in the order they are told': async (store) => {
    const told: number[] = []
    store.onEvents((events) => told.push(...events.map(({ seq }) => seq)))
    const write = async (writer: number) => {
      const seqs: number[] = []
      for (const n of counted(250)) {
        const [event] = await keep(store, sampleUnit(`${writer}/${n}`))
        seqs.push(event?.seq ?? 0)
        // Every fifth message comes again: refused, it must not use up a number.
        if (n % 5 === 0) await store.commit(sampleUnit(`${writer}/${n}`))
      }
      assert.equal(seqs, ascending(seqs))
      return seqs
    }
    const seqs = (await Promise.all(counted(8).map(write))).flat()
    assert.equal(ascending(seqs), counted(2_000, 1))
    assert.equal(told, counted(2_000, 1))
    assert.equal(
      (await store.events(0, 3_000)).map(({ seq }) => seq),
      counted(2_000, 1),
    )
  },

  'finishes what was asked before it is closed, and refuses what comes after': async (store) => {
    const before = counted(20).map((n) => store.commit(sampleUnit(`${n}`)))
    const closed = store.close()
    const late = store.commit(sampleUnit('late')).then(
      () => 'kept',
      () => 'refused',
    )
    const kinds = (await Promise.all(before)).map(({ kind }) => kind)
    assert.equal(
      kinds,
      counted(20).map(() => 'committed'),
    )
    assert.is(await late, 'refused')
    await closed
    await store.close()
    assert.is(
      await store.horizon().then(
        () => 'read',
        () => 'refused',
      ),
      'refused',
    )
  },
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b)
}
