// Between what the ports speak of and what stands in a row. No SQL. Every row that is written is made
// here, so here is refused what a database would not give back as it was.

import type { Leg } from '../../gateway/ledger.ts'
import type { Put, StoredObject } from '../../gateway/ports.ts'
import { StoreError } from './fault.ts'
import { agrees, answerSumOf, objectSumOf, sumOf } from './sums.ts'
import type { LegRow, ObjectRow } from './schema.ts'

// SQLite's interface ends a text at NUL, UTF-8 has no unpaired surrogates, PostgreSQL refuses both. XML
// can hold neither, so no valid message is lost by it.

/**
 * The named columns of a record and nothing else.
 * @throws {StoreError} `store-refused` when a text holds NUL or an unpaired surrogate
 */
export function rowOf<T extends object, K extends keyof T & string>(
  record: T,
  columns: readonly K[],
): Pick<T, K> {
  const row: Partial<Pick<T, K>> = {}
  for (const column of columns) row[column] = keepable(column, record[column])
  return row as Pick<T, K>
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
  return text.isWellFormed() && !text.includes('\0')
}

function keepable<V>(column: string, value: V): V {
  if (typeof value !== 'string' || isKeepable(value)) return value
  throw new StoreError('store-refused', `"${column}" holds NUL or an unpaired surrogate.`)
}

/** The row of an object as it is to be from now on. */
export function objectRow({ noun, id, state, body, owner, ...put }: Put): ObjectRow {
  const names = JSON.stringify(put.names)
  const revision = (put.expect || (put.after ?? 0)) + 1
  const row = { noun, id, revision, state, names, body, owner }
  return { ...row, sum: objectSumOf(row) }
}

/**
 * The object of a row.
 * @throws {StoreError} `store-text-damaged` when it is not what was written
 */
export function objectOf({ sum, ...row }: ObjectRow): StoredObject {
  const { noun, id } = row
  if (!agrees(sum, objectSumOf(row)))
    throw new StoreError(
      'store-text-damaged',
      `Object ${id} of ${noun} is not what was written. ${MEND}`,
    )
  return { ...row, names: JSON.parse(row.names) as readonly string[] }
}

/** The row of a leg, and perhaps more. */
export function legRow(leg: Leg): LegRow {
  return { ...leg, late: leg.late ? 1 : 0, sum: sumOf(leg), answerSum: answerSumOf(leg) }
}

/** The leg of a row, or as much of it as was read. */
export function factsOf<T extends Pick<LegRow, 'late'>>(
  row: T,
): Omit<T, 'late'> & { readonly late: boolean } {
  return { ...row, late: row.late === 1 }
}

/** The leg of a whole row, and what of it is not what was written; undefined = nothing. */
export function judgedLeg({ sum, answerSum, ...row }: LegRow): {
  readonly leg: Leg
  readonly damage: string | undefined
} {
  const isWhole = agrees(sum, sumOf(row)) && agrees(answerSum, answerSumOf(row))
  const { id, messageID, party } = row
  const damage = `Message ${messageID} of ${party} (${id}) is not what was written. ${MEND}`
  return { leg: factsOf(row), damage: isWhole ? undefined : damage }
}

/**
 * The leg of a whole row.
 * @throws {StoreError} `store-text-damaged` when it is not what was written
 */
export function legOf(row: LegRow): Leg {
  const { leg, damage } = judgedLeg(row)
  if (damage === undefined) return leg
  throw new StoreError('store-text-damaged', damage)
}

const MEND =
  'The disk has damaged it: let `cimgate check --data` look for more, and put back a backup.'
