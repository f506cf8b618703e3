// Contract cases: units with so many objects that they go into several statements.

import * as assert from 'uvu/assert'
import type { Put } from '../../../gateway/ports.ts'
import { queued, sent } from './ledger.ts'
import { counted, idsOf, keep, removal, samplePut, sampleUnit, stale } from './samples.ts'
import type { Cases } from './samples.ts'

/** more than two whole statements, and several smaller ones behind them */
const MANY = 299

const ids = counted(MANY).map((n) => `${1_000 + n}`)
const made = (changes: Partial<Put> = {}) => ids.map((id) => samplePut(id, changes))
const nameOf = (id: string) => `name of ${id}`

/** Contract cases about many objects at once. */
export const MANY_CASES: Cases = {
  'keeps many objects with their names and events, and changes them': async (store) => {
    const events = await keep(store, sampleUnit('a', made()))
    assert.equal(
      events.map((it) => it.seq),
      counted(MANY, 1),
    )
    assert.equal(await store.events(0, MANY + 1), events)
    const changes = ids.map((id, at) =>
      samplePut(id, { expect: 1, body: `{"n":${at}}`, names: [nameOf(ids[MANY - 1 - at] ?? '')] }),
    )
    await keep(store, sampleUnit('b', changes))
    const found = await store.objects('Things', ids, [])
    assert.equal(
      [...found].sort((a, b) => (a.id < b.id ? -1 : 1)),
      changes.map(({ expect: _, ...it }) => ({ ...it, revision: 2 })),
    )
    const [first] = await store.objects('Things', [], [nameOf(ids.at(-1) ?? '')])
    assert.is(first?.id, ids[0])
    assert.equal(idsOf(await store.objects('Things', [], ids.map(nameOf))), ids)
  },

  'names the one of many that exists, is another by now, or has a name': async (store) => {
    const [one = '', other = ''] = [ids[130], ids[131]]
    await keep(store, sampleUnit('a', [samplePut(one)]))
    assert.equal(await store.commit(sampleUnit('b', made())), stale(one))
    const named = made().map((it) => (it.id === one ? samplePut('new', { names: it.names }) : it))
    assert.equal(await store.commit(sampleUnit('b', named)), stale(one))
    await keep(
      store,
      sampleUnit(
        'c',
        made().filter(({ id }) => id !== one),
      ),
    )
    await keep(store, sampleUnit('d', [samplePut(other, { expect: 1 })]))
    assert.equal(await store.commit(sampleUnit('e', made({ expect: 1 }))), stale(other))
    assert.equal((await store.objects('Things', [other], []))[0]?.revision, 2)
    const [same] = await store.objects('Things', [one], [])
    assert.is(same?.revision, 1)
  },

  'counts on over the lives of many': async (store) => {
    await keep(store, sampleUnit('a', made()))
    const gone = ids.map((id) => ({ ...removal(id, 1), revision: 2 }))
    await keep(store, sampleUnit('b', [], gone))
    assert.is((await store.gone('Things', ids)).length, MANY)
    const again = made({ after: 2 })
    const wrong = again.map((it, at) => (at === 200 ? { ...it, after: 1 } : it))
    assert.equal(await store.commit(sampleUnit('c', wrong)), stale(ids[200] ?? ''))
    await keep(store, sampleUnit('c', again))
    assert.equal(await store.gone('Things', ids), [])
    const found = await store.objects('Things', ids, [])
    assert.ok(found.length === MANY && found.every((it) => it.revision === 3))
  },

  'keeps many legs with their places, and names the one that is there already': async (store) => {
    const legs = ids.map((id) => sent(id))
    await keep(store, queued(legs.slice(140, 141)))
    const [there] = legs.slice(140, 141)
    assert.equal(await store.commit(queued(legs)), { kind: 'duplicate', message: there })
    await keep(store, queued(legs.filter((it) => it !== there)))
    const { legs: found } = await store.legs({ limit: MANY + 1 })
    assert.is(found.length, MANY)
  },
}
