// What is settled by what was avoided and its prices, as a pure function of what is known; and when that is waited for.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { at } from './acceptance/events.fixture.ts'
import { HOURS, PRICES, QUANTITIES, energy, price } from './acceptance/settlement.fixture.ts'
import type { Placed, Reference } from './flow.ts'
import type { Making } from './next.ts'
import { SETTLEMENT_NEXT } from './settlement-next.ts'

const test = suite('what follows of what was avoided')

const ABOUT = {
  ProgramEvent: { mRID: 'e' },
  ProgramSubscription: { mRID: 's' },
  quantityKind: 'kWhAvoided',
}
const AVOIDED: JsonObject = {
  ...{ mRID: 'a', ...ABOUT },
  intervals: HOURS.map((interval, it) => ({ interval, quantity: QUANTITIES[it] ?? null })),
}
const series = (prices: readonly JsonObject[]): JsonObject => ({
  intervals: prices.map((one, it) => ({ interval: HOURS[it] ?? null, price: one })),
})

/** `verb`, and what is sent, by what is known of prices and settlement. */
function sent(prices: JsonObject | undefined, known?: Placed, avoided = AVOIDED) {
  const find = ({ noun }: Reference): Placed | undefined => {
    if (noun === 'ProgramSettlements') return known
    return noun === 'PriceSeries' && prices !== undefined
      ? { state: 'present', object: prices }
      : undefined
  }
  const making: Making = { now: at(8), given: {}, moved: [], newId: () => 'n', find }
  const after = { state: 'present', object: avoided }
  return SETTLEMENT_NEXT.flatMap(({ verb, objects }) =>
    objects(undefined, after, making).map((object) => ({ verb, object })),
  )
}

const ALL = series(PRICES)
const [CREATED] = sent(ALL)

test('ST-04: with all of its prices what was avoided is one settlement, which names what it is of', () => {
  const { intervals, ...rest } = CREATED?.object ?? {}
  assert.is(CREATED?.verb, 'create')
  assert.equal(rest, {
    ...{ mRID: 'n', calculatedDateTime: at(8), kind: 'event', ...ABOUT },
    ...{ amount: '0.74', currency: 'USD', status: { value: 'CALCULATED' } },
  })
  assert.equal(
    intervals,
    HOURS.map((interval, it) => ({
      interval,
      price: PRICES[it],
      quantity: energy(['1205', '830'][it] ?? '', 'none'),
    })),
  )
})

test('ST-04: what cannot be paid is waited for', () => {
  const first = price(0.415)
  const WAITING: readonly (readonly [why: string, prices: JsonObject | undefined])[] = [
    ['no prices', undefined],
    ['a price for one hour of two', series([first])],
    ['two currencies', series([first, price(1, 'EUR')])],
    ['prices of another unit', series([first, { ...price(1), per: { unit: 'W' } }])],
    ['a price without currency beside one with it', series([{ amount: 1 }, first])],
  ]
  for (const [why, prices] of WAITING) assert.equal(sent(prices), [], why)
  assert.equal(sent(ALL, undefined, { mRID: 'a', ...ABOUT }), [], 'nothing was avoided')
})

test('ST-04: the settlement that is there is told anew as long as it is open and comes to something else', () => {
  const own = { ...CREATED?.object, mRID: 'known', remark: 'kept' }
  const told = { verb: 'change', object: own }
  const { intervals: _intervals, ...without } = own as JsonObject
  const less = { ...own, intervals: [], amount: '0.00' }
  const ROWS: readonly (readonly [state: string, object: JsonObject, isTold: boolean])[] = [
    ['PENDING', without, true],
    ['PENDING', own, true],
    ['CALCULATED', less, true],
    ['CALCULATED', without, true],
    ['CALCULATED', own, false],
    ['CREDITED', less, false],
    ['AGGREGATED', less, false],
  ]
  for (const [state, object, isTold] of ROWS)
    assert.equal(sent(ALL, { state, object }), isTold ? [told] : [], state)
  assert.equal(sent(undefined, { state: 'PENDING', object: without }), [], 'without prices')
})

test.run()
