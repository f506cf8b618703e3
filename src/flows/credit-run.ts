// Credits by the clock: at the end of each period what was calculated in it is collected, subscription by subscription, and credited
// where settlements are orchestrated (ST-06, periodic).

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Choices } from './choices.ts'
import { creditsFrom, creditsOf, foundOnce } from './credit-next.ts'
import type { Placed, Reference } from './flow.ts'
import type { Following } from './next.ts'
import { keysOf } from './reference.ts'
import type { Search } from './search.ts'
import { unbilledOf } from './settled-event.ts'
import type { Turns } from './turns.ts'

const [DAY_MS, MONDAY] = [86_400_000, 4]

/** The first end of a period behind an instant, in milliseconds; UTC. */
const ENDS: Readonly<Record<Exclude<Choices['creditRun'], 'never'>, (ms: number) => number>> = {
  daily: (ms) => (Math.floor(ms / DAY_MS) + 1) * DAY_MS,
  // The first of January 1970 was a Thursday.
  weekly: (ms) => {
    const day = Math.floor(ms / DAY_MS)
    return (day + 7 - ((day + 7 - MONDAY) % 7)) * DAY_MS
  },
  monthly: (ms) => {
    const at = new Date(ms)
    return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)
  },
}

/** The end of the period in which an instant lies. */
export function periodEnd(run: Exclude<Choices['creditRun'], 'never'>, ms: number): number {
  return ENDS[run](ms)
}

/** What the clock does to settlements: all that a subscription has earned in the period is collected at once. */
export function collectingBy(run: Choices['creditRun']): Turns {
  return {
    times: (it) => {
      const since = calculatedAt(it)
      return run === 'never' || Number.isNaN(since) ? [] : [periodEnd(run, since)]
    },
    searches: (settlement) => siblingsOf(settlement),
    moves: ({ noun }, at, all) =>
      foundIn(all, noun)
        .filter((it) => calculatedAt(it) < at)
        .map(({ object }) => ({
          ...{ noun, object: { mRID: member(object, 'mRID') ?? '' } },
          ...{ trigger: 'collect', optional: true },
        })),
  }
}

function foundIn(all: (it: Search) => readonly Placed[], noun: string): readonly Placed[] {
  return all({ noun, under: '', has: () => true })
}

/** NaN for what does not wait to be collected. */
function calculatedAt({ state, object }: Placed): number {
  return state === 'CALCULATED' ? Date.parse(String(timeOf(object))) : NaN
}

function timeOf(settlement: JsonObject): Json | undefined {
  return member(member(settlement, 'status'), 'dateTime')
}

function siblingsOf(settlement: JsonObject): readonly Search[] {
  const subscription = member(settlement, 'ProgramSubscription')
  return keysOf(subscription).length === 0 ? [] : unbilledOf(subscription as JsonObject)
}

/** What was collected with it, by the same turn of the clock: it is credited together, and the first of them says so. */
export const CREDITED_BY_THE_CLOCK: Following = {
  ...creditsFrom('settlements of a subscription are collected'),
  refers: (settlement) => [subscriptionOf(settlement)],
  searches: (before, after) => (isCollected(before, after) ? siblingsOf(after.object) : []),
  objects: (before, after, making) => {
    if (!isCollected(before, after)) return []
    const all = foundOnce(siblingsOf(after.object), making).filter(
      ({ state, object }) => state === 'AGGREGATED' && timeOf(object) === timeOf(after.object),
    )
    const first = all.map(({ object }) => String(member(object, 'mRID'))).toSorted()[0]
    if (first !== member(after.object, 'mRID')) return []
    const subscription = making.find(subscriptionOf(after.object))?.object
    return creditsOf(all, subscription, 'periodic', making)
  },
}

function isCollected(before: Placed | undefined, after: Placed): boolean {
  return after.state === 'AGGREGATED' && before?.state !== 'AGGREGATED'
}

function subscriptionOf(settlement: JsonObject): Reference {
  return { noun: 'ProgramSubscriptions', object: member(settlement, 'ProgramSubscription') }
}
