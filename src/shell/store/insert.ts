// Inserts one row. Portable SQL only.

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
  const key = `insert ${table} ${unless?.join(' ')}`
  const values = valuesOf(row, COLUMNS[table])
  const { numAffectedRows } = await run(db, key, () => insertInto(db, table, unless), values)
  return numAffectedRows === 1n
}

function insertInto(db: Kysely<Tables>, table: keyof Tables, unless?: readonly string[]) {
  const row = Object.fromEntries(COLUMNS[table].map((column) => [column, '']))
  const insert = db.insertInto(table).values(row as never)
  if (unless === undefined) return insert
  return insert.onConflict((conflict) =>
    unless.length === 0 ? conflict.doNothing() : conflict.columns(unless as never).doNothing(),
  )
}
