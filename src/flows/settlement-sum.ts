// What quantities come to at their prices, exactly: no float, and one rounding at the very end, half to even, to the digits of
// the currency.

import { compareDecimals } from '../schema/decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { digitsOf } from './currency.ts'
import {
  ZERO,
  decimalIn,
  decimalText,
  productOf,
  roundedHalfEven,
  shifted,
  sumOf,
} from './decimal.ts'
import { boundsOf } from './interval.ts'
import { listOf } from './reference.ts'
import { exactQuantity, powerOfTen } from './unit.ts'

/** What an interval of a settlement lacks, or in which it contradicts itself. */
export interface Unpaid {
  readonly why: 'price' | 'currency' | 'unit' | 'value'
  readonly interval: Json
  readonly reason: string
}

/** The exact amount; or each interval that cannot be paid. */
export type Summed = { readonly amount: Decimal } | { readonly unpaid: readonly Unpaid[] }

/** Of all intervals, not rounded. @param currency that of the settlement */
export function summed(intervals: readonly JsonObject[], currency: string): Summed {
  const unpaid = intervals.flatMap((it) => unpaidIn(it, currency))
  return unpaid.length > 0 ? { unpaid } : { amount: sumOf(intervals.map(paidIn)) }
}

/** An amount as it is paid. */
export function payable(amount: Decimal, currency: string): Decimal {
  return roundedHalfEven(amount, digitsOf(currency))
}

/** An amount with all digits of its currency: `12.50`. */
export function amountText(amount: Decimal, currency: string): string {
  const text = decimalText(payable(amount, currency))
  const digits = digitsOf(currency)
  const [whole = '0', part = ''] = text.split('.')
  return digits === 0 ? whole : `${whole}.${part.padEnd(digits, '0')}`
}

/** True where both are one number, however they are written. */
export function isSameAmount(a: Json | undefined, b: Decimal): boolean {
  const read = decimalIn(a)
  return read !== undefined && compareDecimals(read, b) === 0
}

/** The sum of amounts as they are written; undefined where one of them is none. */
export function sumOfAmounts(all: readonly (Json | undefined)[]): Decimal | undefined {
  const read = all.map(decimalIn)
  return read.every((it) => it !== undefined) ? sumOf(read) : undefined
}

/** `2026-07-15T21:00:00Z to 2026-07-15T22:00:00Z` */
export function intervalText(interval: Json | undefined): string {
  return `${String(member(interval, 'start') ?? '')} to ${String(member(interval, 'end') ?? '')}`
}

/** The one price that holds for all of an interval; undefined where none does, or one that is another in a part of it. */
export function priceFor(
  interval: Json | undefined,
  prices: readonly JsonObject[],
): Json | undefined {
  const [start, end] = boundsOf(interval)
  const covering = prices.filter((it) => {
    const [from, to] = boundsOf(member(it, 'interval'))
    return from <= start && end <= to
  })
  return covering.length === 1 ? member(covering[0], 'price') : undefined
}

/** Pairs of intervals that have an instant in common, as one sentence each. */
export function overlapsIn(intervals: readonly JsonObject[]): readonly string[] {
  const all = intervals
    .map((it) => member(it, 'interval'))
    .toSorted((a, b) => boundsOf(a)[0] - boundsOf(b)[0])
  return all.flatMap((it, at) => {
    const before = all[at - 1]
    const isClear = before === undefined || boundsOf(before)[1] <= boundsOf(it)[0]
    return isClear ? [] : [`${intervalText(before)} and ${intervalText(it)} overlap.`]
  })
}

/** Intervals of an object of any of these nouns. */
export function intervalsOf(object: Json | undefined): readonly JsonObject[] {
  return listOf(object, 'intervals')
}

function unpaidIn(it: JsonObject, currency: string): readonly Unpaid[] {
  const [interval = null, price, quantity] = [
    member(it, 'interval'),
    member(it, 'price'),
    member(it, 'quantity'),
  ]
  const when = intervalText(interval)
  const said = (why: Unpaid['why'], reason: string): readonly Unpaid[] => [
    { why, interval, reason },
  ]
  if (price === undefined) return said('price', `No price is known for ${when}.`)
  const own = String(member(price, 'currency') ?? '')
  if (own !== currency)
    return said(
      'currency',
      `The price for ${when} is in ${own}, and the settlement in ${currency}.`,
    )
  const [unit, per] = [member(quantity, 'unit'), member(member(price, 'per'), 'unit')]
  if (unit !== per)
    return said(
      'unit',
      `The quantity for ${when} is in ${String(unit)}, and its price per ${String(per)}.`,
    )
  const isNumber = [member(quantity, 'value'), member(price, 'amount')].every(
    (one) => decimalIn(one) !== undefined,
  )
  return isNumber ? [] : said('value', `The quantity or the price for ${when} is no number.`)
}

/** Quantity times price, each in its unit without multiplier. */
function paidIn(it: JsonObject): Decimal {
  return productOf(exactQuantity(member(it, 'quantity')), pricePerUnit(member(it, 'price')))
}

/** What one unit costs, without its multiplier. */
export function pricePerUnit(price: Json | undefined): Decimal {
  const amount = decimalIn(member(price, 'amount')) ?? ZERO
  return shifted(amount, -powerOfTen(member(member(price, 'per'), 'multiplier')))
}
