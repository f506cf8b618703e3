import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareDecimals, digitsOf, readDecimal, sameNumber } from './decimal.ts'
import type { Decimal } from './decimal.ts'

const test = suite('decimal')

test('reads every lexical form of a number exactly', () => {
  const table: readonly (readonly [string, bigint, number])[] = [
    ['0', 0n, 0],
    ['-0', 0n, 0],
    ['007', 7n, 0],
    ['+5', 5n, 0],
    ['.5', 5n, -1],
    ['5.', 5n, 0],
    ['-1.50', -150n, -2],
    ['1e21', 1n, 21],
    ['1.5E-3', 15n, -4],
    ['12345678901234567890.1', 123456789012345678901n, -1],
  ]
  for (const [text, digits, exponent] of table)
    assert.equal(readDecimal(text), { digits, exponent }, text)
})

test('refuses what is no number, and exponents that would fill the memory', () => {
  for (const it of ['', '.', '+', '-', 'INF', 'NaN', '1,5', '0x1', '1e', 'e1', '1e100001', ' 1'])
    assert.is(readDecimal(it), undefined, it)
})

/** ascending; equal ones in one row */
const ORDER: readonly (readonly string[])[] = [
  ['-1e3', '-1000.0'],
  ['-1'],
  ['-1e-20'],
  ['0', '-0', '0.000', '0e5'],
  ['1e-20'],
  ['0.1', '.10', '1e-1'],
  ['1', '01', '1.', '+1.0'],
  ['9007199254740993'],
  ['9007199254740994'],
  ['1e21'],
]

test('compares by value', () => {
  ORDER.forEach((row, i) => {
    ORDER.forEach((other, j) => {
      for (const a of row)
        for (const b of other)
          assert.is(
            Math.sign(compareDecimals(readDecimal(a) as Decimal, readDecimal(b) as Decimal)),
            Math.sign(i - j),
            `${a} ${b}`,
          )
    })
  })
})

test('tells whether two texts are one number, or else one text', () => {
  assert.ok(sameNumber('0.10', '1e-1'))
  assert.not(sameNumber('0.1', '0.10000000000000001'))
  assert.ok(sameNumber('INF', 'INF'))
  assert.not(sameNumber('INF', '1'))
})

test('reads no megabytes of digits', () => {
  const long = '1'.repeat(5_000_000)
  assert.is(readDecimal(long), undefined)
  assert.equal(digitsOf(long), { total: 0, fraction: 0 })
  assert.ok(sameNumber(long, long))
  assert.not(sameNumber(long, '1'))
})

test('counts digits without leading and trailing zeros', () => {
  const table: readonly (readonly [string, number, number])[] = [
    ['0', 1, 0],
    ['000', 1, 0],
    ['0.0', 1, 0],
    ['100', 3, 0],
    ['012.340', 4, 2],
    ['-.05', 2, 2],
    ['+1.', 1, 0],
  ]
  for (const [text, total, fraction] of table)
    assert.equal(digitsOf(text), { total, fraction }, text)
})

test.run()
