// What runs beside the messages: alarms for what has not come, and tidying up, on a clock of its own.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openMemoryStore } from '../../shell/store/index.ts'
import type { Awaited } from '../ledger.ts'
import type { Log } from '../ports.ts'
import { createAlarms } from './alarms.ts'
import { SILENT, outgoingLeg } from './dispatcher.fixture.ts'
import { shifted } from './outcome.ts'
import { createRetention } from './retention.ts'
import { virtualTime } from './virtual-time.fixture.ts'

const test = suite('delivery: watch')

const NOTHING = { puts: [], removals: [], events: [] }
const HOUR = 3_600_000

function awaited(id: string, dueAt: string): Awaited {
  return { id, kind: 'confirmation', key: id, exchangeId: 'x', leg: '', dueAt, state: 'open' }
}

/** Goes on to the next timer, and lets what it starts come to its end. */
async function pass(time: ReturnType<typeof virtualTime>): Promise<void> {
  time.step()
  await new Promise((done) => setTimeout(done, 10))
}

test('what has not come is told once, in the log and in the audit log; what has come is not', async () => {
  const store = await openMemoryStore()
  const time = virtualTime()
  const warned: unknown[] = []
  const log: Log = { ...SILENT, warn: (fields) => warned.push(fields['key']) }
  const alarms = createAlarms({ ...time, store, log, overdue: async () => ({ unit: {} }) })
  const soon = shifted(time.clock(), 5_000)
  await store.commit({ ...NOTHING, awaits: ['a', 'b'].map((it) => awaited(it, soon)) })
  await store.commit({ ...NOTHING, met: [{ kind: 'confirmation', key: 'b' }] })
  await alarms.look()
  assert.equal(warned, [])
  for (let n = 0; n < 5; n += 1) await pass(time)
  assert.equal(warned, ['a'])
  const lines = await store.audit({ limit: 10 })
  assert.equal(
    lines.map((it) => [it.what, it.subject]),
    [['overdue', 'confirmation a']],
  )
  alarms.stop()
  await store.close()
})

test('what is due before it would be looked again is looked for then, and only then', async () => {
  const store = await openMemoryStore()
  const time = virtualTime()
  const warned: unknown[] = []
  const log: Log = { ...SILENT, warn: (fields) => warned.push(fields['key']) }
  const alarms = createAlarms({ ...time, store, log, overdue: async () => ({ unit: {} }) })
  await alarms.look()
  const [soon, late] = [1_000, 60_000].map((it) => shifted(time.clock(), it)) as [string, string]
  await store.commit({ ...NOTHING, awaits: [awaited('a', soon), awaited('b', late)] })
  alarms.expect(late)
  alarms.expect(soon)
  await pass(time)
  assert.is(time.passed(), 1_000)
  for (let n = 0; n < 100 && warned.length === 0; n += 1)
    await new Promise((done) => setTimeout(done, 10))
  assert.equal(warned, ['a'])
  alarms.stop()
  await store.close()
})

test('what cannot be raised is told once, keeps nothing else back, and is raised when it can be', async () => {
  const store = await openMemoryStore()
  const time = virtualTime()
  const [warned, failed]: [unknown[], unknown[]] = [[], []]
  const log: Log = {
    ...SILENT,
    warn: (fields) => warned.push(fields['key']),
    error: (fields) => failed.push(fields['key']),
  }
  let isBroken = true
  const overdue = async ({ key }: Awaited) => {
    if (isBroken && key.startsWith('bad')) throw new Error('cannot be read')
    return { unit: {} }
  }
  const alarms = createAlarms({ ...time, store, log, overdue })
  // More that fail than are looked at together, and all of them before the good one.
  const bad = Array.from({ length: 120 }, (_, n) => `bad-${n}`)
  const [soon, later] = [1_000, 2_000].map((it) => shifted(time.clock(), it)) as [string, string]
  const awaits = [...bad.map((it) => awaited(it, soon)), awaited('good', later)]
  await store.commit({ ...NOTHING, awaits })
  await alarms.look()
  const passing = async (what: () => boolean) => {
    for (let n = 0; n < 3_000 && !what(); n += 1) await pass(time)
    assert.ok(what())
  }
  await passing(() => warned.length === 1)
  assert.equal([warned, failed.length], [['good'], bad.length])
  for (let n = 0; n < 5; n += 1) await pass(time)
  assert.is(failed.length, bad.length)
  isBroken = false
  await passing(() => warned.length === 1 + bad.length)
  alarms.stop()
  await store.close()
})

test('the line of an alarm says what it is about and what is to be done', async () => {
  const store = await openMemoryStore()
  const time = virtualTime()
  const warned: object[] = []
  const log: Log = { ...SILENT, warn: (fields) => warned.push(fields) }
  const alarms = createAlarms({ ...time, store, log, overdue: async () => ({ unit: {} }) })
  const leg = outgoingLeg('asked', { noun: 'Things', verb: 'create', state: 'ACKED' })
  await store.commit({
    ...NOTHING,
    legs: [leg],
    awaits: [{ ...awaited('a', time.clock()), leg: leg.id }],
  })
  await alarms.look()
  const { party, noun, verb, mend } = warned[0] as Record<string, string>
  assert.equal([party, noun, verb], [leg.party, 'Things', 'create'])
  assert.is(mend, 'See GET /api/v1/exchanges/x, and ask whoever owes it.')
  alarms.stop()
  await store.close()
})

test('what has come for one message is still awaited after another', async () => {
  const store = await openMemoryStore()
  const due = '2026-07-14T08:00:00.000Z'
  const same = { ...awaited('one', due), key: 'k', leg: 'one' }
  await store.commit({ ...NOTHING, awaits: [same, { ...same, id: 'other', leg: 'other' }] })
  const left = async () => (await store.overdue(shifted(due, 1), 10)).map((it) => it.leg)
  await store.commit({ ...NOTHING, met: [{ kind: 'confirmation', key: 'k', leg: 'one' }] })
  assert.equal(await left(), ['other'])
  await store.commit({ ...NOTHING, met: [{ kind: 'confirmation', key: 'k' }] })
  assert.equal(await left(), [])
  await store.close()
})

test('what is over is forgotten when it is old enough, hour by hour', async () => {
  const store = await openMemoryStore()
  const time = virtualTime()
  const retention = { messagesMs: 2 * HOUR, auditMs: 2 * HOUR }
  const tidying = createRetention({ ...time, store, log: SILENT, retention: () => retention })
  await store.commit({
    ...NOTHING,
    legs: [outgoingLeg('over', { state: 'ACKED' }), outgoingLeg('open', { state: 'PARKED' })],
  })
  await tidying.tidy()
  await pass(time)
  assert.ok(await store.leg('over'))
  await pass(time)
  await pass(time)
  // The store works in a thread of its own.
  for (let n = 0; n < 500 && (await store.leg('over')) !== undefined; n += 1)
    await new Promise((done) => setTimeout(done, 10))
  assert.is(await store.leg('over'), undefined)
  assert.ok(await store.leg('open'))
  tidying.stop()
  await store.close()
})

test.run()
