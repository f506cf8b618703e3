// Statements of the way that every message takes, compiled once: building one anew costs more than carrying it out.

import type { CompiledQuery, Kysely, QueryResult, SqliteDatabase } from './kysely.ts'
import type { Tables } from './schema.ts'

// By the adapter, which is one for each database and says how its SQL is spelled; transactions share it.
const KNOWN = new WeakMap<object, Map<string, CompiledQuery>>()
const STRAIGHT = new WeakMap<object, SqliteDatabase>()

/**
 * Has the statements of a database go straight to its only connection: to wait until that is free costs as much as many a
 * statement. For whoever does one thing after the other, as the database thread does.
 */
export function straightTo(connection: SqliteDatabase, db: Kysely<Tables>): void {
  STRAIGHT.set(db.getExecutor().adapter, connection)
}

/**
 * Carries out a statement with other parameters than it was built with.
 * @param key tells it from all others
 * @param build makes it, with values of any kind in the order of `parameters`
 */
export async function run<Row>(
  db: Kysely<Tables>,
  key: string,
  build: () => { readonly compile: () => CompiledQuery<Row> },
  parameters: readonly unknown[],
): Promise<QueryResult<Row>> {
  const { adapter } = db.getExecutor()
  const known = KNOWN.get(adapter) ?? new Map<string, CompiledQuery>()
  KNOWN.set(adapter, known)
  const compiled = (known.get(key) as CompiledQuery<Row> | undefined) ?? build().compile()
  known.set(key, compiled)
  const connection = STRAIGHT.get(adapter)
  return connection === undefined
    ? db.executeQuery({ ...compiled, parameters })
    : carriedOut(connection, compiled.sql, parameters)
}

function carriedOut<Row>(
  connection: SqliteDatabase,
  sql: string,
  parameters: readonly unknown[],
): QueryResult<Row> {
  const statement = connection.prepare(sql)
  if (statement.reader) return { rows: statement.all(parameters) as Row[] }
  return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
}
