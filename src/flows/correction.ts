// What a value is to another of the same point, kind and time: news that takes its place, or older than it. An estimate gives
// way to what was read, and both to what somebody has edited (ReadingQualityType of IEC 61968-9: system.category.index).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { boundsOf } from './interval.ts'
import { listOf } from './reference.ts'

/** How a value stands to others of its time. */
export interface Standing {
  /** the greater one counts */
  readonly rank: number
  /** milliseconds at which it was found or said to be so; infinitely early where nothing says so */
  readonly saidAt: number
}

const [PROVISIONAL, READ, EDITED] = [0, 1, 2]

/** By category: estimated, questionable, projected; edited. */
const RANKS: Readonly<Record<string, number>> = {
  ...{ 8: PROVISIONAL, 10: PROVISIONAL, 12: PROVISIONAL, 7: EDITED },
}

/** By the qualities of a value; one without any, or with others, is what was read. */
export function standingOf(it: JsonObject): Standing {
  const qualities = listOf(it, 'ReadingQualities')
  const ranks = qualities.flatMap((one) => {
    const ref = String(member(member(one, 'ReadingQualityType'), '@ref') ?? '')
    const [, category = '', index] = ref.split('.')
    return index === undefined ? [] : (RANKS[category] ?? [])
  })
  const times = [
    member(it, 'reportedDateTime'),
    ...qualities.map((one) => member(one, 'timeStamp')),
  ]
  const told = times.map((time) => boundsOf({ start: time ?? '' })[0])
  return {
    rank: ranks.length === 0 ? READ : Math.max(...ranks),
    saidAt: Math.max(-Infinity, ...told),
  }
}

/** True where the first one corrects the second; of two estimates, and of two that are edited, the later one does. */
export function corrects(it: Standing, other: Standing): boolean {
  if (it.rank !== other.rank) return it.rank > other.rank
  return it.rank !== READ && it.saidAt > other.saidAt
}
