// Mistakes in a single value, each with the rule that names it: off the list, of another type, beyond a facet.
// XML Schema Part 2 §4.1.4 and §4.3.

import { readDecimal } from '../decimal.ts'
import { faultOf } from '../lexical.ts'
import type { Facets, Primitive, SimpleType } from '../model.ts'
import type { Broken, Operator } from './content.ts'
import type { Site } from './sites.ts'
import { beside, edited, withChildren, withText } from './tree.ts'
import type { Element } from '../../envelope/element.ts'
import type { XsdRule } from '../xsd-rules.ts'

/** What people write where a value of that type is due. */
const OTHER_TYPE: Readonly<Partial<Record<Primitive, string>>> = {
  boolean: 'yes',
  decimal: '12,5',
  float: '1.5 kW',
  double: '1.5 kW',
  dateTime: '14-07-2026 16:30',
  date: '14/07/2026',
  time: '4 pm',
  duration: '15 minutes',
  gYear: "'26",
  gYearMonth: 'July 2026',
  hexBinary: 'XYZ',
  base64Binary: 'A',
  anyURI: 'http://host:port/path',
}

/** a value just beyond each facet; empty where there is none */
const BEYOND: { readonly [F in keyof Facets]-?: (limit: never) => readonly string[] } = {
  enumeration: (list: readonly string[]) => ['not on the list', (list[0] ?? '').toUpperCase()],
  patterns: () => ['¿', '1.5', '-'],
  length: (limit: number) => run('x', limit + 1),
  minLength: (limit: number) => (limit > 0 ? run('x', limit - 1) : []),
  maxLength: (limit: number) => run('x', limit + 1),
  minInclusive: (limit: string) => beyond(limit, -1n),
  maxInclusive: (limit: string) => beyond(limit, 1n),
  minExclusive: (limit: string) => [limit],
  maxExclusive: (limit: string) => [limit],
  totalDigits: (limit: number) => run('1', limit + 1),
  fractionDigits: (limit: number) => run('1', limit + 1).map((it) => `0.${it}`),
}

/** Longest value that is made on purpose, in characters. */
const MOST_LENGTH = 10_000

function run(character: string, length: number): readonly string[] {
  return length > MOST_LENGTH ? [] : [character.repeat(length)]
}

/** Bounds of dates are left out: only whole and decimal numbers have a next one. */
function beyond(limit: string, step: bigint): readonly string[] {
  const it = readDecimal(limit)
  return it === undefined || it.exponent !== 0 ? [] : [String(it.digits + step)]
}

/** Mistakes in values. */
export const VALUE_OPERATORS: readonly Operator[] = [
  { name: 'wrong-type', apply: (root, site) => values(root, site, wrongType) },
  { name: 'beyond-facet', apply: (root, site) => values(root, site, beyondFacets) },
  { name: 'empty', apply: (root, site) => values(root, site, empty) },
  { name: 'child-in-value', apply: childInValue },
  { name: 'wrong-attribute', apply: wrongAttribute },
]

/** A bad value and the rule that it breaks. */
type Bad = readonly [text: string, rule: string]

function values(
  root: Element,
  site: Site,
  make: (type: SimpleType, site: Site) => readonly Bad[],
): readonly Broken[] {
  const { place, decl, element } = site
  const type = textTypeOf(site)
  if (type === undefined || type.variety !== 'atomic' || decl.fixed !== undefined) return []
  return make(type, site).map(([text, rule]) => ({
    subject: element.name,
    root: edited(root, place, (it) => withText(it, text)),
    due: [{ rule, place }],
  }))
}

function textTypeOf({ decl, shape }: Site): SimpleType | undefined {
  return decl.type.kind === 'simple' ? decl.type : shape?.text
}

function wrongType(type: SimpleType): readonly Bad[] {
  const text = OTHER_TYPE[type.primitive]
  return text === undefined ? [] : kept(type, [text], 'cvc-datatype-valid.1.2.1')
}

function beyondFacets(type: SimpleType): readonly Bad[] {
  const names = Object.keys(BEYOND) as (keyof Facets)[]
  return names.flatMap((name) => {
    const limit = type.facets[name]
    if (limit === undefined) return []
    const rule = `cvc-${name === 'patterns' ? 'pattern' : name}-valid`
    return kept(type, BEYOND[name](limit as never), rule).slice(0, name === 'enumeration' ? 2 : 1)
  })
}

function empty(type: SimpleType, { decl }: Site): readonly Bad[] {
  const rule = faultOf(type, '')?.rule
  return rule === undefined || decl.default !== undefined ? [] : [['', rule]]
}

/** Every bad value that is known for a type, with the rule that it breaks; none for lists and unions. */
export function badValues(type: SimpleType): readonly Bad[] {
  return type.variety === 'atomic' ? [...wrongType(type), ...beyondFacets(type)] : []
}

/** Texts that break this very rule, whatever other facets the type has. */
function kept(type: SimpleType, texts: readonly string[], rule: string): readonly Bad[] {
  return texts.filter((it) => faultOf(type, it)?.rule === rule).map((it) => [it, rule])
}

function childInValue(root: Element, site: Site): readonly Broken[] {
  const { place, element, shape } = site
  if (textTypeOf(site) === undefined) return []
  const rule: XsdRule = shape === undefined ? 'cvc-type.3.1.2' : 'cvc-complex-type.2.2'
  const broken = edited(root, place, (it) => withChildren(it, [beside(it, 'value', it.text)]))
  return [{ subject: element.name, root: broken, due: [{ rule, place: [...place, 0] }] }]
}

/** Attributes that are there, with a value that their type does not have. */
function wrongAttribute(root: Element, { place, element, shape }: Site): readonly Broken[] {
  return element.attributes.flatMap((attribute, at) => {
    const type = shape?.attributes.get(`@${attribute.name}`)?.type
    const bad =
      type === undefined || type.variety !== 'atomic'
        ? []
        : [...wrongType(type), ...beyondFacets(type)].slice(0, 1)
    return bad.map(([value, rule]) => ({
      subject: attribute.name,
      root: edited(root, place, (it) => ({
        ...it,
        attributes: it.attributes.with(at, { ...attribute, value }),
      })),
      due: [{ rule, place, attribute: attribute.name }],
    }))
  })
}
