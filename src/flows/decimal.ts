// Exact decimal numbers: money, shares and energy are added up and compared without a float between them.

import { numberText } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'

/** `digits` times ten to the `power`. */
export interface Decimal {
  readonly digits: bigint
  readonly power: number
}

export const ZERO: Decimal = { digits: 0n, power: 0 }
export const ONE: Decimal = { digits: 1n, power: 0 }

/** powers of ten that are worked with; what lies outside is no measurement of anything */
const MOST_POWER = 400

/** The number that a JSON value holds, as a number or as its text; undefined for anything else. */
export function decimalIn(it: Json | undefined): Decimal | undefined {
  const text = numberText(it) ?? (typeof it === 'string' ? it.trim() : '')
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (parts === null) return undefined
  const [, sign = '', whole = '', part = '', e = '0'] = parts
  if (`${whole}${part}` === '' || Math.abs(Number(e)) > MOST_POWER) return undefined
  const digits = BigInt(`${whole}${part}`)
  return { digits: sign === '-' ? -digits : digits, power: Number(e) - part.length }
}

/** The exact sum; zero where there is nothing to add. */
export function sumOf(all: readonly Decimal[]): Decimal {
  const power = all.reduce((least, it) => Math.min(least, it.power), 0)
  return { digits: all.reduce((sum, it) => sum + scaled(it, power), 0n), power }
}

/** Below 0, 0 or above, as a compares with b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const power = Math.min(a.power, b.power)
  const difference = scaled(a, power) - scaled(b, power)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The same, with its power raised. */
export function shifted({ digits, power }: Decimal, by: number): Decimal {
  return { digits, power: power + by }
}

/** The exact product. */
export function productOf(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, power: a.power + b.power }
}

/** a less b. */
export function differenceOf(a: Decimal, b: Decimal): Decimal {
  return sumOf([a, { ...b, digits: -b.digits }])
}

/** The same without its sign. */
export function sizeOf(it: Decimal): Decimal {
  return it.digits < 0n ? { ...it, digits: -it.digits } : it
}

/** As people write it: no exponent, no zeros that say nothing. */
export function decimalText({ digits, power }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString()
  if (power >= 0) return `${sign}${text}${digits === 0n ? '' : '0'.repeat(power)}`
  const all = text.padStart(1 - power, '0')
  const part = all.slice(power).replace(/0+$/, '')
  return `${sign}${all.slice(0, power)}${part === '' ? '' : `.${part}`}`
}

function scaled({ digits, power }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(power - to)
}
