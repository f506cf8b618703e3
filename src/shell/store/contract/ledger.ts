// Contract cases: messages on their way. Lanes, leases, tries, what is awaited, how legs are found and forgotten.

import * as assert from 'uvu/assert'
import type { Claimed, Leg, LegStep, Slot } from '../../../gateway/ledger.ts'
import type { Store, Unit } from '../../../gateway/ports.ts'
import { keep, sampleAttempt, sampleMessage } from './samples.ts'
import type { Cases } from './samples.ts'

/** now, and two later times */
export const NOW = '2026-03-01T12:00:00.000Z'
export const LATER = '2026-03-01T12:01:00.000Z'
export const MUCH_LATER = '2026-03-01T13:00:00.000Z'

/** A unit that changes no object. */
export const NOTHING = { puts: [], removals: [], events: [] }

/** A leg that is to be sent. */
export function sent(key: string, changes: Partial<Leg> = {}): Leg {
  const own = { direction: 'out', state: 'QUEUED', reply: '', replyStatus: 0, at: NOW } as const
  return sampleMessage(key, { ...own, party: 'peer', ...changes })
}

function slot(leg: Leg, changes: Partial<Slot> = {}): Slot {
  return { leg: leg.id, lane: leg.id, priority: 0, dueAt: NOW, ...changes }
}

/** Puts legs into the outbox. */
export function queued(
  legs: readonly Leg[],
  change: (leg: Leg) => Partial<Slot> = () => ({}),
): Unit {
  return { ...NOTHING, legs, slots: legs.map((it) => slot(it, change(it))) }
}

/** Claims as `one`. */
export function claim(store: Store, now = NOW, more: Partial<Parameters<Store['claim']>[0]> = {}) {
  return store.claim({ holder: 'one', now, until: LATER, limit: 100, notTo: [], ...more })
}

/** Which legs were claimed. */
export function idsOf(claimed: readonly Claimed[]): readonly string[] {
  return claimed.map((it) => it.leg.id)
}

/** The leg was answered. */
export function done({ leg, lease }: Claimed, changes: Partial<LegStep> = {}): Unit {
  const step: LegStep = {
    leg: leg.id,
    from: 'SENDING',
    to: 'ACKED',
    reason: '',
    slot: { kind: 'drop' },
    lease,
    ...changes,
  }
  return { ...NOTHING, steps: [step] }
}

/** The first that was claimed. */
export function first(claimed: readonly Claimed[]): Claimed {
  const [it] = claimed
  if (it === undefined) throw new Error('nothing was claimed')
  return it
}

/** Contract cases about messages on their way. */
export const LEDGER_CASES: Cases = {
  'gives a leg back as it was kept, by its id and by the MessageID that was sent': async (
    store,
  ) => {
    const leg = sent('a', { late: true, reason: 'ü', findings: '[{"rule":"x"}]' })
    await keep(store, { ...NOTHING, legs: [leg] })
    assert.equal(await store.leg('leg-a'), leg)
    assert.equal(await store.legTo('peer', 'message-a'), leg)
    assert.is(await store.legTo('other', 'message-a'), undefined)
    assert.is(await store.message('peer', 'message-a'), undefined)
    assert.is(await store.leg('leg-b'), undefined)
  },

  'gives one leg of each lane, in the order in which they came': async (store) => {
    const legs = ['a', 'b', 'c', 'd'].map((it) => sent(it))
    await keep(
      store,
      queued(legs, ({ id }) => ({ lane: 'ac'.includes(id.at(-1) ?? '') ? 'x' : id })),
    )
    const claimed = await claim(store)
    assert.equal(idsOf(claimed), ['leg-a', 'leg-b', 'leg-d'])
    assert.equal(first(claimed).leg, { ...legs[0], state: 'SENDING' })
    assert.equal(await claim(store), [])
    await keep(store, done(first(claimed)))
    assert.equal(idsOf(await claim(store)), ['leg-c'])
    assert.is((await store.leg('leg-a'))?.state, 'ACKED')
  },

  'keeps a lane back until its first leg is due, and for a party that is not to be sent to': async (
    store,
  ) => {
    const legs = [sent('a'), sent('b'), sent('c', { party: 'down' })]
    const dueAt = ({ id }: Leg) => ({
      lane: id === 'leg-c' ? 'y' : 'x',
      dueAt: id === 'leg-a' ? LATER : NOW,
    })
    await keep(store, queued(legs, dueAt))
    assert.equal(await claim(store, NOW, { notTo: ['down'] }), [])
    assert.equal(idsOf(await claim(store)), ['leg-c'])
    assert.equal(idsOf(await claim(store, LATER, { notTo: ['down'] })), ['leg-a'])
  },

  'tries a leg again when it is due, and counts': async (store) => {
    await keep(store, queued([sent('a')]))
    const [it] = await claim(store)
    assert.is(it?.tries, 0)
    const again = { to: 'FAILED', slot: { kind: 'keep', dueAt: LATER } } as const
    const attempt = sampleAttempt('leg-a', 'busy')
    await keep(store, {
      ...done(it as Claimed, { ...again, reason: 'HTTP 503' }),
      attempts: [attempt],
    })
    assert.equal(await claim(store), [])
    const [next] = await claim(store, LATER, { until: MUCH_LATER })
    assert.equal([next?.tries, next?.leg.id], [1, 'leg-a'])
    assert.equal(await store.attempts('leg-a'), [attempt])
  },

  'gives a lane to another when its lease has run out, and refuses the first one then': async (
    store,
  ) => {
    await keep(store, queued([sent('a')]))
    const mine = first(await claim(store))
    const theirs = first(await claim(store, LATER, { holder: 'two', until: MUCH_LATER }))
    assert.equal([mine.lease.token, theirs.lease.token], [1, 2])
    assert.equal(await store.commit(done(mine)), { kind: 'late', leg: 'leg-a' })
    await keep(store, done(theirs))
    assert.equal(await store.commit(done(theirs)), { kind: 'late', leg: 'leg-a' })
  },

  'gives a lane at once that has been given back': async (store) => {
    await keep(store, queued([sent('a')]))
    const { lease } = first(await claim(store))
    await store.release([lease])
    await store.release([{ ...lease, token: 99 }])
    assert.is(first(await claim(store, NOW, { holder: 'two' })).lease.token, 2)
  },

  'refuses a step from another state, and keeps nothing of its unit': async (store) => {
    await keep(store, { ...NOTHING, legs: [sent('a', { state: 'SENT' })] })
    const step = { leg: 'leg-a', from: 'PARKED', to: 'QUEUED', reason: '' } as const
    const unit = { ...NOTHING, steps: [step], legs: [sent('b')] }
    assert.equal(await store.commit(unit), { kind: 'late', leg: 'leg-a' })
    assert.is(await store.leg('leg-b'), undefined)
    const unknown = { ...NOTHING, steps: [{ ...step, leg: 'none' }] }
    assert.equal(await store.commit(unknown), { kind: 'late', leg: 'none' })
  },

  'keeps what was answered with the step': async (store) => {
    await keep(store, { ...NOTHING, legs: [sent('a', { state: 'SENT' })] })
    const ids = { replyMessageID: 'r', replyETag: '"2"' }
    const answered = { reply: '<r/>', replyStatus: 200, replyContentType: 'x', ...ids }
    const step = { leg: 'leg-a', from: 'SENT', to: 'ACKED', reason: '', answered } as const
    await keep(store, { ...NOTHING, steps: [step] })
    assert.equal(await store.leg('leg-a'), sent('a', { state: 'ACKED', ...answered }))
  },

  'knows when something is due next': async (store) => {
    assert.is(await store.nextDue(), undefined)
    await keep(
      store,
      queued([sent('a'), sent('b')], () => ({ lane: 'x', dueAt: LATER })),
    )
    assert.is(await store.nextDue(), LATER)
    const awaited = { id: '1', kind: 'reply', key: 'k', exchangeId: '', leg: 'leg-a' }
    await keep(store, { ...NOTHING, awaits: [{ ...awaited, dueAt: NOW, state: 'open' }] })
    assert.is(await store.nextDue(), NOW)
  },

  'tells of what has not come, once': async (store) => {
    const one = (id: string, dueAt: string) =>
      ({ id, kind: 'reply', key: id, exchangeId: '', leg: '', dueAt, state: 'open' }) as const
    await keep(store, { ...NOTHING, awaits: [one('a', LATER), one('b', NOW), one('c', NOW)] })
    await keep(store, {
      ...NOTHING,
      met: [
        { kind: 'reply', key: 'b' },
        { kind: 'else', key: 'c' },
      ],
    })
    assert.equal(
      (await store.overdue(NOW, 10)).map((it) => it.id),
      ['c'],
    )
    await keep(store, { ...NOTHING, overdue: ['c'] })
    assert.equal(await store.overdue(NOW, 10), [])
    assert.equal(
      (await store.overdue(LATER, 10)).map((it) => it.id),
      ['a'],
    )
  },

  'finds legs by whatever is known of them, newest first, page by page': async (store) => {
    const at = (n: number) => `2026-03-01T12:00:0${n}.000Z`
    const legs = [0, 1, 2, 3, 4].map((n) =>
      sent(String(n), {
        at: at(n),
        noun: n < 3 ? 'Things' : 'Others',
        state: n % 2 ? 'PARKED' : 'SENT',
      }),
    )
    const keys = [{ leg: 'leg-1', name: 'Things.mRID', value: 'm' }]
    await keep(store, { ...NOTHING, legs, keys })
    const found = async (query: Omit<Parameters<Store['legs']>[0], 'limit'>) =>
      (await store.legs({ limit: 10, ...query })).legs.map((it) => it.id.slice(4)).join('')
    assert.is(await found({}), '43210')
    assert.is(await found({ noun: ['Others', 'None'] }), '43')
    assert.is(await found({ state: ['PARKED'] }), '31')
    assert.is(await found({ state: ['PARKED', 'SENT'], noun: ['Things'] }), '210')
    assert.is(await found({ from: at(1), to: at(3) }), '21')
    assert.is(await found({ key: 'm' }), '1')
    assert.is(await found({ messageID: 'message-3' }), '3')
    assert.is(await found({ exchangeId: 'exchange-2' }), '2')
    assert.is(await found({ correlationID: 'correlation-0' }), '0')
    assert.is(await found({ direction: 'in' }), '')
    assert.is(await found({ party: 'other' }), '')
    const page = await store.legs({ limit: 2 })
    assert.not.ok('request' in (page.legs[0] ?? {}))
    const next = await store.legs({ limit: 10, after: page.next ?? '' })
    assert.equal([next.legs.length, next.next], [3, null])
  },

  'counts what waits for each party': async (store) => {
    const legs = [sent('a'), sent('b', { at: LATER }), sent('c', { party: 'other' })]
    await keep(store, queued(legs))
    await keep(store, { ...NOTHING, legs: [sent('d', { state: 'PARKED', party: 'other' })] })
    assert.equal(await store.backlog(), [
      { party: 'other', waiting: 1, parked: 1, oldestAt: NOW },
      { party: 'peer', waiting: 2, parked: 0, oldestAt: NOW },
    ])
  },

  'forgets by age what is over, and nothing else': async (store) => {
    const old = { at: '2026-01-01T00:00:00.000Z' }
    const legs = [
      sent('over', { ...old, state: 'ACKED' }),
      sent('parked', { ...old, state: 'PARKED' }),
      sent('young', { state: 'ACKED' }),
    ]
    const keys = [{ leg: 'leg-over', name: 'n', value: 'v' }]
    const audit = { at: old.at, who: 'a', what: 'b', subject: 'c', details: 'd' }
    await keep(store, { ...NOTHING, legs, keys, audit: [audit] })
    await keep(store, queued([sent('queued', old)]))
    assert.is(await store.forget({ legs: NOW, audit: NOW }), 1)
    assert.is(await store.leg('leg-over'), undefined)
    for (const it of ['parked', 'young', 'queued']) assert.ok(await store.leg(`leg-${it}`), it)
  },

  'keeps every configuration that was in force': async (store) => {
    await keep(store, { ...NOTHING, configuration: { version: 'a', at: NOW, text: 'x: 1' } })
    await keep(store, { ...NOTHING, configuration: { version: 'b', at: LATER, text: 'x: 2' } })
    assert.equal(
      (await store.configurations()).map((it) => it.version),
      ['b', 'a'],
    )
  },

  'claims among 10,000 waiting legs in their order': async (store) => {
    const legs = Array.from({ length: 10_000 }, (_, n) => sent(String(n)))
    await keep(
      store,
      queued(legs, ({ id }) => ({ lane: `lane ${Number(id.slice(4)) % 100}` })),
    )
    const claimed = await claim(store, NOW, { limit: 1_000 })
    assert.equal(
      idsOf(claimed),
      legs.slice(0, 100).map((it) => it.id),
    )
  },
}
