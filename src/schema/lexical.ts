// Is this text a value of that simple type? One table row for each primitive, one for each facet.
// XML Schema Part 2 §3.2 (lexical spaces) and §4.3 (facets). Serves diagnostics, samples and mutants;
// the XSD engine decides acceptance.

import { normalize } from './builtins.ts'
import { LONGEST_JUDGED } from './decimal.ts'
import { facetFault } from './facets.ts'
import { isHeld } from './held-number.ts'
import type { Primitive, SimpleType } from './model.ts'
import { URI } from './uri-shape.ts'

/** Why a text is not a value of its type. */
export interface Fault {
  /** validation rule of XML Schema: `cvc-enumeration-valid` … */
  readonly rule: string
  /** what the type wants, for people */
  readonly expected: string
  /** of a name, the prefix that is not declared */
  readonly prefix?: string
}

/** The namespace that a prefix stands for where a value is; undefined for one that is not declared. */
export type Prefixes = (prefix: string) => string | undefined

const ZONE = '(Z|[+-](0\\d|1[0-3]):[0-5]\\d|[+-]14:00)?'
/** there is no year 0 (§3.2.7) */
const YEAR = '-?([1-9]\\d{3,}|0(?!000)\\d{3})'
const MONTH = '(0[1-9]|1[0-2])'
const DAY = '(0[1-9]|[12]\\d|3[01])'
const TIME = '(([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?|24:00:00(\\.0+)?)'
const FLOAT = '([+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?|-?INF|NaN)'

const NC_NAME = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_.·-]*'

/** the lexical space, and an example that people recognize */
const SHAPES: Readonly<Partial<Record<Primitive, readonly [RegExp, string]>>> = {
  boolean: [/^(true|false|1|0)$/, 'true or false'],
  decimal: [/^[+-]?(\d+(\.\d*)?|\.\d+)$/, 'a decimal number such as 12.50, with a point'],
  float: [new RegExp(`^${FLOAT}$`), 'a number such as 12.5 or 1.5E3, with a point'],
  double: [new RegExp(`^${FLOAT}$`), 'a number such as 12.5 or 1.5E3, with a point'],
  dateTime: [
    new RegExp(`^${YEAR}-${MONTH}-${DAY}T${TIME}${ZONE}$`),
    'a date and time such as 2026-07-14T16:30:00-05:00',
  ],
  date: [new RegExp(`^${YEAR}-${MONTH}-${DAY}${ZONE}$`), 'a date such as 2026-07-14'],
  time: [new RegExp(`^${TIME}${ZONE}$`), 'a time such as 16:30:00Z'],
  gYearMonth: [new RegExp(`^${YEAR}-${MONTH}${ZONE}$`), 'a year and month such as 2026-07'],
  gYear: [new RegExp(`^${YEAR}${ZONE}$`), 'a year such as 2026'],
  gMonthDay: [new RegExp(`^--${MONTH}-${DAY}${ZONE}$`), 'a month and day such as --07-14'],
  gMonth: [new RegExp(`^--${MONTH}${ZONE}$`), 'a month such as --07'],
  gDay: [new RegExp(`^---${DAY}${ZONE}$`), 'a day such as ---14'],
  duration: [
    /^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
    'a duration such as PT15M',
  ],
  hexBinary: [/^([0-9a-fA-F]{2})*$/, 'pairs of hexadecimal digits'],
  // Groups of four digits, blanks between any two; the last digit before `=` has no spare bits (§3.2.16).
  base64Binary: [
    /^(?:[A-Za-z0-9+/] ?[A-Za-z0-9+/] ?[A-Za-z0-9+/] ?[A-Za-z0-9+/] ?)*(?:[A-Za-z0-9+/] ?[AQgw] ?= ?=|[A-Za-z0-9+/] ?[A-Za-z0-9+/] ?[AEIMQUYcgkosw048] ?=)?$/,
    'base64 text',
  ],
  anyURI: [URI, 'a URI such as https://example.org/a%20b'],
  QName: [new RegExp(`^(${NC_NAME}:)?${NC_NAME}$`, 'u'), 'a name, with or without a prefix'],
}

/** What every value of a primitive type looks like, as a regular expression; undefined where any text will do. */
export function shapeOfValues(primitive: Primitive): RegExp | undefined {
  return SHAPES[primitive]?.[0]
}

/**
 * Undefined when `text` (as written, white space included) is a value of the type.
 * @param prefixes those around the value; without them no name is looked up
 */
export function faultOf(type: SimpleType, text: string, prefixes?: Prefixes): Fault | undefined {
  const value = normalize(type, text)
  if (type.variety === 'list') return listFault(type, value, prefixes)
  if (type.variety === 'union') return unionFault(type, value, prefixes)
  return (
    shapeFault(type, value) ??
    prefixFault(type, value, prefixes) ??
    facetOf(type, value, charactersIn(value))
  )
}

/** Characters of Unicode, of which some take two units of a JavaScript string. */
export function charactersIn(text: string): number {
  return SURROGATE.test(text) ? [...text].length : text.length
}

const SURROGATE = /[\ud800-\udfff]/

function listFault(type: SimpleType, value: string, prefixes?: Prefixes): Fault | undefined {
  const items = value === '' ? [] : value.split(' ')
  const item = type.item
  const bad =
    item === undefined
      ? undefined
      : items.map((it) => faultOf(item, it, prefixes)).find((it) => it !== undefined)
  return bad ?? facetOf(type, value, items.length)
}

/** The engine asks the members one by one, and a name without its prefix declared ends that. */
function unionFault(type: SimpleType, value: string, prefixes?: Prefixes): Fault | undefined {
  const members = type.members ?? []
  for (const it of members) {
    const fault = faultOf(it, value, prefixes)
    if (fault === undefined) return facetOf(type, value, charactersIn(value))
    if (fault.prefix !== undefined) return fault
  }
  return { rule: 'cvc-datatype-valid.1.2.3', expected: members.map(describe).join(', or ') }
}

function shapeFault(type: SimpleType, value: string): Fault | undefined {
  const shape = SHAPES[type.primitive]
  // Of megabytes, the XSD engine alone decides.
  if (shape === undefined || value.length > LONGEST_JUDGED) return undefined
  const { primitive } = type
  const right =
    shape[0].test(value) && (DAYS.has(primitive) ? isDay(value) : true) && isHeld(primitive, value)
  return right ? undefined : { rule: 'cvc-datatype-valid.1.2.1', expected: describe(type) }
}

/** A name means one of a namespace, which its prefix has to stand for (Part 2 §3.2.18). */
function prefixFault(
  { primitive }: SimpleType,
  value: string,
  prefixes?: Prefixes,
): Fault | undefined {
  if (primitive !== 'QName' || prefixes === undefined) return undefined
  const prefix = value.slice(0, Math.max(value.indexOf(':'), 0))
  if (prefixes(prefix) !== undefined) return undefined
  const expected = 'a name whose prefix is declared'
  return { rule: 'cvc-datatype-valid.1.2.1', expected, prefix }
}

const DAYS: ReadonlySet<Primitive> = new Set<Primitive>(['dateTime', 'date', 'gMonthDay'])

/** 31 June is no day (Part 2 §3.2.7.1); a day without a year may be the 29th of February. */
export function isDay(value: string): boolean {
  const found = /^(?:-?(\d+)|-)-(\d\d)-(\d\d)/.exec(value)
  if (found === null) return true
  const day = Number(found[3])
  const days = LENGTHS[Number(found[2]) - 1] ?? 0
  return days === 28 && day === 29 ? isLeap(Number(found[1] ?? 0)) : day <= days
}

/** of the months */
const LENGTHS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** A built-in derived type is better named than spelled out as the facets it is defined by. */
function facetOf(type: SimpleType, value: string, length: number): Fault | undefined {
  const found = facetFault(type, value, length)
  if (found === undefined) return undefined
  const { name, rule, expected } = found
  const named = (name === 'patterns' || name === 'fractionDigits') && BY_NAME.has(type.builtin)
  return { rule, expected: named ? describe(type) : expected }
}

const BY_NAME: ReadonlySet<string> = new Set([
  'integer',
  'long',
  'int',
  'short',
  'byte',
  'NCName',
  'Name',
  'NMTOKEN',
  'ID',
  'language',
  'positiveInteger',
  'nonNegativeInteger',
  'unsignedInt',
])

/** The type in words, with an example where the shape is not obvious. */
export function describe(type: SimpleType): string {
  if (type.facets.enumeration !== undefined) return `one of ${type.facets.enumeration.join(', ')}`
  const shape = SHAPES[type.primitive]
  if (type.builtin === 'integer' || type.builtin !== type.primitive)
    return DERIVED_WORDS[type.builtin] ?? type.builtin
  return shape?.[1] ?? 'text'
}

const DERIVED_WORDS: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  long: 'a whole number of at most 64 bits',
  int: 'a whole number of at most 32 bits',
  nonNegativeInteger: 'a whole number, 0 or more',
  positiveInteger: 'a whole number, 1 or more',
  normalizedString: 'text',
  token: 'text',
}
