// Contract cases: messages in the outbox: lanes, leases and tries, and when what waits there is due.

import * as assert from 'uvu/assert'
import type { Claimed, Leg } from '../../../gateway/ledger.ts'
import {
  LATER,
  MUCH_LATER,
  NOTHING,
  NOW,
  claim,
  done,
  first,
  idsOf,
  queued,
  sent,
} from './ledger.ts'
import { counted, keep, sampleAttempt } from './samples.ts'
import type { Cases } from './samples.ts'

/** Contract cases about messages in the outbox. */
export const LEDGER_OUTBOX: Cases = {
  'gives a leg of several lanes after all that came before it in any of them, and before all after it':
    async (store) => {
      const lanes: Readonly<Record<string, readonly string[]>> = {
        'leg-a': ['x'],
        'leg-b': ['x y', 'x', 'y'],
        'leg-c': ['y z', 'y', 'z'],
        'leg-d': ['z'],
        'leg-e': ['v'],
        'leg-f': ['x'],
      }
      const legs = ['a', 'b', 'c', 'd', 'e', 'f'].map((it) => sent(it))
      const change = ({ id }: Leg) => {
        const [lane = '', ...also] = lanes[id] ?? []
        return { lane, also, dueAt: id === 'leg-b' ? LATER : NOW }
      }
      await keep(store, queued(legs, change))
      const [a, e] = await claim(store)
      assert.equal([a?.leg.id, e?.leg.id], ['leg-a', 'leg-e'])
      await keep(store, done(a as Claimed))
      assert.equal(await claim(store), [])
      await keep(store, done(e as Claimed))
      // What waits for another is not due before that one is.
      assert.is(await store.nextDue(), LATER)
      for (const expected of [['leg-b'], ['leg-c', 'leg-f'], ['leg-d']]) {
        const claimed = await claim(store, LATER, { until: MUCH_LATER })
        assert.equal(idsOf(claimed), expected)
        for (const it of claimed) await keep(store, done(it))
      }
      assert.is(await store.nextDue(), undefined)
    },

  'counts tries from the beginning when a leg is given another turn': async (store) => {
    await keep(store, queued([sent('a')]))
    const tried = first(await claim(store))
    await keep(store, done(tried, { to: 'FAILED', slot: { kind: 'keep', dueAt: NOW } }))
    assert.is(first(await claim(store)).tries, 1)
    const again = first(await claim(store, LATER, { until: MUCH_LATER }))
    await keep(store, done(again, { to: 'FAILED', slot: { kind: 'keep', dueAt: LATER } }))
    const slot = { kind: 'anew', dueAt: NOW } as const
    const step = { leg: 'leg-a', from: 'FAILED', to: 'QUEUED', reason: '', slot } as const
    await keep(store, { ...NOTHING, steps: [step] })
    const { tries, leg } = first(await claim(store))
    assert.equal([tries, leg.state], [0, 'SENDING'])
  },

  'gives no token twice, also when nothing was left in the lane meanwhile': async (store) => {
    await keep(
      store,
      queued([sent('a')], () => ({ lane: 'x' })),
    )
    const one = first(await claim(store))
    await keep(store, done(one, { to: 'PARKED' }))
    const redrive = { leg: 'leg-a', from: 'PARKED', to: 'QUEUED', reason: '' } as const
    const slots = [{ leg: 'leg-a', lane: 'x', priority: 0, dueAt: NOW }]
    await keep(store, { ...NOTHING, steps: [redrive], slots })
    const two = first(await claim(store))
    assert.ok(two.lease.token > one.lease.token)
    assert.equal(await store.commit(done(one)), { kind: 'late', leg: 'leg-a' })
    await keep(store, done(two))
  },

  'gives an expired lane to one of two who ask at the same time': async (store) => {
    await keep(store, queued(counted(20).map((n) => sent(`${n}`))))
    const asked = ['one', 'two', 'three'].map((holder) => claim(store, NOW, { holder, limit: 10 }))
    const given = (await Promise.all(asked)).flatMap(idsOf)
    assert.equal([given.length, new Set(given).size], [20, 20])
  },

  'lets a lease that has run out write as long as nobody else has the lane': async (store) => {
    await keep(store, queued([sent('a')]))
    const mine = first(await claim(store, NOW, { until: NOW }))
    await keep(store, done(mine))
    assert.is((await store.leg('leg-a'))?.state, 'ACKED')
  },

  'knows what waits and must not be sent any more, and when that comes': async (store) => {
    const waits = (id: string, notAfter: string, state: Leg['state'] = 'QUEUED') =>
      sent(id, { notAfter, state })
    const legs = [
      waits('a', LATER),
      waits('b', NOW, 'FAILED'),
      waits('c', ''),
      waits('d', NOW, 'ACKED'),
      waits('e', NOW, 'SENT'),
    ]
    await keep(store, { ...NOTHING, legs })
    assert.is(await store.nextDue(), NOW)
    assert.is(await store.nextDue(NOW), LATER, 'after that')
    assert.is(await store.nextDue(LATER), undefined)
    const expired = (now: string, limit = 10) => store.expired(now, limit)
    assert.equal(await expired(NOW), ['leg-b'])
    assert.equal(await expired(LATER, 1), ['leg-b'])
    assert.equal(await expired(LATER), ['leg-b', 'leg-a'])
    const step = { leg: 'leg-b', from: 'FAILED', to: 'EXPIRED', reason: '' } as const
    await keep(store, { ...NOTHING, steps: [step] })
    assert.equal(await expired(NOW), [])
    assert.is(await store.nextDue(), LATER)
  },

  'gives a leg one place, whoever wants to send it again, and counts on from the tries it has made':
    async (store) => {
      await keep(store, { ...NOTHING, legs: [sent('a', { state: 'SENT' })] })
      const step = { leg: 'leg-a', from: 'SENT', to: 'FAILED', reason: '' } as const
      const slots = [{ leg: 'leg-a', lane: 'x', priority: 0, dueAt: NOW, tries: 2 }]
      const again = { ...NOTHING, steps: [step], slots }
      await keep(store, again)
      assert.equal(await store.commit(again), { kind: 'late', leg: 'leg-a' })
      assert.is(first(await claim(store)).tries, 2)
    },

  'replaces an answer once, where two find at the same time what has come of a message': async (
    store,
  ) => {
    const told = { state: 'EXPIRED', reply: 'too late', replyMessageID: 'first' } as const
    await keep(store, { ...NOTHING, legs: [sent('a', told)] })
    const answered = { reply: 'done', replyStatus: 200, replyContentType: 'text/plain' }
    const step = (replyMessageID: string) => ({
      ...({
        leg: 'leg-a',
        from: 'EXPIRED',
        to: 'EXPIRED',
        reason: 'done',
        instead: 'first',
      } as const),
      answered: { ...answered, replyMessageID },
    })
    await keep(store, { ...NOTHING, steps: [step('second')] })
    const again = { ...NOTHING, steps: [step('third')] }
    assert.equal(await store.commit(again), { kind: 'late', leg: 'leg-a' })
    const { reply, replyMessageID } = (await store.leg('leg-a')) ?? {}
    assert.equal([reply, replyMessageID], ['done', 'second'])
  },

  'never sends what is over, whoever has ended it': async (store) => {
    await keep(
      store,
      queued([sent('a'), sent('b')], () => ({ lane: 'x' })),
    )
    const cancel = { leg: 'leg-a', from: 'QUEUED', to: 'CANCELED', reason: 'told so' } as const
    await keep(store, { ...NOTHING, steps: [cancel] })
    assert.equal(idsOf(await claim(store)), ['leg-b'])
  },

  'knows of nothing due when all was ended while it was being sent': async (store) => {
    await keep(store, queued([sent('a')]))
    const { leg } = first(await claim(store))
    assert.is(await store.nextDue(), LATER)
    const step = { leg: leg.id, from: 'SENDING', to: 'EXPIRED', reason: '' } as const
    await keep(store, { ...NOTHING, steps: [step] })
    assert.is(await store.nextDue(), undefined)
  },

  'refuses a try that was noted before, and one of a leg that is not there': async (store) => {
    await keep(store, queued([sent('a')]))
    const attempt = sampleAttempt('leg-a', 'first')
    await keep(store, { ...NOTHING, attempts: [attempt] })
    const unit = { ...NOTHING, attempts: [{ ...attempt, answer: 'second' }] }
    assert.equal(await store.commit(unit), { kind: 'late', leg: 'leg-a' })
    assert.is((await store.attempts('leg-a'))[0]?.answer, 'first')
    const stray = { ...NOTHING, attempts: [{ ...attempt, leg: 'none' }] }
    assert.match(String(await store.commit(stray).catch(String)), /cannot keep/)
  },
}
