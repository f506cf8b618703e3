// Prices of a settlement beside those that were told for its event.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { otherPrices } from './told-prices.ts'

const test = suite('prices that were told')

const interval = { start: '2026-07-14T17:00:00Z', end: '2026-07-14T18:00:00Z' }
const per = (unit: string, multiplier = 'none') => ({ multiplier, unit })
const USD = { amount: 0.415, currency: 'USD', per: per('Wh', 'k') }

/** What is said of a settlement at one price, where another, or none, was told. */
function said(own: Json | undefined, told: Json | undefined): readonly string[] {
  const priced = (price: Json): JsonObject => ({ intervals: [{ interval, price }] })
  const settlement = {
    ProgramEvent: { mRID: 'e' },
    ...(own === undefined ? { intervals: [{ interval }] } : priced(own)),
  }
  const series = told === undefined ? undefined : { state: '', object: priced(told) }
  return otherPrices(settlement, () => series as never)
}

test('ST-03: the price that was told, however it is written, is the one to settle at', () => {
  assert.equal(said(USD, USD), [])
  assert.equal(said({ amount: 0.000415, currency: 'USD', per: per('Wh') }, USD), [])
  assert.equal(said(undefined, USD), [], 'nothing is settled yet')
  assert.equal(said(USD, undefined), [], 'nothing was told')
})

test('ST-03: another price is told with the one that is due, also where it lacks a currency or a unit', () => {
  const dearer = said({ ...USD, amount: 0.5 }, USD)
  assert.equal(dearer, [
    'For 2026-07-14T17:00:00Z to 2026-07-14T18:00:00Z the price 0.0005 USD per Wh is settled, and 0.000415 USD per Wh was told for the event.',
  ])
  assert.match(said({ ...USD, currency: 'EUR' }, USD)[0] ?? '', /EUR per Wh is settled/)
  assert.match(said({ amount: 1 }, USD)[0] ?? '', /the price 1 {2}per {2}is settled/)
})

test.run()
