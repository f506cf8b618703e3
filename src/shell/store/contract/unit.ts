// Contract cases: what one unit changes, and what makes it refused.

import * as assert from 'uvu/assert'
import {
  idsOf,
  keep,
  removal,
  sampleEvent,
  sampleMessage,
  samplePut,
  sampleUnit,
  stale,
} from './samples.ts'
import type { Cases } from './samples.ts'

/** Contract cases about what one unit changes, and what makes it refused. */
export const UNIT_CASES: Cases = {
  'gives a message back as it was kept': async (store) => {
    await keep(store, sampleUnit('a'))
    assert.equal(await store.message('north', 'message-a'), sampleMessage('a'))
    assert.is(await store.message('south', 'message-a'), undefined)
    assert.is(await store.message('north', 'message-b'), undefined)
  },

  'gives an object back as it was kept': async (store) => {
    await keep(store, sampleUnit('a', [samplePut('a', { names: ['z', 'y', 'z'] })]))
    const { expect: _, ...rest } = samplePut('a', { names: ['z', 'y', 'z'] })
    assert.equal(await store.objects('Things', ['a'], []), [{ ...rest, revision: 1 }])
  },

  'answers a repeated message with the one it has, and changes nothing': async (store) => {
    await keep(store, sampleUnit('a'))
    const again = {
      ...sampleUnit('b'),
      message: sampleMessage('a', { id: 'leg-b', reply: 'another' }),
    }
    assert.equal(await store.commit(again), { kind: 'duplicate', message: sampleMessage('a') })
    assert.equal(await store.objects('Things', ['b'], []), [])
    assert.equal(await store.horizon(), { oldest: 1, last: 1 })
  },

  'takes the same MessageID from another party as another message': async (store) => {
    await keep(store, sampleUnit('a'))
    const other = sampleMessage('a', { id: 'leg-south', party: 'south' })
    await keep(store, { message: other, puts: [], removals: [], events: [] })
    assert.equal(await store.message('south', 'message-a'), other)
  },

  'counts the revision up with each change': async (store) => {
    await keep(store, sampleUnit('a'))
    await keep(store, sampleUnit('b', [samplePut('a', { expect: 1, state: 'Held', body: '{}' })]))
    const [object] = await store.objects('Things', ['a'], [])
    assert.is(object?.revision, 2)
    assert.is(object?.state, 'Held')
    assert.is(object?.body, '{}')
  },

  'refuses a change that is based on another revision, and keeps nothing of its unit': async (
    store,
  ) => {
    await keep(store, sampleUnit('a'))
    const late = sampleUnit('b', [samplePut('b'), samplePut('a', { expect: 2 })])
    assert.equal(await store.commit(late), stale('a'))
    assert.is(await store.message('north', 'message-b'), undefined)
    assert.equal(await store.objects('Things', ['b'], ['name of b']), [])
    assert.equal(await store.events(1, 10), [])
  },

  'refuses to create what exists': async (store) => {
    await keep(store, sampleUnit('a'))
    const both = sampleUnit('b', [samplePut('b'), samplePut('a', { names: [] })])
    assert.equal(await store.commit(both), stale('a'))
    const twice = sampleUnit('c', [samplePut('c'), samplePut('c', { names: [] })])
    assert.equal(await store.commit(twice), stale('c'))
  },

  'removes an object with its names': async (store) => {
    await keep(store, sampleUnit('a'))
    assert.equal(await store.commit(sampleUnit('b', [], [removal('a', 2)])), stale('a'))
    await keep(store, sampleUnit('c', [], [removal('a', 1)]))
    assert.equal(await store.objects('Things', ['a'], ['name of a']), [])
    assert.equal(await store.commit(sampleUnit('d', [], [removal('a', 1)])), stale('a'))
    await keep(store, sampleUnit('e', [samplePut('b', { names: ['name of a'] })]))
  },

  'counts on over the lives of an object, and refuses one that does not know of the last': async (
    store,
  ) => {
    await keep(store, sampleUnit('a', [samplePut('a'), samplePut('b')]))
    await keep(store, sampleUnit('c', [], [{ ...removal('a', 1), revision: 2 }, removal('b', 1)]))
    const gone = { noun: 'Things', id: 'a', revision: 2 }
    assert.equal(await store.gone('Things', ['a', 'b', 'c']), [gone])
    assert.equal(await store.gone('Others', ['a']), [])
    for (const after of [undefined, 0, 1, 3]) {
      const again = samplePut('a', after === undefined ? {} : { after })
      assert.equal(await store.commit(sampleUnit('d', [again])), stale('a'))
    }
    assert.equal(await store.commit(sampleUnit('d', [samplePut('e', { after: 2 })])), stale('e'))
    await keep(store, sampleUnit('d', [samplePut('a', { after: 2 })]))
    assert.is((await store.objects('Things', ['a'], []))[0]?.revision, 3)
    assert.equal(await store.gone('Things', ['a']), [])
    await keep(store, sampleUnit('f', [samplePut('a', { expect: 3 })]))
    await keep(store, sampleUnit('g', [], [{ ...removal('a', 4), revision: 5 }]))
    assert.equal(await store.gone('Things', ['a']), [{ ...gone, revision: 5 }])
  },

  'forgets what is gone with the event that told of it': async (store) => {
    const events = ['a', 'b'].map((id) => sampleEvent(samplePut(id, { expect: 1 })))
    await keep(store, sampleUnit('a', [samplePut('a'), samplePut('b')]))
    for (const [at, id] of ['a', 'b'].entries()) {
      const removals = [{ ...removal(id, 1), revision: 2 }]
      await keep(store, { puts: [], removals, events: events.slice(at, at + 1) })
    }
    const before = { legs: '', audit: '' }
    await store.forget(before)
    assert.equal(idsOf(await store.gone('Things', ['a', 'b'])), ['a', 'b'])
    // The newest event stays, and what it tells of.
    await store.forget({ ...before, events: '2027-01-01T00:00:00Z' })
    assert.equal(idsOf(await store.gone('Things', ['a', 'b'])), ['b'])
  },

  'refuses a name that another object of the noun has, naming that object': async (store) => {
    await keep(store, sampleUnit('a'))
    const taken = samplePut('b', { names: ['own', 'name of a'] })
    assert.equal(await store.commit(sampleUnit('b', [taken])), stale('a'))
    const pair = ['b', 'c'].map((id) => samplePut(id, { names: ['one'] }))
    assert.equal(await store.commit(sampleUnit('c', pair)), stale('b'))
    await keep(store, sampleUnit('d', [samplePut('b', { noun: 'Others', names: ['name of a'] })]))
  },

  'frees a name that an object gives up, also to another one of the same unit': async (store) => {
    await keep(store, sampleUnit('1', [samplePut('a'), samplePut('b')]))
    const exchanged = [
      samplePut('a', { expect: 1, names: ['name of b'] }),
      samplePut('b', { expect: 1, names: ['name of a'] }),
    ]
    await keep(store, sampleUnit('2', exchanged))
    assert.equal(idsOf(await store.objects('Things', [], ['name of a'])), ['b'])
  },
}
