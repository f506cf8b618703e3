// Contract cases: the audit log. Chained over units, calls and openings, whole after a refused unit, never without a trace of
// what is no longer there.

import * as assert from 'uvu/assert'
import { NO_LINE } from '../../../gateway/audit/chain.ts'
import { chainJudge } from '../../../gateway/audit/verified.ts'
import type { Verified } from '../../../gateway/audit/verified.ts'
import type { AuditEntry } from '../../../gateway/ledger.ts'
import type { Store } from '../../../gateway/ports.ts'
import { sha256 } from '../../digest.ts'
import { LATER, NOTHING, NOW } from './ledger.ts'
import { counted, keep, removal, sampleUnit } from './samples.ts'
import type { Cases } from './samples.ts'

const OLD = '2026-01-01T00:00:00.000Z'

function entry(what: string, changes: Partial<AuditEntry> = {}): AuditEntry {
  return { at: NOW, who: 'w', what, subject: 's', details: 'd', ...changes }
}

async function verified(store: Store): Promise<Verified> {
  const judge = chainJudge(
    (await store.auditEnds()) ?? { head: NO_LINE, beginning: NO_LINE },
    sha256,
  )
  for (const line of await store.audit({ limit: 10_000 })) judge.take(line)
  return judge.end()
}

async function words(store: Store, query: Partial<Parameters<Store['audit']>[0]> = {}) {
  return (await store.audit({ limit: 100, ...query })).map((it) => it.what)
}

/** Contract cases about the audit log. */
export const AUDIT_CASES: Cases = {
  'T17: chains the lines of the audit log, those of one unit and those of many': async (store) => {
    assert.is(await store.auditEnds(), undefined)
    await keep(store, { ...NOTHING, audit: [entry('1'), entry('2')] })
    await Promise.all(
      counted(20).map((n) =>
        keep(store, { ...NOTHING, audit: counted(7).map((m) => entry(`${n} ${m}`)) }),
      ),
    )
    const { broken, lines, proved } = await verified(store)
    assert.is(broken, undefined)
    assert.is(lines, 142)
    assert.equal(proved, (await store.auditEnds())?.head)
    const all = await store.audit({ limit: 1_000 })
    assert.equal(
      all.map(({ seq }) => seq),
      counted(142).map((n) => n + 1),
    )
    assert.is(new Set(all.map(({ hash }) => hash)).size, 142)
  },

  'T17: has no line of a unit that is refused, alone or beside others': async (store) => {
    await keep(store, { ...NOTHING, audit: [entry('first')] })
    const refused = { ...NOTHING, removals: [removal('nothing', 1)], audit: [entry('refused')] }
    const outcomes = await Promise.all([
      store.commit({ ...NOTHING, audit: [entry('before')] }),
      store.commit(refused),
      store.commit({ ...NOTHING, audit: [entry('behind')] }),
    ])
    assert.equal(
      outcomes.map(({ kind }) => kind),
      ['committed', 'stale', 'committed'],
    )
    assert.equal((await words(store)).sort(), ['before', 'behind', 'first'])
    assert.is((await verified(store)).broken, undefined)
  },

  'T17: finds lines of the audit log by number, kind, party and time, from either end': async (
    store,
  ) => {
    const audit = [
      entry('a', { who: 'north' }),
      entry('b', { who: 'south', from: '10.0.0.1', at: LATER }),
      entry('a', { who: 'south' }),
    ]
    await keep(store, { ...NOTHING, audit })
    const [, second] = await store.audit({ limit: 10 })
    assert.is(second?.from, '10.0.0.1')
    const seqs = async (query: Partial<Parameters<Store['audit']>[0]>) =>
      (await store.audit({ limit: 10, ...query })).map(({ seq }) => seq)
    assert.equal(await seqs({ after: 1 }), [2, 3])
    assert.equal(await seqs({ after: 1, limit: 1 }), [2])
    assert.equal(await seqs({ before: 3 }), [2, 1])
    assert.equal(await seqs({ what: ['a'], before: 9 }), [3, 1])
    assert.equal(await seqs({ what: ['b', 'c'] }), [2])
    assert.equal(await seqs({ who: 'south' }), [2, 3])
    assert.equal(await seqs({ since: LATER }), [2])
    assert.equal(await seqs({ until: LATER }), [1, 3])
    assert.equal(await seqs({ who: 'north', what: ['b'] }), [])
  },

  'T17: forgets old lines from the first on, and a line says which': async (store) => {
    const many = counted(1_500).map((n) => entry(`${n}`, { at: OLD }))
    await keep(store, { ...NOTHING, audit: [...many, entry('young'), entry('old', { at: OLD })] })
    await store.forget({ legs: '', audit: LATER })
    const kept = await store.audit({ limit: 10 })
    // Numbers go on, and so does the chain: from the last line that was forgotten.
    assert.equal(
      kept.map(({ seq, what }) => [seq, what]),
      [
        [1_503, 'forgotten'],
        [1_504, 'forgotten'],
      ],
    )
    assert.is(kept.at(-1)?.subject, '1-1502')
    await keep(store, { ...NOTHING, audit: [entry('next')] })
    assert.is((await verified(store)).broken, undefined)
  },

  'T17: a young line keeps all behind it': async (store) => {
    const old = entry('old', { at: OLD })
    await keep(store, { ...NOTHING, audit: [old, old, entry('young', { at: LATER }), old] })
    await store.forget({ legs: '', audit: NOW })
    assert.equal(await words(store), ['young', 'old', 'forgotten'])
    assert.is((await verified(store)).broken, undefined)
    await store.forget({ legs: '', audit: NOW })
    assert.equal(await words(store), ['young', 'old', 'forgotten'])
  },

  'T17: keeps on one line, and as plain text, whatever a sender has written': async (store) => {
    const evil = '"}\r\n{"seq":9,\u001b[2K\u202e\u2028\0\ud800\\'
    await keep(store, { ...NOTHING, audit: [entry('x', { who: evil, details: evil })] })
    const [line] = await store.audit({ limit: 1 })
    const plain = '"}\\u{d}\\u{a}{"seq":9,\\u{1b}[2K\\u{202e}\\u{2028}\\u{0}\\u{d800}\\\\'
    assert.equal([line?.who, line?.details], [plain, plain])
    assert.is((await verified(store)).broken, undefined)
    await keep(store, sampleUnit('next'))
  },
}
