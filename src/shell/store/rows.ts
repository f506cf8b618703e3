// Between what the ports speak of and what stands in a row. No SQL. Every row that is written is made
// here, so here is refused what a database would not give back as it was.

import type { Leg } from '../../gateway/ledger.ts'
import type { Put, StoredObject } from '../../gateway/ports.ts'
import { StoreError } from './fault.ts'
import { COLUMNS } from './schema.ts'
import type { LegRow, ObjectRow } from './schema.ts'

// SQLite's interface ends a text at NUL, UTF-8 has no unpaired surrogates, PostgreSQL refuses both. XML
// can hold neither, so no valid message is lost by it.
const UNKEEPABLE = /[\0\p{Surrogate}]/u

/**
 * The named columns of a record and nothing else.
 * @throws {StoreError} `store-refused` when a text holds NUL or an unpaired surrogate
 */
export function rowOf<T extends object, K extends keyof T & string>(
  record: T,
  columns: readonly K[],
): Pick<T, K> {
  return Object.fromEntries(
    columns.map((column) => [column, keepable(column, record[column])]),
  ) as Pick<T, K>
}

/**
 * The values of the named columns, in their order.
 * @throws {StoreError} as {@link rowOf}
 */
export function valuesOf(record: object, columns: readonly string[]): readonly unknown[] {
  return columns.map((column) => keepable(column, record[column as keyof typeof record]))
}

/** True for a text that comes back as it was. */
export function isKeepable(text: string): boolean {
  return !UNKEEPABLE.test(text)
}

function keepable<V>(column: string, value: V): V {
  if (typeof value !== 'string' || isKeepable(value)) return value
  throw new StoreError('store-refused', `"${column}" holds NUL or an unpaired surrogate.`)
}

/** The row of an object as it is to be from now on. */
export function objectRow(put: Put): ObjectRow {
  const names = JSON.stringify(put.names)
  return rowOf({ ...put, names, revision: put.expect + 1 }, COLUMNS.object)
}

/** The object of a row. */
export function objectOf(row: ObjectRow): StoredObject {
  return { ...row, names: JSON.parse(row.names) as readonly string[] }
}

/** The row of a leg, and perhaps more. */
export function legRow(leg: Leg): LegRow {
  return { ...leg, late: leg.late ? 1 : 0 }
}

/** The leg of a row, or as much of it as was read. */
export function legOf<T extends Pick<LegRow, 'late'>>(
  row: T,
): Omit<T, 'late'> & { readonly late: boolean } {
  return { ...row, late: row.late === 1 }
}
