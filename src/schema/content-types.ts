// The types that the lines of a noun's documentation refer to, and how they are named and restricted, for people.

import { BUILTINS, XSD_NS } from './builtins.ts'
import { simpleContentOf } from './compile/named-types.ts'
import type { Row } from './content-rows.ts'
import { facetTexts } from './facets.ts'
import type { ComplexType, SimpleType, Type } from './model.ts'

/** Named types of the schema, in the order in which the lines meet them. */
export interface UsedTypes {
  readonly simple: readonly SimpleType[]
  readonly complex: readonly ComplexType[]
}

/** The types of all lines, members of unions, items of lists and bases included. */
export function typesIn(rows: readonly Row[]): UsedTypes {
  const found = new Set<Type>()
  for (const it of rows) if ('type' in it) collect(it.type, found)
  const own = [...found].filter((it) => it.name !== '' && it.ns !== XSD_NS)
  return {
    simple: own.filter((it) => it.kind === 'simple'),
    complex: own.filter((it) => it.kind === 'complex'),
  }
}

function collect(type: Type, found: Set<Type>): void {
  if (found.has(type)) return
  found.add(type)
  const text = simpleContentOf(type)
  const parts = type.kind === 'simple' ? [type.item, ...(type.members ?? []), type.base] : [text]
  for (const it of parts) if (it !== undefined) collect(it, found)
}

/** The name of a type, or what it is made of where it has none: `xs:string`, `list of Code`; empty for anonymous content. */
export function typeLabel(type: Type): string {
  if (type.name !== '') return type.ns === XSD_NS ? `xs:${type.name}` : type.name
  if (type.kind === 'complex') return labelOfContent(type)
  if (type.variety === 'list')
    return `list of ${type.item === undefined ? '' : typeLabel(type.item)}`
  if (type.variety === 'union') return (type.members ?? []).map(typeLabel).join(' or ')
  return type.base === undefined ? `xs:${type.builtin}` : typeLabel(type.base)
}

function labelOfContent(type: ComplexType): string {
  const text = simpleContentOf(type)
  return text === undefined ? '' : typeLabel(text)
}

/** The built-in type under a simple one. */
export function builtinLabel({ variety, builtin }: SimpleType): string {
  return variety === 'atomic' ? `xs:${builtin}` : variety
}

/** What a schema adds to the built-in type, one sentence part each; enumerations are told apart. */
export function restrictionsOf(type: SimpleType): readonly string[] {
  const builtin = BUILTINS.get(type.builtin)
  return facetTexts(type.facets, builtin?.facets ?? {})
}

/** Literals of an enumeration, each with what it means; empty where the type lists none. */
export function literalsOf(type: SimpleType): readonly (readonly [string, string])[] {
  return (type.facets.enumeration ?? []).map((it) => [it, type.meanings?.get(it) ?? ''])
}
