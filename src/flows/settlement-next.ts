// What follows where nobody else calculates: from what was avoided, and its prices, a settlement; from an unenrollment the credit
// about all that is not billed yet. Only where the flows are orchestrated.

import { member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { avoidedFor, avoidedIn, avoidedReferences } from './avoided-terms.ts'
import { decimalText } from './decimal.ts'
import type { Around, Placed, Reference } from './flow.ts'
import type { Following, Making } from './next.ts'
import { firstKnown } from './reference.ts'
import { settledKeys } from './settled-event.ts'
import { amountText, priceFor, summed } from './settlement-sum.ts'
import { priceReferences, pricesFor } from './told-prices.ts'

const SETTLEMENTS = 'ProgramSettlements'

function settlementReferences(avoided: JsonObject): readonly Reference[] {
  return settledKeys(asSettled(avoided)).map((key) => ({
    noun: SETTLEMENTS,
    object: undefined,
    claim: { rule: 'SET-EVENT', key },
  }))
}

/** What was avoided, as a settlement names it. */
function asSettled(avoided: JsonObject): JsonObject {
  return { ...avoided, kind: 'event' }
}

function refers(avoided: JsonObject): readonly Reference[] {
  return [
    ...priceReferences(avoided),
    ...settlementReferences(avoided),
    ...avoidedReferences(avoided),
  ]
}

/** A settlement where there is none; else the one that is there as it comes to by now, as long as it can be corrected. */
export const SETTLEMENT_NEXT: readonly Following[] = [
  {
    when: 'what was avoided in an event is told, and so are its prices',
    source: 'ST-04',
    from: 'cpm',
    verb: 'create',
    noun: SETTLEMENTS,
    refers,
    objects: (_before, { object }, making) => {
      const due = dueFor(object, making)
      const isThere = settlementOf(object, making.find) !== undefined
      return due === undefined || isThere ? [] : [drafted(object, due, making)]
    },
  },
  {
    when: 'more is told of an event that is settled and not credited',
    source: 'ST-04',
    from: 'cpm',
    verb: 'change',
    noun: SETTLEMENTS,
    refers,
    objects: (_before, { object }, making) => {
      const [due, known] = [dueFor(object, making), settlementOf(object, making.find)]
      if (due === undefined || known === undefined || !OPEN.includes(known.state)) return []
      const after = { ...known.object, ...due, status: { value: 'CALCULATED' } }
      const isSame = sameJson(known.object['intervals'], due['intervals'])
      return isSame && known.state === 'CALCULATED' ? [] : [after]
    },
  },
]

const OPEN: readonly string[] = ['PENDING', 'CALCULATED']

function settlementOf(avoided: JsonObject, find: Around['find']): Placed | undefined {
  return firstKnown(settlementReferences(avoided), find)
}

/** Intervals at their prices, and what they come to; undefined where a price is missing: it is waited for. */
function dueFor(avoided: JsonObject, { find }: Making): JsonObject | undefined {
  const all = avoidedFor(avoided, find)
  const prices = pricesFor(avoided, find)
  const intervals = avoidedIn(all.length === 0 ? [avoided] : all).map(
    ({ interval, quantity, unit }) => ({
      interval,
      price: priceFor(interval, prices) ?? null,
      quantity: { multiplier: 'none', unit, value: decimalText(quantity) },
    }),
  )
  if (intervals.length === 0 || intervals.some(({ price }) => price === null)) return undefined
  const currency = String(member(intervals[0]?.price, 'currency') ?? '')
  const sum = summed(intervals, currency)
  if ('unpaid' in sum) return undefined
  return { amount: amountText(sum.amount, currency), currency, intervals: intervals as Json }
}

function drafted(avoided: JsonObject, due: JsonObject, { newId, now }: Making): JsonObject {
  const named = ['ProgramEvent', 'ProgramSubscription', 'stage', 'quantityKind'].flatMap((name) => {
    const value = member(avoided, name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    mRID: newId(),
    calculatedDateTime: now,
    kind: 'event',
    ...Object.fromEntries(named),
    ...due,
    status: { value: 'CALCULATED' },
  }
}
