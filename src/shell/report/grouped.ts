// Findings that say the same of different places, said once: of five hundred members that lack the same element one is
// shown, and where the others are.

import type { Finding } from '../../envelope/finding.ts'

/** A finding, and the places of those that say the same. */
export interface Group {
  readonly finding: Finding
  readonly others: readonly Finding[]
}

/** groups that are shown of one file; nobody reads more at once */
const MOST_GROUPS = 50

/** In the order of the first of each; `rest` counts the findings that are not shown. */
export function grouped(findings: readonly Finding[]): {
  readonly groups: readonly Group[]
  readonly rest: number
} {
  const byWords = new Map<string, Finding[]>()
  for (const it of findings) {
    const words = JSON.stringify([it.rule, it.severity, it.message, it.expected, it.mend])
    const same = byWords.get(words)
    if (same === undefined) byWords.set(words, [it])
    else same.push(it)
  }
  const all = [...byWords.values()].flatMap(([finding, ...others]) =>
    finding === undefined ? [] : [{ finding, others }],
  )
  const groups = all.slice(0, MOST_GROUPS)
  const rest = all.slice(MOST_GROUPS).reduce((sum, it) => sum + 1 + it.others.length, 0)
  return { groups, rest }
}

/** places that are named beside the first */
const MOST_PLACES = 10

/** `and at 12 more places: 15:3, 18:3, …`; empty for a finding that stands alone. */
export function elsewhere({ others }: Group): string {
  if (others.length === 0) return ''
  const known = others.filter((it) => it.line > 0)
  const places = known.slice(0, MOST_PLACES).map((it) => `${it.line}:${it.column}`)
  const more = known.length > MOST_PLACES ? ', …' : ''
  const where = places.length === 0 ? '' : `: ${places.join(', ')}${more}`
  return `and at ${others.length} more ${others.length === 1 ? 'place' : 'places'}${where}`
}
