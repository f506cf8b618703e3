// Credits that the gateway makes where it orchestrates: one for each currency, about what a subscription has earned and nobody has
// credited yet. When the customer leaves the programme, or the place; or by the clock.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { decimalIn, sumOf } from './decimal.ts'
import type { Placed } from './flow.ts'
import { boundsOf } from './interval.ts'
import type { Following, Making } from './next.ts'
import { keysOf } from './reference.ts'
import type { Search } from './search.ts'
import { unbilledOf } from './settled-event.ts'
import { amountText, intervalsOf } from './settlement-sum.ts'

/** States in which a settlement waits for a credit; what is AGGREGATED is in one that is on its way. */
const UNBILLED: readonly string[] = ['CALCULATED', 'REJECTED']

/** Why a credit is made, as it names it. */
export type CreditTrigger = 'unenrollment' | 'moveOut' | 'periodic'

/** What a subscription has earned leads to a credit. */
export interface CreditCause {
  readonly when: string
  readonly trigger: CreditTrigger
  /** true for a change that may be the cause */
  readonly isAsked: (before: Placed | undefined, after: Placed) => boolean
  /** what else is searched for, to tell whether it is */
  readonly searches?: (subscription: JsonObject) => readonly Search[]
  /** whether it is, by what was found */
  readonly isDue?: (subscription: JsonObject, making: Making) => boolean
}

/** For a flow whose objects are subscriptions. */
export function creditNext({ when, trigger, isAsked, searches, isDue }: CreditCause): Following {
  return {
    ...creditsFrom(when),
    searches: (before, after) =>
      isAsked(before, after)
        ? [...unbilledOf(after.object), ...(searches?.(after.object) ?? [])]
        : [],
    objects: (before, after, making) =>
      isAsked(before, after) && (isDue?.(after.object, making) ?? true)
        ? creditsOf(unbilledIn(after.object, making), after.object, trigger, making)
        : [],
  }
}

/** What all credits have in common. */
export function creditsFrom(when: string): Omit<Following, 'objects'> {
  return {
    when,
    source: 'ST-06',
    from: 'cpm',
    verb: 'create',
    noun: 'SettlementCredits',
    finished: (credit) =>
      member(credit, 'CustomerAccount') === undefined
        ? {
            missing:
              'The subscription names no account of its customer; write Customer.CustomerAccount.',
          }
        : [credit],
  }
}

function unbilledIn(subscription: JsonObject, making: Making): readonly Placed[] {
  return foundOnce(unbilledOf(subscription), making).filter(({ state }) => UNBILLED.includes(state))
}

/** However many texts it is found under. */
export function foundOnce(all: readonly Search[], making: Making): readonly Placed[] {
  const found = all.flatMap((it) => making.all?.(it) ?? [])
  return [...new Map(found.map((it) => [keysOf(it.object)[0], it])).values()]
}

/** One for each currency of what it is about. */
export function creditsOf(
  open: readonly Placed[],
  subscription: JsonObject | undefined,
  trigger: CreditTrigger,
  making: Making,
): readonly JsonObject[] {
  const currencies = [
    ...new Set(open.map(({ object }) => String(member(object, 'currency') ?? ''))),
  ]
  return currencies.map((currency) => {
    const all = open.filter(({ object }) => member(object, 'currency') === currency)
    const account = member(member(subscription, 'Customer'), 'CustomerAccount')
    const amounts = all.flatMap(({ object }) => decimalIn(member(object, 'amount')) ?? [])
    return {
      mRID: making.newId(),
      amount: amountText(sumOf(amounts), currency),
      currency,
      trigger,
      createdDateTime: making.now,
      ...(account === undefined ? {} : { CustomerAccount: account }),
      period: { start: startOf(all, making.now), end: making.now },
      sourceSettlements: all.map(({ object }) => ({ mRID: member(object, 'mRID') ?? '' })),
    }
  })
}

/** When the first of them has begun. */
function startOf(all: readonly Placed[], now: string): Json {
  const starts = all
    .flatMap(({ object }) => [
      member(object, 'period'),
      ...intervalsOf(object).map((it) => member(it, 'interval')),
    ])
    .map((it) => boundsOf(it)[0])
    .filter(Number.isFinite)
  return starts.length === 0
    ? new Date(boundsOf({ start: now })[0] - 1).toISOString()
    : new Date(Math.min(...starts)).toISOString()
}
