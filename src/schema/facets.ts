// The facets that restrict a simple type, one row each (XML Schema Part 2 §4.3), and equality by value.

import { normalize } from './builtins.ts'
import { compareDecimals, digitsOf, readDecimal, sameNumber } from './decimal.ts'
import type { Facets, Primitive, SimpleType } from './model.ts'
import { matches } from './pattern/match.ts'
import { compareTemporal } from './temporal.ts'

/** Facets that hold values within bounds. */
export const BOUNDS = ['minInclusive', 'maxInclusive', 'minExclusive', 'maxExclusive'] as const

/** A facet that a value breaks. */
export interface FacetFault {
  readonly name: keyof Facets
  readonly rule: string
  /** what the facet wants, for people */
  readonly expected: string
}

/**
 * The first facet that a value breaks.
 * @param value white space normalized
 * @param length in characters, or in items of a list
 */
export function facetFault(
  type: SimpleType,
  value: string,
  length: number,
): FacetFault | undefined {
  const broken = rowsOf(type.facets).find(
    (row) => !row[1](type.facets[row[0]] as never, value, sizeOf(type, value, length), type),
  )
  if (broken === undefined) return undefined
  const [name, , rule, say] = broken
  return { name, rule, expected: say(type.facets[name] as never) }
}

/** The rows of the facets that a type has, which are few or none. */
function rowsOf(facets: Facets): typeof FACETS {
  const known = rows.get(facets)
  if (known !== undefined) return known
  const made = FACETS.filter(([name]) => facets[name] !== undefined)
  rows.set(facets, made)
  return made
}

const rows = new WeakMap<Facets, typeof FACETS>()

type FacetCheck = (limit: never, value: string, length: number, type: SimpleType) => boolean

/** each facet: how it is checked, its rule, and how it is said */
const FACETS: readonly (readonly [keyof Facets, FacetCheck, string, (limit: never) => string])[] = [
  [
    'enumeration',
    (list: readonly string[], value, _, type) => isListed(list, value, type),
    'cvc-enumeration-valid',
    (list: readonly string[]) => `one of ${list.join(', ')}`,
  ],
  [
    'patterns',
    (steps: readonly (readonly string[])[], value) =>
      steps.every((it) => it.some((text) => matches(text, value) ?? true)),
    'cvc-pattern-valid',
    (steps: readonly (readonly string[])[]) =>
      `text that matches ${steps.map((it) => it.join(' or ')).join(' and ')}`,
  ],
  [
    'length',
    (limit: number, _, length) => length === limit,
    'cvc-length-valid',
    (limit: number) => `a length of exactly ${limit}`,
  ],
  [
    'minLength',
    (limit: number, _, length) => length >= limit,
    'cvc-minLength-valid',
    (limit: number) => `a length of at least ${limit}`,
  ],
  [
    'maxLength',
    (limit: number, _, length) => length <= limit,
    'cvc-maxLength-valid',
    (limit: number) => `a length of at most ${limit}`,
  ],
  [
    'minInclusive',
    (limit: string, value, _, type) => compare(type, value, limit, (it) => it >= 0),
    'cvc-minInclusive-valid',
    (limit: string) => `${limit} or more`,
  ],
  [
    'maxInclusive',
    (limit: string, value, _, type) => compare(type, value, limit, (it) => it <= 0),
    'cvc-maxInclusive-valid',
    (limit: string) => `${limit} or less`,
  ],
  [
    'minExclusive',
    (limit: string, value, _, type) => compare(type, value, limit, (it) => it > 0),
    'cvc-minExclusive-valid',
    (limit: string) => `more than ${limit}`,
  ],
  [
    'maxExclusive',
    (limit: string, value, _, type) => compare(type, value, limit, (it) => it < 0),
    'cvc-maxExclusive-valid',
    (limit: string) => `less than ${limit}`,
  ],
  [
    'totalDigits',
    (limit: number, value) => digitsOf(value).total <= limit,
    'cvc-totalDigits-valid',
    (limit: number) => `at most ${limit} digits`,
  ],
  [
    'fractionDigits',
    (limit: number, value) => digitsOf(value).fraction <= limit,
    'cvc-fractionDigits-valid',
    (limit: number) => `at most ${limit} digits after the point`,
  ],
]

/**
 * What facets want, for people; enumerations are left out, they are lists.
 * @param known facets that go without saying: those of the built-in type
 */
export function facetTexts(facets: Facets, known: Facets = {}): readonly string[] {
  return FACETS.filter(([name]) => name !== 'enumeration').flatMap(([name, , , say]) => {
    const limit = name === 'patterns' ? ownPatterns(facets, known) : facets[name]
    return limit === undefined || limit === known[name] ? [] : [say(limit as never)]
  })
}

/** Each restriction adds its patterns behind those of its base. */
function ownPatterns(facets: Facets, known: Facets): Facets['patterns'] {
  const own = (facets.patterns ?? []).slice(known.patterns?.length ?? 0)
  return own.length === 0 ? undefined : own
}

function sizeOf(type: SimpleType, value: string, length: number): number {
  if (type.primitive === 'hexBinary') return value.length / 2
  if (type.primitive !== 'base64Binary') return length
  const digits = value.replace(/[ =]/g, '').length
  return Math.floor((digits * 3) / 4)
}

function isListed(list: readonly string[], value: string, type: SimpleType): boolean {
  const known = sets.get(list) ?? new Set(list)
  sets.set(list, known)
  if (known.has(value)) return true
  // A text is equal to nothing else; of a hundred thousand, each has been looked at.
  return !isText(type, list) && list.some((it) => sameValue(type, value, it))
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

function isText({ variety, primitive, whiteSpace }: SimpleType, list: readonly string[]): boolean {
  const plain = variety === 'atomic' && (primitive === 'string' || primitive === 'anyURI')
  return plain && (whiteSpace === 'preserve' || list.length > MOST_COMPARED)
}

/** values of a list that are compared one by one, white space folded */
const MOST_COMPARED = 1000

/** Equal by value: `1.0` is fixed as `1`, and white space counts only where the type keeps it. */
export function sameValue(type: SimpleType, a: string, b: string): boolean {
  const [left, right] = [normalize(type, a), normalize(type, b)]
  if (left === right) return true
  if (type.variety !== 'atomic') return false
  const { primitive } = type
  if (primitive === 'boolean') return TRUE.includes(left) === TRUE.includes(right)
  if (primitive === 'hexBinary') return left.toLowerCase() === right.toLowerCase()
  if (primitive === 'decimal') return sameNumber(left, right)
  if (FLOATS.has(primitive)) return compareFloats(primitive, left, right) === 0
  return compareTemporal(primitive, left, right) === 0
}

const TRUE: readonly string[] = ['true', '1']
const FLOATS: ReadonlySet<Primitive> = new Set<Primitive>(['float', 'double'])

/** What cannot be read is left to the XSD engine; what has no order breaks every bound (Part 2 §4.3.7). */
function compare(
  { primitive }: SimpleType,
  value: string,
  limit: string,
  holds: (order: number) => boolean,
): boolean {
  const order =
    primitive === 'decimal'
      ? compareTexts(value, limit)
      : FLOATS.has(primitive)
        ? compareFloats(primitive, value, limit)
        : compareTemporal(primitive, value, limit)
  return order === undefined || holds(order)
}

function compareTexts(a: string, b: string): number | undefined {
  const [left, right] = [readDecimal(a), readDecimal(b)]
  return left === undefined || right === undefined ? undefined : compareDecimals(left, right)
}

/**
 * By the values of 64 bits that the texts stand for, or of 32: 1E-400 is 0, and so is 1E-50 as a float (Part 2 §3.2.4,
 * §3.2.5). NaN is equal to itself, and as a limit or value ordered with nothing, so no bound holds for it.
 */
function compareFloats(primitive: Primitive, a: string, b: string): number | undefined {
  if (a === b) return 0
  if (a === 'NaN' || b === 'NaN') return Number.NaN
  const [left, right] = [readFloat(primitive, a), readFloat(primitive, b)]
  return left === undefined || right === undefined ? undefined : Math.sign(left - right)
}

/** Infinity less infinity is no number; the largest ones are far enough apart from all others. */
function readFloat(primitive: Primitive, text: string): number | undefined {
  if (text === 'INF') return Number.MAX_VALUE
  if (text === '-INF') return -Number.MAX_VALUE
  const value = primitive === 'float' ? Math.fround(Number(text)) : Number(text)
  return text === '' || Number.isNaN(value)
    ? undefined
    : Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE)
}
