// Files whose roots hold each other in a ring, and that nothing else holds: as none is a part of something larger, their
// roots are nouns.

import type { CatalogueEntry } from './entry.ts'

type Entries = ReadonlySet<CatalogueEntry>

/** What is known when rings are looked for. */
export interface Holding {
  readonly hasNouns: (entry: CatalogueEntry) => boolean
  /** other files that hold a root of this one */
  readonly holders: (entry: CatalogueEntry) => readonly CatalogueEntry[]
}

/** @returns the ring that an entry belongs to; undefined where it is in none, or where something else holds the ring */
export function ringsOf(holding: Holding): (entry: CatalogueEntry) => Entries | undefined {
  const known = new Map<CatalogueEntry, Entries>()
  return (entry) => {
    const before = known.get(entry)
    if (before !== undefined) return before
    const above = holdersAbove(entry, holding)
    if (above?.has(entry) !== true) return undefined
    const ring = heldBy(entry, above, holding)
    if (ring.size < above.size) return undefined
    for (const it of ring) known.set(it, ring)
    return ring
  }
}

/** Whatever holds the entry, directly or not; undefined as soon as a noun does. */
function holdersAbove(entry: CatalogueEntry, { hasNouns, holders }: Holding): Entries | undefined {
  if (hasNouns(entry)) return undefined
  const found = new Set<CatalogueEntry>()
  for (const next of [[entry], found])
    for (const it of next)
      for (const holder of holders(it)) {
        if (hasNouns(holder)) return undefined
        found.add(holder)
      }
  return found
}

/** Those of the holders that the entry itself holds, directly or not. */
function heldBy(entry: CatalogueEntry, above: Entries, { holders }: Holding): Entries {
  const held = new Map<CatalogueEntry, CatalogueEntry[]>()
  for (const it of above)
    for (const holder of holders(it)) {
      const list = held.get(holder) ?? []
      list.push(it)
      held.set(holder, list)
    }
  const ring = new Set([entry])
  // A set that grows is walked to its end.
  for (const it of ring) for (const next of held.get(it) ?? []) ring.add(next)
  return ring
}
