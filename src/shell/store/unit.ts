// Keeps one unit inside a transaction that is open already, checking each precondition by the statement
// that changes the row. On anything but `committed` the caller rolls back. Portable SQL only.

import type {
  Committed,
  Put,
  Removal,
  SequencedEvent,
  StatusEvent,
  Unit,
} from '../../gateway/ports.ts'
import { insertRow } from './insert.ts'
import type { Kysely } from './kysely.ts'
import { keepLeg, keepLedger } from './ledger-write.ts'
import { claimNames, freeNames } from './names.ts'
import { useNonce } from './nonces.ts'
import { objectRow, rowOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { Tables } from './schema.ts'
import { run } from './statement.ts'

type Stale = Extract<Committed, { readonly kind: 'stale' }>

/**
 * Keeps the message, then removes, changes, creates, names, and appends to the feed.
 * @param last the seq given before; the unit's events follow it without a gap
 */
export async function keepUnit(db: Kysely<Tables>, unit: Unit, last: number): Promise<Committed> {
  const late =
    (unit.nonce && (await useNonce(db, unit.nonce))) ??
    (unit.message && (await keepLeg(db, unit.message))) ??
    (await keepLedger(db, unit)) ??
    (await removeEach(db, unit.removals, last)) ??
    (await changeEach(db, unit.puts)) ??
    (await createEach(db, unit.puts)) ??
    (await nameEach(db, unit.puts))
  return late ?? { kind: 'committed', events: await append(db, unit.events, last) }
}

async function removeEach(
  db: Kysely<Tables>,
  removals: readonly Removal[],
  last: number,
): Promise<Stale | undefined> {
  for (const { noun, id, expect, revision } of removals) {
    // The names go with the object (foreign key).
    const { numDeletedRows } = await db
      .deleteFrom('object')
      .where('noun', '=', noun)
      .where('id', '=', id)
      .where('revision', '=', expect)
      .executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) return stale(noun, id)
    if (revision !== undefined) await insertRow(db, 'gone', { noun, id, revision, seq: last + 1 })
  }
  return undefined
}

async function changeEach(db: Kysely<Tables>, puts: readonly Put[]): Promise<Stale | undefined> {
  const changes = puts.filter(({ expect }) => expect > 0)
  for (const put of changes) {
    if (!(await change(db, put))) return stale(put.noun, put.id)
  }
  await freeNames(db, changes)
  return undefined
}

async function change(db: Kysely<Tables>, put: Put): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('object')
    .set(objectRow(put))
    .where('noun', '=', put.noun)
    .where('id', '=', put.id)
    .where('revision', '=', put.expect)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

async function createEach(db: Kysely<Tables>, puts: readonly Put[]): Promise<Stale | undefined> {
  for (const put of puts.filter(({ expect }) => expect === 0)) {
    if (!(await insertRow(db, 'object', objectRow(put), []))) return stale(put.noun, put.id)
    if ((await revive(db, put)) !== (put.after ?? 0)) return stale(put.noun, put.id)
  }
  return undefined
}

/** From here on the object has the revision. @returns that with which its earlier life has ended; 0 = there was none */
async function revive(db: Kysely<Tables>, { noun, id }: Put): Promise<number> {
  const build = () =>
    db.deleteFrom('gone').where('noun', '=', noun).where('id', '=', id).returning('revision')
  const [row] = (await run(db, 'revive', build, [noun, id])).rows
  return Number(row?.revision ?? 0)
}

async function nameEach(db: Kysely<Tables>, puts: readonly Put[]): Promise<Stale | undefined> {
  const holder = await claimNames(db, puts)
  return holder && stale(holder.noun, holder.id)
}

/** Appends to the feed. @param last the seq given before */
export async function append(
  db: Kysely<Tables>,
  events: readonly StatusEvent[],
  last: number,
): Promise<readonly SequencedEvent[]> {
  const sequenced = events.map((event, n) => rowOf({ ...event, seq: last + 1 + n }, COLUMNS.event))
  for (const event of sequenced) await insertRow(db, 'event', event)
  return sequenced
}

function stale(noun: string, id: string): Stale {
  return { kind: 'stale', noun, id }
}
