// Prices for the time of an event, as a market tells them: one currency and one price for each instant.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { avoidedUnder } from './avoided-terms.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Placed } from './flow.ts'
import { backwardBreaches, boundsOf } from './interval.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf } from './reference.ts'
import { only } from './role.ts'
import { intervalsOf, overlapsIn } from './settlement-sum.ts'

export default defineFlow({
  ...RECORDED,
  id: 'price-series',
  noun: 'PriceSeries',
  objectType: 'Series',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about:
    'tell the prices of a time, in one currency, each instant once; the later series of an event holds',
  source: 'ST-03',
  by: only('market', 'cpm'),
  // Prices are the market's: everybody may know them.
  isPublic: true,
  invariants,
  claims: { inState: claims },
  // Whatever has waited for its prices is settled by them.
  awaits: avoidedUnder,
})

function invariants(
  it: JsonObject,
  _around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const prices = intervalsOf(it).map((one) => member(one, 'price'))
  const currencies = [...new Set(prices.map((one) => String(member(one, 'currency') ?? '')))]
  return [
    ...backwardBreaches('PRC-INTERVAL', ['intervals.interval'], it, before?.object),
    ...overlapsIn(intervalsOf(it)).map((reason): Breach => ({
      rule: 'PRC-INTERVAL',
      code: '6.1',
      reason,
    })),
    ...(currencies.length > 1 ? [mixed(currencies)] : []),
    ...(before !== undefined && isOlder(it, before.object) ? [OLDER] : []),
  ]
}

function mixed(currencies: readonly string[]): Breach {
  const reason = `The prices are in ${currencies.join(' and ')}.`
  return { rule: 'SET-CUR', code: '6.1', reason }
}

const LATER = 'Prices of the same type for the event are known that were made later.'
const OLDER: Breach = { rule: 'PRC-ORDER', code: '6.1', reason: LATER }

/** What does not say when it was made is as new as it comes. */
function isOlder(it: JsonObject, than: JsonObject): boolean {
  const [own, other] = [it, than].map(
    (one) => boundsOf({ start: member(one, 'createdDateTime') ?? '' })[0],
  ) as [number, number]
  return Number.isFinite(own) && own < other
}

const CLAIM = { rule: 'PRC-ORDER', reason: LATER } as const

/** One series of a type for each event; prices of no event stand side by side. */
function claims(series: JsonObject, state: string): readonly Claim[] {
  if (state !== 'present') return []
  const type = String(member(series, 'type') ?? '')
  const takes = (other: JsonObject) => !isOlder(series, other)
  return keysOf(member(series, 'ProgramEvent')).flatMap((event) => [
    { ...CLAIM, takes, key: JSON.stringify([event, type]) },
    // What is calculated here is calculated by the newest, of whatever type.
    { ...CLAIM, takes, key: event, yields: true },
  ])
}
