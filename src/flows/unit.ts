// Quantities with multipliers, compared exactly: 5.0 kW is 5000 W.

import { member, numberText } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { compareDecimals } from '../schema/decimal.ts'
import { ZERO, decimalIn, shifted } from './decimal.ts'
import type { Decimal } from '../schema/decimal.ts'

const POWERS: Readonly<Record<string, number>> = {
  ...{ y: -24, z: -21, a: -18, f: -15, p: -12, n: -9, micro: -6, m: -3, c: -2, d: -1 },
  ...{ none: 0, da: 1, h: 2, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18, Z: 21, Y: 24 },
}

/** A quantity in its unit without a multiplier; what is no number counts as nothing. */
export function exactQuantity(it: Json | undefined): Decimal {
  return inUnit(member(it, 'value'), member(it, 'multiplier'))
}

/** A value with the multiplier that stands beside it, in the unit itself. */
export function inUnit(value: Json | undefined, multiplier: Json | undefined): Decimal {
  return shifted(decimalIn(value) ?? ZERO, powerOfTen(multiplier))
}

/** 3 for k; 0 for none, and for what is no multiplier. */
export function powerOfTen(multiplier: Json | undefined): number {
  return POWERS[typeof multiplier === 'string' ? multiplier : 'none'] ?? 0
}

/** Below 0, 0 or above: as a compares with b, both in the same unit. */
export function compareQuantities(a: Json | undefined, b: Json | undefined): number {
  return compareDecimals(exactQuantity(a), exactQuantity(b))
}

/** The same without its sign. */
export function magnitude(it: Json | undefined): Json | undefined {
  const text = textOf(it).replace(/^[+-]/, '')
  return it === undefined
    ? undefined
    : { value: text, multiplier: member(it, 'multiplier') ?? 'none' }
}

function textOf(it: Json | undefined): string {
  const value = member(it, 'value')
  return numberText(value) ?? (typeof value === 'string' ? value.trim() : '0')
}
