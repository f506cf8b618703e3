// Keeps one unit inside a transaction that is open already, checking each precondition by the statement
// that changes the rows. On anything but `committed` the caller rolls back. Portable SQL only.

import type {
  Committed,
  Put,
  Removal,
  SequencedEvent,
  StatusEvent,
  Unit,
} from '../../gateway/ports.ts'
import { changeRows } from './change.ts'
import { keyChunks, rowChunks } from './chunks.ts'
import { insertRow, insertRows } from './insert.ts'
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
 * @param most rows that go with one statement: 1, or what is told to be stale or late is one of them, and nobody can say which
 */
export async function keepUnit(
  db: Kysely<Tables>,
  unit: Unit,
  last: number,
  most?: number,
): Promise<Committed> {
  const late =
    (unit.nonce && (await useNonce(db, unit.nonce))) ??
    (unit.message && (await keepLeg(db, unit.message))) ??
    (await keepLedger(db, unit, most)) ??
    (await removeEach(db, unit.removals, last)) ??
    (await changeAll(db, unit.puts, most)) ??
    (await createAll(db, unit.puts, most)) ??
    (await nameAll(db, unit.puts, most))
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

async function changeAll(
  db: Kysely<Tables>,
  puts: readonly Put[],
  most?: number,
): Promise<Stale | undefined> {
  const changes = puts.filter(({ expect }) => expect > 0)
  for (const some of rowChunks(changes, most)) {
    const late = (await changeRows(db, some)) < some.length
    if (late) return staleIn(some)
  }
  await freeNames(db, changes)
  return undefined
}

async function createAll(
  db: Kysely<Tables>,
  puts: readonly Put[],
  most?: number,
): Promise<Stale | undefined> {
  const made = puts.filter(({ expect }) => expect === 0)
  for (const some of rowChunks(made, most)) {
    const created = await insertRows(db, 'object', some.map(objectRow), [])
    if (created < some.length) return staleIn(some)
    const late = await otherwiseEnded(db, some)
    if (late !== undefined) return stale(late.noun, late.id)
  }
  return undefined
}

/** From here on the objects have the revision. @returns one whose earlier life has ended otherwise than is thought */
async function otherwiseEnded(db: Kysely<Tables>, made: readonly Put[]): Promise<Put | undefined> {
  const ended = new Map<string, number>()
  for (const noun of new Set(made.map((it) => it.noun))) {
    const own = made.filter((it) => it.noun === noun).map(({ id }) => id)
    for (const ids of keyChunks(own)) {
      const build = () =>
        db
          .deleteFrom('gone')
          .where('noun', '=', noun)
          .where('id', 'in', ids)
          .returning(['id', 'revision'])
      const { rows } = await run(db, `revive ${ids.length}`, build, [noun, ...ids])
      for (const { id, revision } of rows) ended.set(`${noun} ${id}`, Number(revision))
    }
  }
  return made.find(({ noun, id, after = 0 }) => (ended.get(`${noun} ${id}`) ?? 0) !== after)
}

async function nameAll(
  db: Kysely<Tables>,
  puts: readonly Put[],
  most?: number,
): Promise<Stale | undefined> {
  const holder = await claimNames(db, puts, most)
  return holder && stale(holder.noun, holder.id)
}

/** Appends to the feed. @param last the seq given before */
export async function append(
  db: Kysely<Tables>,
  events: readonly StatusEvent[],
  last: number,
): Promise<readonly SequencedEvent[]> {
  const sequenced = events.map((event, n) => rowOf({ ...event, seq: last + 1 + n }, COLUMNS.event))
  await insertRows(db, 'event', sequenced)
  return sequenced
}

function staleIn([first]: readonly Put[]): Stale {
  return stale(first?.noun ?? '', first?.id ?? '')
}

function stale(noun: string, id: string): Stale {
  return { kind: 'stale', noun, id }
}
