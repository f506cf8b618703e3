// Exact decimal numbers: money, shares and energy are added up and compared without a float between them.

import { readDecimal, scaled } from '../schema/decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import { numberText } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'

export const ZERO: Decimal = { digits: 0n, exponent: 0 }
export const ONE: Decimal = { digits: 1n, exponent: 0 }

/** powers of ten that are worked with; what lies outside is no measurement of anything */
const MOST_EXPONENT = 400

/** The number that a JSON value holds, as a number or as its text; undefined for anything else. */
export function decimalIn(it: Json | undefined): Decimal | undefined {
  const text = numberText(it) ?? (typeof it === 'string' ? it.trim() : '')
  const [, written = '0'] = /[eE](.*)$/.exec(text) ?? []
  return Math.abs(Number(written)) > MOST_EXPONENT ? undefined : readDecimal(text)
}

/** The exact sum; zero where there is nothing to add. */
export function sumOf(all: readonly Decimal[]): Decimal {
  const exponent = all.reduce((least, it) => Math.min(least, it.exponent), 0)
  return { digits: all.reduce((sum, it) => sum + scaled(it, exponent), 0n), exponent }
}

/** The same, times a power of ten. */
export function shifted({ digits, exponent }: Decimal, by: number): Decimal {
  return { digits, exponent: exponent + by }
}

/** a less b. */
export function differenceOf(a: Decimal, b: Decimal): Decimal {
  return sumOf([a, { ...b, digits: -b.digits }])
}

/** The same without its sign. */
export function magnitudeOf({ digits, exponent }: Decimal): Decimal {
  return { digits: digits < 0n ? -digits : digits, exponent }
}

/** a times b. */
export function productOf(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, exponent: a.exponent + b.exponent }
}

/** The nearest number of so many digits behind the point; of two that are equally near the one whose last digit is even. */
export function roundedHalfEven(it: Decimal, digits: number): Decimal {
  if (it.exponent >= -digits) return it
  const unit = 10n ** BigInt(-digits - it.exponent)
  const [whole, rest] = [it.digits / unit, magnitudeOf(it).digits % unit]
  const isUp = rest * 2n > unit || (rest * 2n === unit && whole % 2n !== 0n)
  const step = isUp ? (it.digits < 0n ? -1n : 1n) : 0n
  return { digits: whole + step, exponent: -digits }
}

/** As people write it: no exponent, no zeros that say nothing. */
export function decimalText({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString()
  if (exponent >= 0) return `${sign}${text}${digits === 0n ? '' : '0'.repeat(exponent)}`
  const all = text.padStart(1 - exponent, '0')
  const part = all.slice(exponent).replace(/0+$/, '')
  return `${sign}${all.slice(0, exponent)}${part === '' ? '' : `.${part}`}`
}
