import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compareDecimals } from '../schema/decimal.ts'
import { ONE, ZERO, decimalIn, decimalText, differenceOf, shifted, sumOf } from './decimal.ts'
import type { Decimal } from '../schema/decimal.ts'

const test = suite('decimal')

const SEED = 20_261_129

const read = (text: string): Decimal => decimalIn(text) ?? noNumber(text)

function noNumber(text: string): never {
  throw new Error(`${text} is read as no number`)
}

test('a number is read as it is written, whatever its spelling', () => {
  for (const [text, due] of [
    ['0.10', '0.1'],
    ['+007.50', '7.5'],
    ['-0', '0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['9.3E2', '930'],
    ['1e-3', '0.001'],
    [' 12 ', '12'],
    ['0.3333333333333333333333', '0.3333333333333333333333'],
  ] as const)
    assert.is(decimalText(read(text)), due, text)
  assert.is(decimalText(read('1200')), '1200')
  assert.is(decimalText(decimalIn(0.25) ?? ZERO), '0.25')
})

test('what is no number is none, and neither is one beyond all measure', () => {
  for (const it of ['', '.', 'INF', 'NaN', '1,5', '0x10', '1e99999999', null, true, {}, undefined])
    assert.is(decimalIn(it), undefined, String(it))
})

/** Shares that add up to exactly 1, as texts of any number of digits. */
const SHARES = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.bigInt(0n, 10n ** 45n), { maxLength: 60 }))
  .map(([places, cuts]) => {
    const whole = 10n ** BigInt(places)
    const at = [0n, ...cuts.map((it) => it % (whole + 1n)), whole].toSorted((a, b) =>
      a < b ? -1 : a > b ? 1 : 0,
    )
    return { places, parts: at.slice(1).map((it, n) => it - (at[n] ?? 0n)) }
  })

test(`P-15: shares are summed exactly, in any order and to any digit (seed ${SEED})`, () => {
  const property = fc.property(SHARES, fc.nat(), ({ places, parts }, which) => {
    const texts = parts.map((digits) => decimalText({ digits, exponent: -places }))
    const sum = (all: readonly string[]) => sumOf(all.map(read))
    assert.is(compareDecimals(sum(texts), ONE), 0, texts.join(' + '))
    assert.is(compareDecimals(sum(texts.toReversed()), ONE), 0)
    // One unit in the last place more, and it is not.
    const at = which % texts.length
    const more = parts.map((it, n) => (n === at ? it + 1n : it))
    const wrong = more.map((digits) => decimalText({ digits, exponent: -places }))
    assert.is(compareDecimals(sum(wrong), ONE), 1, wrong.join(' + '))
  })
  fc.assert(property, { seed: SEED, numRuns: 300 })
})

test('differences and powers are exact', () => {
  assert.is(decimalText(differenceOf(read('0.3'), read('0.1'))), '0.2')
  assert.is(decimalText(shifted(read('1.5'), 3)), '1500')
})

test.run()
