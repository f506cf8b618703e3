// Which rules are broken how often in how many files: what is worth mending first in a batch.

import type { FileReport } from './report.ts'

/** How often one rule was broken. */
interface Count {
  readonly findings: number
  readonly files: number
}

/** rules that are listed; the rest of a long list is not read */
const MOST_RULES = 10

/** Counts for one run; it remembers numbers only, so that a batch of any size costs nothing. */
export function ruleCounts() {
  const counts = new Map<string, Count>()
  let files = 0
  return {
    add({ findings }: FileReport): void {
      if (findings.length === 0) return
      files += 1
      const own = new Map<string, number>()
      for (const { rule } of findings) own.set(rule, (own.get(rule) ?? 0) + 1)
      for (const [rule, number] of own) {
        const { findings: before = 0, files: seen = 0 } = counts.get(rule) ?? {}
        counts.set(rule, { findings: before + number, files: seen + 1 })
      }
    },
    /** One line for each rule, the most frequent first; none where a single file has said it all. */
    lines(): readonly string[] {
      if (files < 2) return []
      const sorted = [...counts].sort(([a, one], [b, other]) =>
        one.findings === other.findings ? (a < b ? -1 : 1) : other.findings - one.findings,
      )
      const width = String(sorted[0]?.[1].findings ?? 0).length
      const shown = sorted
        .slice(0, MOST_RULES)
        .map(
          ([rule, it]) =>
            `  ${String(it.findings).padStart(width)} × ${rule} in ${it.files} ${it.files === 1 ? 'file' : 'files'}`,
        )
      const rest = sorted.length - shown.length
      return rest > 0 ? [...shown, `  and ${rest} more rules`] : shown
    },
  }
}
