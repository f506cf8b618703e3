// What an unenrollment leads to where the gateway orchestrates it: one credit for each currency, about all that the subscription
// has earned and nobody has credited yet.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { decimalIn, sumOf } from './decimal.ts'
import type { Placed } from './flow.ts'
import { boundsOf } from './interval.ts'
import type { Following, Making } from './next.ts'
import { keysOf } from './reference.ts'
import { unbilledOf } from './settled-event.ts'
import { amountText, intervalsOf } from './settlement-sum.ts'

/** States in which a settlement waits for a credit. */
const UNBILLED: readonly string[] = ['CALCULATED', 'REJECTED']

/** For whatever ends a subscription. @param trigger as the credit names it */
export function creditNext(
  when: string,
  isDue: (before: Placed | undefined, after: Placed) => boolean,
): Following {
  return {
    when,
    source: 'ST-06',
    from: 'cpm',
    verb: 'create',
    noun: 'SettlementCredits',
    searches: (before, after) => (isDue(before, after) ? unbilledOf(after.object) : []),
    objects: (before, after, making) =>
      isDue(before, after) ? creditsOf(after.object, making) : [],
    finished: (credit) =>
      member(credit, 'CustomerAccount') === undefined
        ? {
            missing:
              'The subscription names no account of its customer; write Customer.CustomerAccount.',
          }
        : [credit],
  }
}

function creditsOf(subscription: JsonObject, making: Making): readonly JsonObject[] {
  const found = unbilledOf(subscription).flatMap((it) => making.all?.(it) ?? [])
  const each = new Map(found.map((it) => [keysOf(it.object)[0], it]))
  const open = [...each.values()].filter(({ state }) => UNBILLED.includes(state))
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
      trigger: 'unenrollment',
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
