// Prices that were told for an event, as what is settled of it asks for them.

import { compareDecimals } from '../schema/decimal.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { decimalText } from './decimal.ts'
import type { Around, Reference } from './flow.ts'
import { firstKnown, keysOf } from './reference.ts'
import { intervalText, intervalsOf, pricePerUnit, priceFor } from './settlement-sum.ts'

/** Where the newest prices are that were told for the event that something is about. */
export function priceReferences(it: JsonObject): readonly Reference[] {
  const events = ['ProgramEvent', 'stage'].flatMap((name) => keysOf(member(it, name)))
  return events.map((key) => ({
    noun: 'PriceSeries',
    object: undefined,
    claim: { rule: 'PRC-ORDER', key },
  }))
}

/** The intervals of those prices; none where nothing was told. */
export function pricesFor(it: JsonObject, find: Around['find']): readonly JsonObject[] {
  return intervalsOf(firstKnown(priceReferences(it), find)?.object)
}

/** One sentence for each interval that is settled at another price than was told for it, with both. */
export function otherPrices(settlement: JsonObject, find: Around['find']): readonly string[] {
  const told = pricesFor(settlement, find)
  return intervalsOf(settlement).flatMap((it) => {
    const [interval, own] = [member(it, 'interval'), member(it, 'price')]
    const due = priceFor(interval, told)
    if (due === undefined || own === undefined || isSamePrice(own, due)) return []
    return [
      `For ${intervalText(interval)} the price ${priceText(own)} is settled, and ${priceText(due)} was told for the event.`,
    ]
  })
}

/** However they are written: 0.415 per kWh is 0.000415 per Wh. */
function isSamePrice(a: Json, b: Json): boolean {
  const unit = (it: Json) =>
    JSON.stringify([member(it, 'currency'), member(member(it, 'per'), 'unit')])
  return unit(a) === unit(b) && compareDecimals(pricePerUnit(a), pricePerUnit(b)) === 0
}

function priceText(price: Json): string {
  const unit = String(member(member(price, 'per'), 'unit') ?? '')
  return `${decimalText(pricePerUnit(price))} ${String(member(price, 'currency') ?? '')} per ${unit}`
}
