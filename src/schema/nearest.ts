// "Did you mean …?": the known name that is closest to what was written.

/** The closest of `names` when it is close enough to be meant, else undefined. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  // Of a single letter nothing would be left.
  const most = Math.min(Math.max(1, Math.floor(written.length / 4)), written.length - 1)
  let left = MOST_COMPARED
  let best: { name: string; distance: number } | undefined
  for (const name of names) {
    if (name.toLowerCase() === written.toLowerCase()) return name
    if (Math.abs(name.length - written.length) > most) continue
    left -= 1
    if (left < 0) break
    const distance = editDistance(written.toLowerCase(), name.toLowerCase())
    if (distance <= most && distance < (best?.distance ?? most + 1)) best = { name, distance }
  }
  return best?.name
}

/** names of about that length that are compared letter by letter */
const MOST_COMPARED = 2000

/** Insertions, deletions and replacements that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
