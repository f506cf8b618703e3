// For tests only: values with a multiplier beside or above them, and the same quantities in another multiplier.

import { compareDecimals, readDecimal } from '../decimal.ts'
import type { Decimal } from '../decimal.ts'
import { isNumberText, numberOf, numberText } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { changed, valuesOf } from './values.fixture.ts'
import type { Value } from './values.fixture.ts'
import { faultOf } from '../lexical.ts'
import type { Random } from '../random.ts'

/** Powers of ten by the symbols of UnitMultiplier. */
const POWERS: Readonly<Record<string, number>> = {
  ...{ y: -24, z: -21, a: -18, f: -15, p: -12, n: -9, micro: -6, m: -3, c: -2, d: -1, none: 0 },
  ...{ da: 1, h: 2, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18, Z: 21, Y: 24 },
}

const MULTIPLIER = /[mM]ultiplier$/

/** A number and the power of ten that its multiplier means. */
export interface Quantity {
  readonly way: string
  readonly number: string
  readonly power: number
}

/** Every number that is told with a multiplier, at the same place or above it. */
export function quantitiesOf(json: JsonObject): readonly Quantity[] {
  const values = valuesOf(json)
  const scales = values.filter(isScale)
  return values.filter(isAmount).flatMap(({ way, json: value }) => {
    const scale = scaleOf(way, scales)
    const power = POWERS[String(scale?.json)]
    const number = numberText(value) ?? String(value)
    return power === undefined || readDecimal(number) === undefined ? [] : [{ way, number, power }]
  })
}

function isScale({ way, json, type }: Value): boolean {
  return MULTIPLIER.test(way) && String(json) in POWERS && type.facets.enumeration !== undefined
}

function isAmount({ way, type }: Value): boolean {
  return /[vV]alue(\/\$)?$/.test(way) && ['decimal', 'float', 'double'].includes(type.primitive)
}

function scaleOf(way: string, scales: readonly Value[]): Value | undefined {
  return scales
    .filter((it) => way.startsWith(folderOf(it.way)))
    .toSorted((a, b) => b.way.length - a.way.length)[0]
}

function folderOf(way: string): string {
  return way.slice(0, way.lastIndexOf('/') + 1)
}

/** The same quantities, each told in another multiplier where its type can hold the number. */
export function rescaled(json: JsonObject, random: Random): JsonObject {
  const values = valuesOf(json)
  const scales = values.filter(isScale)
  const amounts = values.filter(isAmount).filter((it) => readDecimal(textOf(it.json)) !== undefined)
  const fresh = new Map<string, Json>()
  for (const scale of scales) {
    const own = amounts.filter((it) => scaleOf(it.way, scales) === scale)
    const symbol = random.pick((scale.type.facets.enumeration ?? []).filter((it) => it in POWERS))
    const step = (POWERS[String(scale.json)] ?? 0) - (POWERS[symbol ?? ''] ?? 0)
    const numbers = own.map((it) => shifted(textOf(it.json), step))
    const fit = own.every((it, at) => faultOf(it.type, numbers[at] ?? '') === undefined)
    if (symbol === undefined || !fit || numbers.some((it) => it.replace(/\D/g, '').length > 24))
      continue
    fresh.set(scale.way, symbol)
    own.forEach((it, at) => fresh.set(it.way, numberJson(numbers[at] ?? '')))
  }
  return changed(json, { value: (it) => fresh.get(it.way) ?? it.json })
}

function textOf(json: Json): string {
  return numberText(json) ?? String(json)
}

function numberJson(text: string): Json {
  return isNumberText(text) ? numberOf(text) : text
}

/** The point moved to the right, exactly and without an exponent. */
function shifted(text: string, step: number): string {
  const { digits, exponent } = readDecimal(text) as Decimal
  const places = Math.max(0, -(exponent + step))
  const whole = digits * 10n ** BigInt(Math.max(0, exponent + step))
  const plain = String(whole < 0n ? -whole : whole).padStart(places + 1, '0')
  const cut = plain.length - places
  return `${whole < 0n ? '-' : ''}${plain.slice(0, cut)}${places > 0 ? `.${plain.slice(cut)}` : ''}`
}

/** Equal by exact arithmetic: 5 k and 5000. */
export function sameQuantity(a: Quantity, b: Quantity | undefined): boolean {
  const [left, right] = [valueOf(a), b === undefined ? undefined : valueOf(b)]
  return a.way === b?.way && right !== undefined && compareDecimals(left, right) === 0
}

function valueOf({ number, power }: Quantity): Decimal {
  const { digits, exponent } = readDecimal(number) as Decimal
  return { digits, exponent: exponent + power }
}
