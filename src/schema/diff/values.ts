// How the values that two simple types admit differ.

import type { Found } from './diff.ts'
import type { Facets, SimpleType, Type } from '../model.ts'

/** The name of a type as a person would say it. */
export function typeName(type: Type): string {
  if (type.name !== '') return type.name
  if (type.kind === 'simple') return type.variety === 'atomic' ? type.builtin : type.variety
  if (type.content.kind === 'simple') return `${typeName(type.content.type)} with attributes`
  return type.content.kind === 'empty' ? 'no content' : 'elements'
}

/** Built-in type, enumeration and facets; names of types do not count. */
export function diffValues(ours: SimpleType, theirs: SimpleType): readonly Found[] {
  if (ours === theirs) return []
  if (kindOf(ours) !== kindOf(theirs))
    return [{ kind: 'changed', of: 'type', ours: kindOf(ours), theirs: kindOf(theirs) }]
  const inner =
    ours.item !== undefined && theirs.item !== undefined ? diffValues(ours.item, theirs.item) : []
  return [...inner, ...diffLiterals(ours, theirs), ...diffFacets(ours.facets, theirs.facets)]
}

function kindOf({ variety, builtin, members }: SimpleType): string {
  return variety === 'union'
    ? `union of ${(members ?? []).map(kindOf).join(', ')}`
    : variety === 'list'
      ? 'list'
      : builtin
}

function diffLiterals(ours: SimpleType, theirs: SimpleType): readonly Found[] {
  const [own, other] = [ours.facets.enumeration, theirs.facets.enumeration]
  if (own === undefined && other === undefined) return []
  if (own === undefined)
    return [{ kind: 'constrained', of: 'values', ours: 'any', theirs: listed(other ?? []) }]
  if (other === undefined)
    return [{ kind: 'relaxed', of: 'values', ours: listed(own), theirs: 'any' }]
  const [known, given] = [new Set(own), new Set(other)]
  const lacks = own.filter((it) => !given.has(it))
  const adds = other.filter((it) => !known.has(it))
  if (lacks.length === 0 && adds.length === 0) return []
  const kind = adds.length === 0 ? 'constrained' : lacks.length === 0 ? 'relaxed' : 'changed'
  return [{ kind, of: 'values', ours: listed(lacks), theirs: listed(adds) }]
}

/** literals that are told; the rest is counted */
const MOST_LITERALS = 12

function listed(literals: readonly string[]): string {
  const rest = literals.length - MOST_LITERALS
  return `${literals.slice(0, MOST_LITERALS).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** Whether a greater number admits more (1) or less (-1). */
const BOUNDS = {
  minLength: -1,
  maxLength: 1,
  minInclusive: -1,
  minExclusive: -1,
  maxInclusive: 1,
  maxExclusive: 1,
  totalDigits: 1,
  fractionDigits: 1,
  length: 0,
} as const satisfies Partial<Record<keyof Facets, number>>

function diffFacets(ours: Facets, theirs: Facets): readonly Found[] {
  const bounds = Object.entries(BOUNDS).flatMap(([name, direction]) => {
    const [own, other] = [ours, theirs].map((it) => it[name as keyof typeof BOUNDS])
    if (String(own) === String(other)) return []
    return [facetFound(name, direction, own, other)]
  })
  const [own, other] = [ours, theirs].map(({ patterns = [] }) => JSON.stringify(patterns))
  if (own === other) return bounds
  return [...bounds, facetFound('pattern', 0, patternText(ours), patternText(theirs))]
}

function patternText({ patterns }: Facets): string | undefined {
  return patterns?.map((it) => it.join(' | ')).join(' and ')
}

function facetFound(
  name: string,
  direction: number,
  own: string | number | undefined,
  other: string | number | undefined,
): Found {
  const text = (it: string | number | undefined) => (it === undefined ? '' : `${name} ${it}`)
  return {
    kind: facetKind(direction, own, other),
    of: 'values',
    ours: text(own),
    theirs: text(other),
  }
}

function facetKind(
  direction: number,
  own: string | number | undefined,
  other: string | number | undefined,
): Found['kind'] {
  if (own === undefined) return 'constrained'
  if (other === undefined) return 'relaxed'
  const step = (Number(other) - Number(own)) * direction
  return step > 0 ? 'relaxed' : step < 0 ? 'constrained' : 'changed'
}
