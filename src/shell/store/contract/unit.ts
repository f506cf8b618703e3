// Contract cases: what one unit changes, and what makes it refused.

import * as assert from 'uvu/assert'
import { idsOf, keep, removal, sampleMessage, samplePut, sampleUnit, stale } from './samples.ts'
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
