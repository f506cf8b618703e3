// Statements of the way that every message takes, compiled once: building one anew costs more than carrying it out.

import type { CompiledQuery, Kysely } from './kysely.ts'
import type { Tables } from './schema.ts'

// By the adapter, which is one for each database and says how its SQL is spelled; transactions share it.
const KNOWN = new WeakMap<object, Map<string, CompiledQuery>>()

/**
 * The statement with other parameters.
 * @param key tells it from all others
 * @param build makes it, with parameters of any value in the order of `parameters`
 */
export function statement<Row>(
  db: Kysely<Tables>,
  key: string,
  build: () => CompiledQuery<Row>,
  parameters: readonly unknown[],
): CompiledQuery<Row> {
  const { adapter } = db.getExecutor()
  const known = KNOWN.get(adapter) ?? new Map<string, CompiledQuery>()
  KNOWN.set(adapter, known)
  const compiled = (known.get(key) as CompiledQuery<Row> | undefined) ?? build()
  known.set(key, compiled)
  return { ...compiled, parameters }
}
