// JSON Schema of simple values. A value may always be a string with the XML text; numbers and booleans may be
// JSON literals, too. What JSON Schema cannot say of a string (the bounds of a number in quotes, digits, days of a
// month, white space that XML collapses) is left to the XSD.

import type { Json, JsonObject } from '../json-text.ts'
import { shapeOfValues } from '../lexical.ts'
import type { Facets, Primitive, SimpleType } from '../model.ts'
import { portablePattern } from '../pattern/pattern.ts'

const NUMBERS: ReadonlySet<Primitive> = new Set<Primitive>(['decimal', 'float', 'double'])

/** A value of this type as CIM-JSON has it. */
export function valueSchema(type: SimpleType): JsonObject {
  if (type.variety !== 'atomic' && type.facets.enumeration !== undefined)
    return { enum: type.facets.enumeration.flatMap(literals) }
  if (type.variety === 'union')
    return { anyOf: (type.members ?? []).map(valueSchema), ...patterns(type.facets, undefined) }
  if (type.variety === 'list') return { type: 'string', ...patterns(type.facets, undefined) }
  if (type.primitive === 'anySimpleType') return { type: ['string', 'number', 'boolean'] }
  if (type.primitive === 'boolean')
    return { type: ['boolean', 'string'], pattern: spaced('true|false|1|0') }
  return NUMBERS.has(type.primitive) ? numberSchema(type) : textSchema(type)
}

/** A listed text, and the JSON literal that is written as this text. */
function literals(text: string): readonly Json[] {
  if (text === 'true' || text === 'false') return [text, text === 'true']
  return String(Number(text)) === text && Number.isFinite(Number(text))
    ? [text, Number(text)]
    : [text]
}

function textSchema(type: SimpleType): JsonObject {
  const { facets } = type
  if (facets.enumeration !== undefined) return { type: 'string', enum: facets.enumeration }
  const shape = type.primitive === 'QName' ? QNAME : shapeOfValues(type.primitive)?.source
  return { type: 'string', ...lengths(type), ...patterns(facets, shape) }
}

/** `{namespace}name`, because a prefix means nothing in JSON, but for the one that is always declared. */
const QNAME = '^(\\{[^}]*\\}|xml:)?[\\p{L}_][\\p{L}\\p{N}\\p{M}_.·-]*$'

function lengths({ primitive, facets }: SimpleType): JsonObject {
  if (primitive === 'base64Binary') return {}
  const unit = primitive === 'hexBinary' ? 2 : 1
  const { length, minLength = length, maxLength = length } = facets
  return {
    ...(minLength === undefined ? {} : { minLength: minLength * unit }),
    ...(maxLength === undefined ? {} : { maxLength: maxLength * unit }),
  }
}

/**
 * One `pattern`, or several under `allOf`: each restriction step adds one.
 * @param around what each is put into
 */
function patterns(
  facets: Facets,
  shape: string | undefined,
  around: (pattern: string) => string = (it) => it,
): JsonObject {
  const steps = (facets.patterns ?? []).map((step) => step.map(portablePattern))
  const known = steps.filter((step) => step.every((it) => it !== undefined))
  const own = known.map((step) => step.map(around).join('|'))
  const all = [...(shape === undefined ? [] : [shape]), ...own]
  const [only] = all
  if (only === undefined) return {}
  return all.length === 1 ? { pattern: only } : { allOf: all.map((pattern) => ({ pattern })) }
}

function numberSchema(type: SimpleType): JsonObject {
  const { facets } = type
  if (facets.enumeration !== undefined)
    return { enum: facets.enumeration.flatMap((it): Json[] => [it, Number(it)]) }
  const whole = facets.fractionDigits === 0
  const shape = whole ? wholePattern(facets) : type.primitive === 'decimal' ? DECIMAL : FLOAT
  // The first pattern of an integer is the one that defines it.
  const own = whole ? (facets.patterns ?? []).slice(1) : (facets.patterns ?? [])
  return {
    type: [whole ? 'integer' : 'number', 'string'],
    ...bounds(facets),
    ...patterns({ patterns: own }, spaced(shape), (it) => spaced(it.slice(1, -1))),
  }
}

const DECIMAL = '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)'
const FLOAT = `${DECIMAL}([eE][+-]?[0-9]+)?|-?INF|NaN`

/** A sign can be told from a string. */
function wholePattern({ minInclusive: low, maxInclusive: high }: Facets): string {
  if (low === '1') return '\\+?0*[1-9][0-9]*'
  if (high === '-1') return '-0*[1-9][0-9]*'
  if (low === '0') return '\\+?[0-9]+|-0+'
  return high === '0' ? '-[0-9]+|\\+?0+' : '[+-]?[0-9]+'
}

/** White space around a value is no part of it (whiteSpace = collapse). */
function spaced(pattern: string): string {
  return `^[ \\t\\n\\r]*(?:${pattern})[ \\t\\n\\r]*$`
}

const BOUNDS = [
  ['minInclusive', 'minimum'],
  ['maxInclusive', 'maximum'],
  ['minExclusive', 'exclusiveMinimum'],
  ['maxExclusive', 'exclusiveMaximum'],
] as const

/** Bounds that a JavaScript number holds exactly; 64-bit ones are left to the XSD. */
function bounds(facets: Facets): JsonObject {
  const made = BOUNDS.map(([facet, word]) => [word, Number(facets[facet] ?? Number.NaN)] as const)
  return Object.fromEntries([...made, ...digitBounds(facets)].filter(([, it]) => isExact(it)))
}

function isExact(it: number): boolean {
  return Number.isFinite(it) && Math.abs(it) <= Number.MAX_SAFE_INTEGER
}

/** Of three digits in all, the number is below a thousand. */
function digitBounds({ totalDigits, minExclusive, maxExclusive }: Facets) {
  if (totalDigits === undefined) return []
  const beyond = 10 ** totalDigits
  return [
    ['exclusiveMinimum', Math.max(-beyond, Number(minExclusive ?? -beyond))],
    ['exclusiveMaximum', Math.min(beyond, Number(maxExclusive ?? beyond))],
  ] as const
}
