// Changes objects that are based on what is there, many with one statement. Portable SQL only.

import type { Put } from '../../gateway/ports.ts'
import { sql } from './kysely.ts'
import type { Kysely } from './kysely.ts'
import { objectRow, valuesOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { Tables } from './schema.ts'
import { run } from './statement.ts'

/** In the order of the columns, and behind them the revision that is expected. */
const WIDTH = COLUMNS.object.length + 1

/** @returns how many were as was expected, and are changed */
export async function changeRows(db: Kysely<Tables>, puts: readonly Put[]): Promise<number> {
  const values = puts.flatMap((it) => [...valuesOf(objectRow(it), COLUMNS.object), it.expect])
  const build = () => ({ compile: () => changing(puts.length).compile(db) })
  const { numAffectedRows } = await run(db, `change ${puts.length}`, build, values)
  return Number(numAffectedRows)
}

/** Both engines call the columns of values column1, column2 and so on; PostgreSQL takes all of these for texts. */
function changing(count: number) {
  const row = sql`(${sql.join(Array(WIDTH).fill(''))})`
  const set = COLUMNS.object.map((column, at) => {
    const value = NUMBERS.has(column) ? number(at + 1) : text(at + 1)
    return sql`${sql.id(column)} = ${value}`
  })
  return sql`update "object" set ${sql.join(set)} from (values ${sql.join(Array(count).fill(row))}) as "now"
    where "object"."noun" = ${text(1)} and "object"."id" = ${text(2)}
    and "object"."revision" = ${number(WIDTH)}`
}

const NUMBERS: ReadonlySet<string> = new Set(['revision', 'sum'])

function text(n: number) {
  return sql`${sql.ref(`now.column${n}`)}`
}

function number(n: number) {
  return sql`cast(${text(n)} as bigint)`
}
