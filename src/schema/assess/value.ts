// Is a text surely a value of a simple type, surely none, or is it for the XSD engine to say? What is sure is what
// the recommendation says and no engine disputes; years of six digits, strange URIs and the like are not.

import { BUILTINS, normalize } from '../builtins.ts'
import { BOUNDS, facetFault } from '../facets.ts'
import type { FacetFault } from '../facets.ts'
import { charactersIn, isDay } from '../lexical.ts'
import type { Facets, SimpleType } from '../model.ts'
import { matches } from '../pattern/match.ts'

/** An answer that need not be asked of the XSD engine, or that it has to be asked. */
export type Answer = typeof RIGHT | typeof WRONG | typeof UNSURE
export const RIGHT = 1
export const WRONG = 2
export const UNSURE = 3

/** Judges a text as written. */
export type ValueCheck = (text: string) => Answer

/** What is surely in the lexical space, and what alone may be in it. */
interface Row {
  readonly right: RegExp
  readonly maybe?: RegExp
  /** days have to exist */
  readonly day?: true
}

const YEAR = '[1-9]\\d{3}'
const MONTH_DAY = '(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])'
/** A day that each year has. */
const DAY_OF_YEAR =
  '(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)'
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?'
const ZONE = '(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d)?'
const WHOLE: Row = { right: /^[+-]?\d{1,15}$/, maybe: /^[-+.\d\s]+$/ }
/** Part 2 §3.3.21 to 24: digits alone, which not every engine asks for */
const UNSIGNED: Row = { right: /^\d{1,15}$/, maybe: /^[-+.\d\s]+$/ }
const REAL: Row = {
  right: /^[+-]?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,2})?$/,
  maybe: /^[-+.\deEINFa\s]+$/,
}

/** By built-in type; what is not listed is never sure. */
const ROWS: Readonly<Record<string, Row>> = {
  boolean: { right: /^(?:true|false|0|1)$/, maybe: /^\s*(?:true|false|0|1)\s*$/ },
  // No more than 24 digits: so many every engine takes, of a fraction written out in full, too.
  decimal: { right: /^[+-]?(?:\d{1,15}(?:\.\d{1,9})?|\d{1,3}\.\d{10,21})$/, maybe: /^[-+.\d\s]+$/ },
  ...Object.fromEntries(
    wholeNumbers().map((it) => [it, it.startsWith('unsigned') ? UNSIGNED : WHOLE]),
  ),
  float: REAL,
  double: REAL,
  dateTime: {
    right: new RegExp(`^${YEAR}-${MONTH_DAY}T${TIME}${ZONE}$`),
    maybe: /^[-+.:\dTZ\s]+$/,
    day: true,
  },
  date: { right: new RegExp(`^${YEAR}-${MONTH_DAY}${ZONE}$`), maybe: /^[-+:\dZ\s]+$/, day: true },
  time: { right: new RegExp(`^${TIME}${ZONE}$`), maybe: /^[-+.:\dZ\s]+$/ },
  gMonthDay: { right: new RegExp(`^--${DAY_OF_YEAR}${ZONE}$`), maybe: /^[-+:\dZ\s]+$/ },
  duration: {
    right:
      /^P(?=.)(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}D)?(?:T(?=.)(?:\d{1,5}H)?(?:\d{1,5}M)?(?:\d{1,6}(?:\.\d{1,6})?S)?)?$/,
    maybe: /^[-.\dPYMDTHS\s]+$/,
  },
  hexBinary: { right: /^(?:[\dA-Fa-f]{2})+$/ },
  anyURI: {
    right:
      /^(?:urn:[A-Za-z0-9][A-Za-z0-9:._-]*|https?:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9._~\/-]*)?)$/,
  },
  language: { right: /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/ },
  Name: { right: /^[A-Za-z_][\w.-]*$/ },
  NCName: { right: /^[A-Za-z_][\w.-]*$/ },
  NMTOKEN: { right: /^[\w.-]+$/ },
}

/** xs:integer and all that are derived from it. */
function wholeNumbers(): readonly string[] {
  const all = [...BUILTINS.values()].filter((it) => it.primitive === 'decimal')
  return all.map((it) => it.name).filter((it) => it !== 'decimal')
}

const TEXTS: ReadonlySet<string> = new Set(['anySimpleType', 'string', 'normalizedString', 'token'])

const checks = new WeakMap<SimpleType, { readonly check: ValueCheck | undefined }>()

/** How texts of a type are judged; undefined where every text is right. */
export function valueCheck(type: SimpleType): ValueCheck | undefined {
  const known = checks.get(type)
  if (known !== undefined) return known.check
  const check = makeCheck(type)
  checks.set(type, { check })
  return check
}

const NEVER_SURE: ValueCheck = () => UNSURE

function makeCheck(type: SimpleType): ValueCheck | undefined {
  if (type.variety === 'union') return unionCheck(type)
  if (type.variety === 'list') return NEVER_SURE
  return TEXTS.has(type.builtin) ? textCheck(type) : literalCheck(type)
}

/** One member that surely takes it is enough. */
function unionCheck({ facets, members = [] }: SimpleType): ValueCheck {
  if (Object.keys(facets).length > 0) return NEVER_SURE
  const all = members.map(valueCheck)
  return (text) => (all.some((it) => it === undefined || it(text) === RIGHT) ? RIGHT : UNSURE)
}

/** Facets of which it is sure, too, that they are broken. */
const SURE_OF_TEXT: readonly FacetName[] = ['enumeration', 'length', 'minLength', 'maxLength']
type FacetName = keyof Facets

function textCheck(type: SimpleType): ValueCheck | undefined {
  const { facets, whiteSpace } = type
  if (whiteSpace === 'preserve' && Object.keys(facets).length === 0) return undefined
  // Whether what is listed is folded depends on where in the derivation it stands.
  if (facets.enumeration?.some((it) => normalize(type, it) !== it)) return NEVER_SURE
  const hold = patternsHold(facets.patterns ?? [])
  return (text) => {
    if (normalize(type, text) !== text || !hold(text)) return UNSURE
    return answerOf(facetFault(type, text, charactersIn(text)), SURE_OF_TEXT)
  }
}

/** True where each step surely takes the text; engines think differently of what repeats nothing. */
function patternsHold(steps: NonNullable<Facets['patterns']>): (text: string) => boolean {
  return (text) =>
    steps.every((it) => it.some((one) => !one.includes('()') && matches(one, text) === true))
}

function literalCheck(type: SimpleType): ValueCheck {
  const row = ROWS[type.builtin]
  if (row === undefined || !isComparable(type, row)) return NEVER_SURE
  const { right, maybe, day } = row
  const sure = type.primitive === 'decimal' ? BOUNDS : []
  const hasFacets = Object.keys(type.facets).length > 0
  const hold = patternsHold(ownPatterns(type))
  return (text) => {
    if (!right.test(text)) return maybe === undefined || maybe.test(text) ? UNSURE : WRONG
    if ((day && !isDay(text)) || !hold(text)) return UNSURE
    return hasFacets ? answerOf(facetFault(type, text, text.length), sure) : RIGHT
  }
}

/** Behind those of the built-in type, which its row stands for. */
function ownPatterns({ builtin, facets }: SimpleType): NonNullable<Facets['patterns']> {
  return (facets.patterns ?? []).slice(BUILTINS.get(builtin)?.facets.patterns?.length ?? 0)
}

/** Bounds and lists of numbers, plainly written; of dates and the like, engines are known to differ. */
function isComparable({ primitive, facets }: SimpleType, { right }: Row): boolean {
  const listed = facets.enumeration ?? []
  const bounds = BOUNDS.map((it) => facets[it]).filter((it) => it !== undefined)
  if (primitive !== 'decimal') return listed.length + bounds.length === 0
  return [...listed, ...bounds].every((it) => right.test(it) || NUMBER.test(it))
}

/** The bounds of the built-in types have up to 20 digits. */
const NUMBER = /^-?\d{1,20}$/

function answerOf(fault: FacetFault | undefined, sure: readonly FacetName[]): Answer {
  if (fault === undefined) return RIGHT
  return sure.includes(fault.name) ? WRONG : UNSURE
}
