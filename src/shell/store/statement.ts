// Statements of the way that every message takes, compiled once: building one anew costs more than carrying it out.

import type { CompiledQuery, Kysely, QueryResult } from './kysely.ts'
import type { Tables } from './schema.ts'

// By the adapter, which is one for each database and says how its SQL is spelled; transactions share it.
const KNOWN = new WeakMap<object, Map<string, CompiledQuery>>()

/**
 * Carries out a statement with other parameters than it was built with.
 * @param key tells it from all others
 * @param build makes it, with values of any kind in the order of `parameters`
 */
export function run<Row>(
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
  return db.executeQuery({ ...compiled, parameters })
}
