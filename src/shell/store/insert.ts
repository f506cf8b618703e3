// Inserts rows, many with one statement. Portable SQL only.

import { rowChunks } from './chunks.ts'
import type { Kysely } from './kysely.ts'
import { valuesOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { Tables } from './schema.ts'
import { run } from './statement.ts'

/** What may be there already: a row that agrees in these columns; an empty list = in any that are unique. */
type Unless<T extends keyof Tables> = readonly (keyof Tables[T] & string)[]

/**
 * @param row with a value for every column; what else it has is left out
 * @param unless what a row that is there already agrees in, so that this one is not inserted; any other conflict is an
 * error
 * @returns false when such a row is there already
 * @throws {StoreError} `store-refused` when a text cannot be kept
 */
export async function insertRow<T extends keyof Tables>(
  db: Kysely<Tables>,
  table: T,
  row: Tables[T],
  unless?: Unless<T>,
): Promise<boolean> {
  return (await insertTogether(db, table, [row], unless)) === 1
}

/**
 * The same for any number of rows.
 * @returns how many were inserted
 */
export async function insertRows<T extends keyof Tables>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Tables[T][],
  unless?: Unless<T>,
): Promise<number> {
  let inserted = 0
  for (const some of rowChunks(rows)) inserted += await insertTogether(db, table, some, unless)
  return inserted
}

async function insertTogether<T extends keyof Tables>(
  db: Kysely<Tables>,
  table: T,
  rows: readonly Tables[T][],
  unless?: Unless<T>,
): Promise<number> {
  const key = `insert ${rows.length} ${table} ${unless?.join(' ')}`
  const values = rows.flatMap((it) => valuesOf(it, COLUMNS[table]))
  const build = () => insertInto(db, table, rows.length, unless)
  const { numAffectedRows } = await run(db, key, build, values)
  return Number(numAffectedRows)
}

function insertInto(
  db: Kysely<Tables>,
  table: keyof Tables,
  count: number,
  unless?: readonly string[],
) {
  const row = Object.fromEntries(COLUMNS[table].map((column) => [column, '']))
  const insert = db.insertInto(table).values(Array(count).fill(row) as never)
  if (unless === undefined) return insert
  return insert.onConflict((conflict) =>
    unless.length === 0 ? conflict.doNothing() : conflict.columns(unless as never).doNothing(),
  )
}
