// The built-in simple types of XML Schema, each as a restriction of another: one row a type.
// XML Schema Part 2 §3; only what changes the reading or the checking of text is kept.

import { splitKey } from './model.ts'
import type { ComplexType, Facets, Key, Primitive, SimpleType, Type } from './model.ts'

export const XSD_NS = 'http://www.w3.org/2001/XMLSchema'
export const XML_NS = 'http://www.w3.org/XML/1998/namespace'
export const XSI_NS = 'http://www.w3.org/2001/XMLSchema-instance'

const NAME = '[\\i-[:]][\\c-[:]]*'

/** name, base, facets */
const DERIVED: readonly (readonly [string, string, Facets])[] = [
  ['normalizedString', 'string', {}],
  ['token', 'normalizedString', {}],
  ['language', 'token', { patterns: [['[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*']] }],
  ['NMTOKEN', 'token', { patterns: [['\\c+']] }],
  ['Name', 'token', { patterns: [['\\i\\c*']] }],
  ['NCName', 'Name', { patterns: [[NAME]] }],
  ['ID', 'NCName', {}],
  ['IDREF', 'NCName', {}],
  ['ENTITY', 'NCName', {}],
  ['integer', 'decimal', { fractionDigits: 0, patterns: [['[\\-+]?[0-9]+']] }],
  ['nonPositiveInteger', 'integer', { maxInclusive: '0' }],
  ['negativeInteger', 'nonPositiveInteger', { maxInclusive: '-1' }],
  [
    'long',
    'integer',
    { minInclusive: '-9223372036854775808', maxInclusive: '9223372036854775807' },
  ],
  ['int', 'long', { minInclusive: '-2147483648', maxInclusive: '2147483647' }],
  ['short', 'int', { minInclusive: '-32768', maxInclusive: '32767' }],
  ['byte', 'short', { minInclusive: '-128', maxInclusive: '127' }],
  ['nonNegativeInteger', 'integer', { minInclusive: '0' }],
  ['unsignedLong', 'nonNegativeInteger', { maxInclusive: '18446744073709551615' }],
  ['unsignedInt', 'unsignedLong', { maxInclusive: '4294967295' }],
  ['unsignedShort', 'unsignedInt', { maxInclusive: '65535' }],
  ['unsignedByte', 'unsignedShort', { maxInclusive: '255' }],
  ['positiveInteger', 'nonNegativeInteger', { minInclusive: '1' }],
]

const PRIMITIVES: readonly Primitive[] = [
  'anySimpleType',
  'string',
  'boolean',
  'decimal',
  'float',
  'double',
  'duration',
  'dateTime',
  'time',
  'date',
  'gYearMonth',
  'gYear',
  'gMonthDay',
  'gDay',
  'gMonth',
  'hexBinary',
  'base64Binary',
  'anyURI',
  'QName',
  'NOTATION',
]

/** built-in list types and their items (NMTOKENS, IDREFS, ENTITIES) */
const LISTS: readonly (readonly [string, string])[] = [
  ['NMTOKENS', 'NMTOKEN'],
  ['IDREFS', 'IDREF'],
  ['ENTITIES', 'ENTITY'],
]

/** Every built-in simple type by its local name. */
export const BUILTINS: ReadonlyMap<string, SimpleType> = buildAll()

function buildAll(): Map<string, SimpleType> {
  const all = new Map<string, SimpleType>()
  for (const name of PRIMITIVES) all.set(name, primitive(name))
  for (const [name, base, facets] of DERIVED) all.set(name, derive(name, found(all, base), facets))
  for (const [name, item] of LISTS)
    all.set(name, list(name, found(all, item), found(all, 'anySimpleType')))
  return all
}

function found(all: ReadonlyMap<string, SimpleType>, name: string): SimpleType {
  const type = all.get(name)
  if (type === undefined)
    throw new Error(`the table of built-in types names ${name} before it defines it`)
  return type
}

function primitive(name: Primitive): SimpleType {
  const whiteSpace = name === 'string' || name === 'anySimpleType' ? 'preserve' : 'collapse'
  return {
    kind: 'simple',
    name,
    ns: XSD_NS,
    variety: 'atomic',
    primitive: name,
    builtin: name,
    whiteSpace,
    facets: {},
  }
}

function derive(name: string, base: SimpleType, facets: Facets): SimpleType {
  const whiteSpace =
    name === 'normalizedString' ? 'replace' : name === 'token' ? 'collapse' : base.whiteSpace
  const patterns = [...(base.facets.patterns ?? []), ...(facets.patterns ?? [])]
  const merged = { ...base.facets, ...facets, ...(patterns.length > 0 ? { patterns } : {}) }
  return { ...base, name, builtin: name, whiteSpace, facets: merged, base }
}

function list(name: string, item: SimpleType, base: SimpleType): SimpleType {
  return {
    ...base,
    name,
    builtin: name,
    variety: 'list',
    whiteSpace: 'collapse',
    facets: { minLength: 1 },
    item,
    base,
  }
}

/** xs:anyType: anything at all, checked only where something is known about it (lax). */
export const ANY_TYPE: ComplexType = {
  kind: 'complex',
  name: 'anyType',
  ns: XSD_NS,
  attributes: [],
  anyAttribute: { namespaces: { kind: 'any' }, process: 'lax' },
  content: {
    kind: 'particle',
    particle: {
      kind: 'any',
      namespaces: { kind: 'any' },
      process: 'lax',
      min: 0,
      max: Number.POSITIVE_INFINITY,
    },
  },
  mixed: true,
  abstract: false,
}

/** A built-in type by its qualified name; undefined for every other name. */
export function builtinType(name: Key): Type | undefined {
  const [ns, local] = splitKey(name)
  if (ns !== XSD_NS) return undefined
  return local === 'anyType' ? ANY_TYPE : BUILTINS.get(local)
}

/** Text as the type's whiteSpace facet makes the processor see it (Part 2 §4.3.6). */
export function normalize(type: SimpleType, text: string): string {
  if (type.whiteSpace === 'preserve' || !/\s/.test(text)) return text
  const replaced = text.replace(/[\t\n\r]/g, ' ')
  return type.whiteSpace === 'replace'
    ? replaced
    : replaced.replace(/ +/g, ' ').replace(/^ | $/g, '')
}
