// Long lists in pieces: a statement takes only so many parameters (SQLite 32,766, PostgreSQL 65,535), and one that is met again
// need not be prepared again, so that there are only few lengths.

/** Keys per statement: far below either limit, and more gains no speed. */
const CHUNK = 512
/** Rows per statement: thirty columns of it stay far below either limit, and more gains no speed. */
const ROWS = 128

/** Splits a list into pieces of at most `CHUNK`. */
export function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / CHUNK)
  return Array.from({ length: count }, (_, n) => items.slice(n * CHUNK, (n + 1) * CHUNK))
}

/** Keys to be looked for, in pieces whose lengths are powers of two: the last key fills up what is left of the last one. */
export function keyChunks<T>(keys: readonly T[]): readonly (readonly T[])[] {
  return chunks(keys).map((it) => {
    const length = 2 ** Math.ceil(Math.log2(it.length))
    return [...it, ...Array<T>(length - it.length).fill(it.at(-1) as T)]
  })
}

/** Rows to be written, in their order, in pieces whose lengths are powers of two. @param most a power of two */
export function rowChunks<T>(rows: readonly T[], most = ROWS): readonly (readonly T[])[] {
  const pieces: (readonly T[])[] = []
  for (let [at, length] = [0, most]; at < rows.length;) {
    if (length > rows.length - at) length /= 2
    else pieces.push(rows.slice(at, (at += length)))
  }
  return pieces
}
