// Long lists in pieces: a statement takes only so many parameters (SQLite 32,766, PostgreSQL 65,535).

/** Rows or keys per statement: twelve columns of it stay far below either limit, and more gains no speed. */
export const CHUNK = 500

/** Splits a list into pieces of at most `CHUNK`. */
export function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / CHUNK)
  return Array.from({ length: count }, (_, n) => items.slice(n * CHUNK, (n + 1) * CHUNK))
}
