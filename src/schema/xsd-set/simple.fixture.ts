// For tests only: simple types of generated schemas. Each has at least one value; together they use every built-in
// type and facet, in restrictions of restrictions, lists and unions.

import type { Random } from '../random.ts'

/** A simple type that has been made, and how others use it. */
export interface SimpleMade {
  /** as in `type="…"`: `xs:int`, or a placeholder of xsd-set.fixture.ts */
  readonly ref: string
  readonly variety: 'atomic' | 'list' | 'union'
  /** values that hold whatever facets it has */
  readonly values: readonly string[]
  /** an item of a list may not be a list, or a union that holds one */
  readonly item: boolean
}

/** built-in type, values that break none of the facets, and facets to be added step by step */
type Row = readonly [base: string, values: readonly string[], ...steps: string[]]

const bounds = (from: string, to: string) =>
  `<xs:minInclusive value="${from}"/><xs:maxInclusive value="${to}"/>`
const inside = (from: string, to: string) =>
  `<xs:minExclusive value="${from}"/><xs:maxExclusive value="${to}"/>`
const pattern = (...texts: readonly string[]) =>
  texts.map((it) => `<xs:pattern value="${it}"/>`).join('')
const enumeration = (...texts: readonly string[]) =>
  texts.map((it) => `<xs:enumeration value="${it}"/>`).join('')
const length = (least: number, most: number) =>
  `<xs:minLength value="${least}"/><xs:maxLength value="${most}"/>`
const whole = (from: string, to: string): readonly string[] => [
  bounds(from, to),
  '<xs:totalDigits value="3"/>',
]

const ROWS: readonly Row[] = [
  ['string', ['AB', 'ABC'], length(2, 9), pattern('[A-Z]+'), enumeration('AB', 'ABC', 'CDE')],
  ['string', ['12-34', '12-99'], pattern('\\d{2}-\\d{2}'), pattern('12.*', '99.*', '\\p{Lu}+')],
  ['string', ['b', 'c'], '<xs:length value="1"/>', pattern('[a-z-[aeiou]]')],
  [
    'string',
    ['a b', 'c'],
    '<xs:whiteSpace value="replace"/>',
    '<xs:whiteSpace value="collapse"/><xs:maxLength value="5"/>',
  ],
  ['normalizedString', ['two words'], '<xs:maxLength value="20"/>', pattern('[^!]*')],
  ['token', ['tok en', 'x'], length(1, 12), enumeration('tok en', 'x')],
  ['language', ['en', 'de-AT'], pattern('[a-z].*')],
  ['NMTOKEN', ['n.1', '1'], '<xs:maxLength value="9"/>'],
  ['Name', ['name'], '<xs:maxLength value="9"/>', pattern('\\i\\c*')],
  ['NCName', ['nc-1'], '<xs:minLength value="2"/>'],
  ['anyURI', ['urn:a', 'urn:b:c'], '<xs:maxLength value="40"/>', pattern('urn:.*')],
  ['boolean', ['true', 'false'], pattern('true|false')],
  [
    'decimal',
    ['1.5', '2.25'],
    '<xs:totalDigits value="5"/>',
    '<xs:fractionDigits value="2"/>',
    inside('1', '10.5'),
    enumeration('1.5', '2.25'),
  ],
  ['float', ['1.5', '2E0'], inside('0', '100.5'), bounds('1', '50')],
  ['double', ['1.5', '2'], bounds('-1E3', '1E3'), pattern('[0-9.]+')],
  ['integer', ['7', '12'], ...whole('-100', '100'), enumeration('7', '12')],
  ['nonPositiveInteger', ['-7', '0'], ...whole('-100', '0')],
  ['negativeInteger', ['-7'], ...whole('-100', '-1')],
  ['long', ['7'], ...whole('0', '900')],
  ['int', ['7'], ...whole('0', '900')],
  ['short', ['7'], ...whole('0', '900')],
  ['byte', ['7'], ...whole('-7', '99')],
  ['nonNegativeInteger', ['7'], ...whole('0', '900')],
  ['unsignedLong', ['7'], ...whole('0', '900')],
  ['unsignedInt', ['7'], ...whole('0', '900')],
  ['unsignedShort', ['7'], ...whole('0', '900')],
  ['unsignedByte', ['7'], ...whole('0', '200')],
  ['positiveInteger', ['7'], inside('1', '900'), '<xs:fractionDigits value="0"/>'],
  ['duration', ['PT15M', 'PT1H'], bounds('PT1M', 'P1D')],
  ['dateTime', ['2026-07-14T16:30:00Z'], bounds('2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z')],
  ['time', ['16:30:00Z'], inside('00:00:01Z', '23:00:00Z')],
  ['date', ['2026-07-14'], bounds('2026-01-01', '2026-12-31')],
  ['gYearMonth', ['2026-07'], bounds('2026-01', '2027-01')],
  ['gYear', ['2026'], bounds('2000', '2100')],
  ['gMonthDay', ['--07-14'], bounds('--01-02', '--12-30')],
  ['gDay', ['---14'], bounds('---02', '---20')],
  ['gMonth', ['--07'], bounds('--02', '--11')],
  ['hexBinary', ['0AFF'], '<xs:length value="2"/>', enumeration('0AFF', '0000')],
  ['base64Binary', ['SGVsbG8='], '<xs:maxLength value="6"/>'],
  ['NMTOKENS', ['a b', 'c'], length(1, 3)],
]

/** One of the built-in types; names and identities have no row, see parts.fixture.ts. */
export function builtIn(random: Random): SimpleMade {
  const [base, values] = random.pick(ROWS) as Row
  const list = base === 'NMTOKENS'
  return { ref: `xs:${base}`, variety: list ? 'list' : 'atomic', values, item: !list }
}

/** Content of a new xs:simpleType, and what it is like; the types made before may be its base, items or members. */
export function simpleBody(
  random: Random,
  before: readonly SimpleMade[],
): Omit<SimpleMade, 'ref'> & { readonly body: string } {
  const items = [...before.filter((it) => it.item), builtIn(random), builtIn(random)].filter(
    (it) => it.item && it.values.every((value) => /^\S+$/.test(value)),
  )
  const kind = random.below(10)
  if (kind < 2 && items.length > 0) return list(random, random.pick(items) as SimpleMade)
  if (kind < 4) return union(random, [...before, builtIn(random), builtIn(random)])
  return chain(random, random.pick(ROWS) as Row)
}

/** Steps of restriction, each an anonymous type in the next. */
function chain(random: Random, [base, values, ...steps]: Row) {
  const deep = 1 + random.below(steps.length)
  const body = steps.slice(0, deep).reduce((inner, facets) => {
    const from = inner === '' ? ` base="xs:${base}"` : ''
    const type = inner === '' ? '' : `<xs:simpleType>${inner}</xs:simpleType>`
    return `<xs:restriction${from}>${type}${facets}</xs:restriction>`
  }, '')
  const list = base === 'NMTOKENS'
  return { body, values, variety: list ? ('list' as const) : ('atomic' as const), item: !list }
}

function list(random: Random, item: SimpleMade) {
  const [one = '', two = one] = item.values
  const body = `<xs:list itemType="${item.ref}"/>`
  const values = [`${one} ${two}`, `${two} ${one}`]
  const facets = random.pick([
    '',
    '<xs:length value="2"/>',
    length(1, 3),
    enumeration(...values),
    pattern('\\S+ \\S+'),
  ])
  const restricted = `<xs:restriction><xs:simpleType>${body}</xs:simpleType>${facets}</xs:restriction>`
  return { body: facets === '' ? body : restricted, values, variety: 'list' as const, item: false }
}

function union(random: Random, from: readonly SimpleMade[]) {
  const members = random.shuffled(from).slice(0, 2)
  const inline = random.chance(0.3)
    ? '<xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="none"/></xs:restriction></xs:simpleType>'
    : ''
  const body = `<xs:union memberTypes="${members.map((it) => it.ref).join(' ')}">${inline}</xs:union>`
  const values = members.flatMap((it) => it.values.slice(0, 1))
  const listed = random.chance(0.2)
  const restricted = `<xs:restriction><xs:simpleType>${body}</xs:simpleType>${enumeration(...new Set(values))}</xs:restriction>`
  return {
    body: listed ? restricted : body,
    values,
    variety: 'union' as const,
    item: members.every((it) => it.item),
  }
}
