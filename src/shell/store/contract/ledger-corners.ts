// Contract cases: messages on their way, where two meet: repeats, late steps, cursors, retention.

import * as assert from 'uvu/assert'
import { REFUSED_MESSAGE } from '../../../gateway/ledger.ts'
import type { Claimed, Leg } from '../../../gateway/ledger.ts'
import type { SequencedEvent, Store } from '../../../gateway/ports.ts'
import { LATER, MUCH_LATER, NOTHING, NOW, claim, done, idsOf, queued, sent } from './ledger.ts'
import { counted, keep, sampleEvent, sampleMessage, samplePut, sampleUnit } from './samples.ts'
import type { Cases } from './samples.ts'

const OLD = '2026-01-01T00:00:00.000Z'

/** Contract cases about messages on their way, where two meet. */
export const LEDGER_CORNERS: Cases = {
  'gives an id once, and keeps nothing of a unit that comes after': async (store) => {
    const [one, other] = [sent('a'), { ...sent('b'), id: sent('a').id }]
    await keep(store, queued([one]))
    const event = sampleEvent(samplePut('x'))
    const late = await store.commit({ ...NOTHING, ...queued([other]), events: [event] })
    assert.equal(late, { kind: 'late', leg: one.id })
    assert.equal(await store.leg(one.id), one)
    assert.is(await store.legTo(other.party, other.messageID), undefined)
    assert.is((await store.horizon()).last, 0)
  },

  'answers a leg that is there already with the one it has, whatever its direction': async (
    store,
  ) => {
    await keep(store, { ...NOTHING, legs: [sent('a')] })
    const again = sent('b', { messageID: 'message-a' })
    const duplicate = { kind: 'duplicate', message: sent('a') }
    assert.equal(await store.commit({ ...NOTHING, legs: [sent('c'), again] }), duplicate)
    assert.equal(await store.commit({ ...NOTHING, message: again }), duplicate)
    assert.is(await store.leg('leg-c'), undefined)
    const received = sent('d', { direction: 'in', messageID: 'message-a' })
    await keep(store, { ...NOTHING, message: received })
    assert.equal(await store.message('peer', 'message-a'), received)
  },

  'refuses a leg under an id that another one has': async (store) => {
    await keep(store, sampleUnit('a'))
    const same = { ...sampleUnit('b'), message: sampleMessage('b', { id: 'leg-a' }) }
    const refused = await store.commit(same).then(
      () => 'kept',
      () => 'refused',
    )
    assert.is(refused, 'refused')
    assert.is(await store.message('north', 'message-b'), undefined)
    assert.equal(await store.objects('Things', ['b'], []), [])
  },

  'lists what was overdue until it comes': async (store) => {
    const one = (id: string, dueAt: string) =>
      ({ id, kind: 'reply', key: id, exchangeId: '', leg: '', dueAt, state: 'open' }) as const
    await keep(store, { ...NOTHING, awaits: [one('b', LATER), one('a', NOW), one('c', NOW)] })
    assert.equal(await store.missed(10), [])
    await keep(store, { ...NOTHING, overdue: ['a', 'b'] })
    const ids = async (limit: number) => (await store.missed(limit)).map(({ id }) => id)
    assert.equal([await ids(10), await ids(1)], [['a', 'b'], ['a']])
    await keep(store, { ...NOTHING, met: [{ kind: 'reply', key: 'a' }] })
    assert.equal(await ids(10), ['b'])
  },

  'tells of what is being sent, in the order of the feed': async (store) => {
    const told: SequencedEvent[] = []
    store.onEvents((events) => told.push(...events))
    await keep(store, queued([sent('a'), sent('b')]))
    await keep(store, { ...NOTHING, events: [sampleEvent(samplePut('x'))] })
    const [one] = await claim(store)
    await keep(store, { ...done(one as Claimed), events: [sampleEvent(samplePut('y'))] })
    // Its process has died: it is sent once more, and nothing has changed.
    assert.equal(idsOf(await claim(store, LATER)), ['leg-b'])
    const steps = told.map((it) => `${it.seq} ${it.noun}/${it.subject} ${it.previous}>${it.state}`)
    assert.equal(steps.slice(1, 3), [
      '2 messages/message-a QUEUED>SENDING',
      '3 messages/message-b QUEUED>SENDING',
    ])
    assert.equal(told, await store.events(0, 10))
    assert.is(told.length, 4)
  },

  'pages through legs of the same time, each once': async (store) => {
    const legs = counted(25).map((n) => sent(`${n}`, { at: NOW }))
    await keep(store, { ...NOTHING, legs })
    const seen: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const page: Awaited<ReturnType<Store['legs']>> = await store.legs({
        limit: 10,
        noun: ['Things'],
        ...(after === '' ? {} : { after }),
      })
      seen.push(...page.legs.map(({ id }) => id))
      after = page.next
    }
    assert.equal([...seen].sort(), legs.map(({ id }) => id).sort())
    assert.equal((await store.legs({ limit: 25 })).next, null)
  },

  'finds a leg once, however many of its keys fit, also when a key was given twice': async (
    store,
  ) => {
    const key = { leg: 'leg-a', name: 'Things.mRID', value: 'm' }
    const keys = [key, key, { ...key, name: 'Things.Names.name' }]
    await keep(store, { ...NOTHING, legs: [sent('a'), sent('b')], keys })
    assert.equal(
      (await store.legs({ limit: 10, key: 'm' })).legs.map(({ id }) => id),
      ['leg-a'],
    )
  },

  'finds what was refused under a MessageID beside what has it, and by no other key': async (
    store,
  ) => {
    const keys = [
      { leg: 'leg-b', name: REFUSED_MESSAGE, value: 'message-a' },
      { leg: 'leg-c', name: 'Things.name', value: 'message-a' },
    ]
    const legs = [sent('a'), sent('b', { noun: 'Others' }), sent('c')]
    await keep(store, { ...NOTHING, legs, keys })
    const found = async (query: object) =>
      (await store.legs({ limit: 10, messageID: 'message-a', ...query })).legs.map(({ id }) => id)
    assert.equal((await found({})).sort(), ['leg-a', 'leg-b'])
    assert.equal(await found({ noun: ['Others'] }), ['leg-b'])
  },

  'forgets thousands, and neither the newest event nor the newest line of the audit log': async (
    store,
  ) => {
    const old = (n: number): Leg => sent(`${n}`, { at: OLD, state: 'ACKED' })
    const audit = { at: OLD, who: 'w', what: 'x', subject: 's', details: '' }
    for (const n of counted(3)) {
      const legs = counted(1_000, n * 1_000).map(old)
      await keep(store, { ...NOTHING, legs, audit: counted(1_000).map(() => audit) })
    }
    for (const n of counted(3)) await keep(store, sampleUnit(`event ${n}`))
    const before = { legs: LATER, audit: LATER }
    assert.is(await store.forget({ ...before, legs: NOW }), 3_000)
    assert.equal(await store.horizon(), { oldest: 1, last: 3 })
    const seqs = async () => (await store.audit({ limit: 10 })).map(({ seq }) => seq)
    // What says which lines are gone is a line, too, one for each thousand.
    assert.equal(await seqs(), [3_001, 3_002, 3_003])
    assert.is(await store.forget({ ...before, events: MUCH_LATER }), 3)
    assert.equal(await store.horizon(), { oldest: 3, last: 3 })
    assert.is((await keep(store, sampleUnit('next')))[0]?.seq, 4)
    await keep(store, { ...NOTHING, audit: [audit] })
    assert.is((await seqs()).at(-1), 3_004)
  },
}
