// The audit log in the store: one chain for all nodes, because there is one writer at a time. A line is kept in the unit of
// what it tells of, with the hash that it has behind the newest line; the place of that is a row of its own, so that lines
// which are taken from the end are missed. Portable SQL only.

import { FORGOTTEN, GAP, NO_LINE, chained, forgottenTo, hashOf } from '../../gateway/audit/chain.ts'
import type { Anchor, AuditLine, ChainEnds } from '../../gateway/audit/chain.ts'
import type { AuditEntry, AuditQuery } from '../../gateway/ledger.ts'
import { sha256 } from './digest.ts'
import { insertRows } from './insert.ts'
import type { Kysely } from './kysely.ts'
import { COLUMNS } from './schema.ts'
import type { Tables } from './schema.ts'
import { run } from './statement.ts'

/** lines that are read or forgotten at once */
const SLICE = 1_000

/** Appends to the chain. */
export async function keepAudit(
  db: Kysely<Tables>,
  entries: readonly AuditEntry[] = [],
): Promise<void> {
  if (entries.length === 0) return
  const head = (await endOf(db, 'head')) ?? (await begin(db))
  const lines = chained(entries, head, sha256)
  await insertRows(db, 'audit', lines)
  await moveEnd(db, 'head', lines.at(-1) ?? head)
}

/** Lines, in order or the newest first. */
export function findAudit(db: Kysely<Tables>, query: AuditQuery): Promise<readonly AuditLine[]> {
  const { after, before, what, who, since, until, limit } = query
  let asked = db.selectFrom('audit').select(COLUMNS.audit)
  if (after !== undefined) asked = asked.where('seq', '>', after)
  if (before !== undefined) asked = asked.where('seq', '<', before)
  if (what !== undefined) asked = asked.where('what', 'in', what)
  if (who !== undefined) asked = asked.where('who', '=', who)
  if (since !== undefined) asked = asked.where('at', '>=', since)
  if (until !== undefined) asked = asked.where('at', '<', until)
  return asked
    .orderBy('seq', before === undefined ? 'asc' : 'desc')
    .limit(limit)
    .execute()
}

/** Where the chain begins and ends; undefined before its first line. */
export async function findAuditEnds(db: Kysely<Tables>): Promise<ChainEnds | undefined> {
  const [head, beginning] = [await endOf(db, 'head'), await endOf(db, 'beginning')]
  return head === undefined ? undefined : { head, beginning: beginning ?? NO_LINE }
}

/**
 * Forgets lines from the oldest on, as far as all of them are older than that time, and never the newest. The chain says
 * which, and what their last hash was: without that line they are missing.
 * @returns how many
 */
export async function forgetAudit(db: Kysely<Tables>, before: string): Promise<number> {
  const head = await endOf(db, 'head')
  if (head === undefined) return 0
  const oldest = await findAudit(db, { limit: SLICE })
  const young = oldest.findIndex(({ at, seq }) => at >= before || seq >= head.seq)
  const old = young === -1 ? oldest : oldest.slice(0, young)
  const last = old.at(-1)
  if (last === undefined) return 0
  await db.deleteFrom('audit').where('seq', '<=', last.seq).execute()
  await moveEnd(db, 'beginning', last)
  await keepAudit(db, [forgottenTo(last, new Date().toISOString())])
  return old.length
}

async function endOf(db: Kysely<Tables>, name: keyof ChainEnds): Promise<Anchor | undefined> {
  const build = () => db.selectFrom('auditEnd').select(['seq', 'hash']).where('name', '=', name)
  const [row] = (await run(db, 'end of audit', build, [name])).rows
  // Read as octets, the hash is a text again.
  return row && { seq: Number(row.seq), hash: row.hash }
}

async function moveEnd(
  db: Kysely<Tables>,
  name: keyof ChainEnds,
  { seq, hash }: Anchor,
): Promise<void> {
  await db
    .insertInto('auditEnd')
    .values({ name, seq, hash })
    .onConflict((it) => it.column('name').doUpdateSet({ seq, hash }))
    .execute()
}

/** There is no head: a new log, that of an earlier version, or one whose head was taken away. @returns the head */
async function begin(db: Kysely<Tables>): Promise<Anchor> {
  const [newest] = await findAudit(db, { before: Number.MAX_SAFE_INTEGER, limit: 1 })
  if (newest === undefined) return NO_LINE
  if (newest.hash === '') return chainUp(db)
  // Never chained anew: that would make whole what somebody has changed.
  return append(db, newest, { at: new Date().toISOString(), what: GAP, details: HEADLESS })
}

const HEADLESS =
  'The place of the newest line was not there: lines behind the one before this may be missing.'

async function append(
  db: Kysely<Tables>,
  behind: Anchor,
  entry: Pick<AuditEntry, 'at' | 'what' | 'details'> & Partial<AuditEntry>,
): Promise<Anchor> {
  const [line] = chained([{ who: 'cimgate', subject: 'audit', ...entry }], behind, sha256)
  if (line === undefined) return behind
  await insertRows(db, 'audit', [line])
  return line
}

/** Lines of an earlier version, which had no hashes, get theirs. */
async function chainUp(db: Kysely<Tables>): Promise<Anchor> {
  let last: Anchor = NO_LINE
  let first = 0
  for (;;) {
    const lines = await findAudit(db, { after: last.seq, limit: SLICE })
    first ||= lines[0]?.seq ?? 0
    for (const line of lines) {
      const hash = hashOf(last.hash, line, sha256)
      await db.updateTable('audit').set({ hash }).where('seq', '=', line.seq).execute()
      last = { seq: line.seq, hash }
    }
    if (lines.length < SLICE) break
  }
  if (first <= 1) return last
  await moveEnd(db, 'beginning', { seq: first - 1, hash: '' })
  return append(db, last, {
    at: new Date().toISOString(),
    what: FORGOTTEN,
    subject: `1-${first - 1}`,
    details: '',
  })
}
