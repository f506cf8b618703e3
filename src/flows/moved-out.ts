// A customer who moves out: the agreement about the usage point is terminated, and what the customer's subscriptions there have earned
// is credited (ST-06, moveOut).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { creditNext } from './credit-next.ts'
import { statusOf } from './document-status.ts'
import type { Placed } from './flow.ts'
import { keysOf, listOf, sameReference } from './reference.ts'
import type { Search } from './search.ts'
import { isClosed } from './subscription-sync.ts'

const [AGREEMENTS, SUBSCRIPTIONS] = ['CustomerAgreements', 'ProgramSubscriptions']

/** Texts under which agreements are found that customers have left a usage point with. */
export function leftUnder(agreement: JsonObject, state: string): readonly string[] {
  return state === 'terminated' ? listOf(agreement, 'UsagePoints').flatMap(keysOf) : []
}

/** And subscriptions, apart from those that are closed; all of them are found under the enrollment that they come from. */
export function subscribedUnder(subscription: JsonObject, _state: string): readonly string[] {
  const own = keysOf(member(subscription, 'UsagePoint'))
  const places = isClosed(subscription) ? own.map(leftText) : own
  return [...new Set([...places, ...keysOf(member(subscription, 'ProgramEnrollment'))])]
}

/** The text under which subscriptions are found that have ended at a usage point. @param key by which that is known */
export function leftText(key: string): string {
  return `left ${key}`
}

/** Subscriptions that may have to be credited because of an agreement. */
export function subscriptionsLeft(agreement: JsonObject): readonly Search[] {
  return leftUnder(agreement, statusOf(agreement) ?? '').map((under) => ({
    noun: SUBSCRIPTIONS,
    under,
    has: (it) => isLeftBy(it, agreement),
  }))
}

function isLeftBy(subscription: JsonObject, agreement: JsonObject): boolean {
  const point = member(subscription, 'UsagePoint')
  const isThere = listOf(agreement, 'UsagePoints').some((it) => sameReference(it, point))
  return isThere && sameReference(member(agreement, 'Customer'), member(subscription, 'Customer'))
}

/** Asked when an agreement has ended: the subscription itself is as it was. */
export const CREDITED_ON_MOVING_OUT = creditNext({
  when: 'its customer moves out: the agreement about its usage point is terminated',
  trigger: 'moveOut',
  isAsked: (before: Placed | undefined, after: Placed) => before === after,
  searches: agreementsOf,
  isDue: (subscription, { all }) =>
    agreementsOf(subscription).some((it) => (all?.(it) ?? []).length > 0),
})

function agreementsOf(subscription: JsonObject): readonly Search[] {
  return keysOf(member(subscription, 'UsagePoint')).map((under) => ({
    noun: AGREEMENTS,
    under,
    has: (it) => statusOf(it) === 'terminated' && isLeftBy(subscription, it),
  }))
}
