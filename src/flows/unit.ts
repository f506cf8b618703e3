// Quantities with multipliers, compared exactly: 5.0 kW is 5000 W.

import { member, numberText } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'

const POWERS: Readonly<Record<string, number>> = {
  ...{ y: -24, z: -21, a: -18, f: -15, p: -12, n: -9, micro: -6, m: -3, c: -2, d: -1 },
  ...{ none: 0, da: 1, h: 2, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18, Z: 21, Y: 24 },
}

/** Below 0, 0 or above: as a compares with b, both in the same unit. */
export function compareQuantities(a: Json | undefined, b: Json | undefined): number {
  const [left, right] = [exact(a), exact(b)]
  const power = Math.min(left.power, right.power)
  const difference = scaled(left, power) - scaled(right, power)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The same without its sign. */
export function magnitude(it: Json | undefined): Json | undefined {
  const text = textOf(it).replace(/^[+-]/, '')
  return it === undefined
    ? undefined
    : { value: text, multiplier: member(it, 'multiplier') ?? 'none' }
}

interface Exact {
  readonly digits: bigint
  readonly power: number
}

function exact(it: Json | undefined): Exact {
  const multiplier = member(it, 'multiplier')
  const unit = POWERS[typeof multiplier === 'string' ? multiplier : 'none'] ?? 0
  const [, sign = '', whole = '', part = '', e = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(textOf(it)) ?? []
  const digits = BigInt(`${whole}${part}` || '0')
  return { digits: sign === '-' ? -digits : digits, power: unit + Number(e) - part.length }
}

function scaled({ digits, power }: Exact, to: number): bigint {
  return digits * 10n ** BigInt(power - to)
}

function textOf(it: Json | undefined): string {
  const value = member(it, 'value')
  return numberText(value) ?? (typeof value === 'string' ? value.trim() : '0')
}
