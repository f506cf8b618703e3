// P-15: money is exact. What is summed is compared with a sum of fractions that knows nothing of decimals.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareDecimals, readDecimal } from '../schema/decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { digitsOf } from './currency.ts'
import { ZERO, decimalText, differenceOf, magnitudeOf, roundedHalfEven, sumOf } from './decimal.ts'
import { durationMs } from './duration.ts'
import { amountText, overlapsIn, payable, priceFor, summed } from './settlement-sum.ts'

const test = suite('settlement sum')

const decimal = (text: string): Decimal => readDecimal(text) ?? ZERO

const ROUNDED: readonly (readonly [text: string, digits: number, rounded: string])[] = [
  ...([
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['-0.125', 2, '-0.12'],
  ] as const),
  ...([
    ['-0.135', 2, '-0.14'],
    ['0.1250000001', 2, '0.13'],
    ['2.5', 0, '2'],
  ] as const),
  ...([
    ['3.5', 0, '4'],
    ['0.5', 0, '0'],
    ['-0.5', 0, '0'],
    ['1.0005', 3, '1'],
  ] as const),
  ...([
    ['1.0015', 3, '1.002'],
    ['7', 2, '7'],
    ['0.004999', 2, '0'],
  ] as const),
]

test('ST-02/AC1: halves go to the even digit, and nothing else does', () => {
  for (const [text, digits, rounded] of ROUNDED)
    assert.is(decimalText(roundedHalfEven(decimal(text), digits)), rounded, text)
})

test('ST-02/AC1: amounts have the digits of their currency', () => {
  const exact = decimal('12.34567')
  const all = ['JPY', 'USD', 'KWD', 'CLF', 'constructor'].map((it) => [it, digitsOf(it)])
  assert.equal(all, [
    ['JPY', 0],
    ['USD', 2],
    ['KWD', 3],
    ['CLF', 4],
    ['constructor', 2],
  ])
  assert.equal(
    ['JPY', 'USD', 'KWD'].map((it) => amountText(exact, it)),
    ['12', '12.35', '12.346'],
  )
  assert.is(amountText(decimal('5'), 'EUR'), '5.00')
})

/** Numbers as people write them: some digits, a point somewhere, a sign. */
const NUMBERS = fc
  .tuple(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => decimalText({ digits, exponent: -places }))

test('P-15: what is rounded is the nearest amount, and at the same distance the even one', () => {
  fc.assert(
    fc.property(NUMBERS, fc.integer({ min: 0, max: 4 }), (text, digits) => {
      const [it, rounded] = [decimal(text), roundedHalfEven(decimal(text), digits)]
      const off = magnitudeOf(differenceOf(it, rounded))
      const twice = compareDecimals(sumOf([off, off]), { digits: 1n, exponent: -digits })
      const isEven = roundedHalfEven(rounded, digits).digits % 2n === 0n
      assert.ok(twice < 0 || (twice === 0 && isEven), `${text} to ${digits}`)
      assert.is(compareDecimals(roundedHalfEven(rounded, digits), rounded), 0)
    }),
    { numRuns: 300 },
  )
})

const MULTIPLIERS: readonly (readonly [string, number])[] = [
  ['none', 0],
  ['k', 3],
  ['M', 6],
  ['m', -3],
]

interface Part {
  readonly value: string
  readonly amount: string
  readonly by: number
  readonly per: number
}

const PARTS: fc.Arbitrary<readonly Part[]> = fc.array(
  fc.record({
    value: NUMBERS,
    amount: NUMBERS,
    by: fc.integer({ min: 0, max: 3 }),
    per: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
)

function hour(at: number) {
  const start = new Date(Date.UTC(2026, 6, 14) + at * 3_600_000)
  const end = new Date(start.getTime() + 3_600_000)
  return { start: start.toISOString(), end: end.toISOString() }
}

function intervalOf({ value, amount, by, per }: Part, at: number, currency = 'USD'): JsonObject {
  const of = (place: number) => ({ multiplier: MULTIPLIERS[place]?.[0] ?? 'none', unit: 'Wh' })
  return {
    interval: hour(at),
    price: { amount, currency, per: of(per) },
    quantity: { ...of(by), value },
  }
}

/** numerator over 10^50, by whole numbers alone */
function inFractions({ value, amount, by, per }: Part): bigint {
  const whole = (text: string): bigint => {
    const [head = '0', tail = ''] = text.split('.')
    return BigInt(head + tail) * 10n ** BigInt(17 - tail.length)
  }
  const power = (MULTIPLIERS[by]?.[1] ?? 0) - (MULTIPLIERS[per]?.[1] ?? 0)
  return whole(value) * whole(amount) * 10n ** BigInt(16 + power)
}

function amountOf(intervals: readonly JsonObject[]): Decimal {
  const sum = summed(intervals, 'USD')
  assert.ok('amount' in sum, 'all of it is paid')
  return 'amount' in sum ? sum.amount : ZERO
}

test('P-15: the amount is the sum of quantity times price, to the last digit, whatever the multipliers', () => {
  fc.assert(
    fc.property(PARTS, (parts) => {
      const exact = parts.map(inFractions).reduce((a, b) => a + b, 0n)
      const amount = amountOf(parts.map((it, at) => intervalOf(it, at)))
      assert.is(compareDecimals(amount, { digits: exact, exponent: -50 }), 0)
    }),
    { numRuns: 150 },
  )
})

test('P-15, P-09: in whatever order and in however many parts, the sum is the same; it is rounded once', () => {
  fc.assert(
    fc.property(PARTS, fc.integer({ min: 1, max: 5 }), (parts, size) => {
      const all = parts.map((it, at) => intervalOf(it, at))
      const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
        all.slice(at * size, (at + 1) * size),
      )
      const [whole, inParts] = [amountOf(all.toReversed()), sumOf(pieces.map(amountOf))]
      assert.is(compareDecimals(whole, inParts), 0)
      assert.is(compareDecimals(payable(whole, 'USD'), payable(inParts, 'USD')), 0)
    }),
    { numRuns: 100 },
  )
  const cent = { value: '1', amount: '0.004', by: 0, per: 0 }
  const three = amountOf([0, 1, 2].map((at) => intervalOf(cent, at)))
  assert.is(amountText(three, 'USD'), '0.01', 'each of them would have been nothing')
})

test('ST-02/AC1: what has no price, another currency or unit, or no number is told interval by interval', () => {
  const fine = intervalOf({ value: '1', amount: '2', by: 0, per: 0 }, 0)
  const { price: _price, ...free } = fine
  const watts = { ...fine, quantity: { multiplier: 'none', unit: 'W', value: 1 } }
  const words = { ...fine, quantity: { multiplier: 'none', unit: 'Wh', value: 'one' } }
  const sum = summed([fine, free, watts, words], 'USD')
  assert.equal('unpaid' in sum && sum.unpaid.map(({ why }) => why), ['price', 'unit', 'value'])
  const euro = summed([fine], 'EUR')
  assert.equal('unpaid' in euro && euro.unpaid.map(({ why }) => why), ['currency'])
})

test('ST-03: a price holds for what it covers as a whole; a part or a gap has none', () => {
  const prices = [0, 1].map((at) => ({ interval: hour(at), price: { amount: at } }))
  const [first, second] = [hour(0), hour(1)]
  const quarter = { start: second.start, end: '2026-07-14T01:15:00Z' }
  assert.equal(priceFor(quarter, prices), { amount: 1 })
  assert.is(priceFor({ start: first.start, end: second.end }, prices), undefined)
  assert.is(priceFor(hour(2), prices), undefined)
  assert.equal(overlapsIn(prices), [])
  assert.is(overlapsIn([...prices, { interval: quarter }]).length, 1)
})

test('MD-02: lengths of time are those that are always as long', () => {
  const all = ['PT0S', 'P1D', 'PT1.5S', 'P', 'PT', 'P1M', '-PT1H', 7].map(durationMs)
  assert.equal(all, [0, 86_400_000, 1_500, undefined, undefined, undefined, undefined, undefined])
})

test.run()
