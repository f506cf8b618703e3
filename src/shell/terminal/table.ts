// Rows as columns of equal width, for people.

/** @param columns name, and what a row says in it */
export function table<T>(
  columns: readonly (readonly [string, (row: T) => string])[],
  rows: readonly T[],
): string {
  const cells = [
    columns.map(([name]) => name),
    ...rows.map((row) => columns.map(([, value]) => value(row))),
  ]
  const widths = columns.map((_, at) => Math.max(...cells.map((it) => it[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((it, at) => it.padEnd(widths[at] ?? 0)).join('  ')
  return cells.map((it) => `${line(it).trimEnd()}\n`).join('')
}
