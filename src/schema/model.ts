// The compiled schema model: what a set of XSD files says, as plain data that every other part walks.
// It holds no XSD syntax any more (no refs, groups or chameleon includes) and reads no files.

/** A qualified name in Clark notation, `{uri}local`, the key of every global component. */
export type Key = string

/** The key of a namespace and a local name. */
export function key(ns: string, name: string): Key {
  return `{${ns}}${name}`
}

/** Namespace and local name of a key. */
export function splitKey(name: Key): readonly [string, string] {
  const end = name.indexOf('}')
  return [name.slice(1, end), name.slice(end + 1)]
}

/** `max` of an unbounded particle. */
export const UNBOUNDED = Number.POSITIVE_INFINITY

/** What a schema component says of itself; empty or absent where it says nothing. */
export interface Described {
  /** text of xs:documentation, white space folded */
  readonly documentation?: string
  /** sawsdl:modelReference */
  readonly modelReference?: string
}

export interface ElementDecl extends Described {
  readonly name: string
  readonly ns: string
  readonly type: Type
  readonly nillable: boolean
  readonly abstract: boolean
  readonly default?: string
  readonly fixed?: string
  /** ways in which no other may stand in its place: other types by xsi:type, members of its substitution group */
  readonly block?: ReadonlySet<Blocked>
  /** head of the substitution group that this element may stand for */
  readonly head?: Key
  /** xs:key, xs:keyref or xs:unique hold for what is in it, which the XSD engine judges and this model does not know */
  readonly constrained?: true
  /** declared at the top level of a schema, so it may be a root */
  readonly global: boolean
}

/** What `block` names. */
export type Blocked = 'extension' | 'restriction' | 'substitution'

/** The XSD 1.0 built-in types that change how text is read; every other built-in is reduced to one of them plus facets. */
export type Primitive =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'float'
  | 'double'
  | 'duration'
  | 'dateTime'
  | 'time'
  | 'date'
  | 'gYearMonth'
  | 'gYear'
  | 'gMonthDay'
  | 'gDay'
  | 'gMonth'
  | 'hexBinary'
  | 'base64Binary'
  | 'anyURI'
  | 'QName'
  | 'NOTATION'
  | 'anySimpleType'

export interface Facets {
  /** allowed literals of the innermost restriction that lists some */
  readonly enumeration?: readonly string[]
  /** all must match; the alternatives inside one are or-ed (several patterns in one restriction step) */
  readonly patterns?: readonly (readonly string[])[]
  readonly length?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minInclusive?: string
  readonly maxInclusive?: string
  readonly minExclusive?: string
  readonly maxExclusive?: string
  readonly totalDigits?: number
  readonly fractionDigits?: number
}

export interface SimpleType extends Described {
  readonly kind: 'simple'
  /** empty for an anonymous type */
  readonly name: string
  readonly ns: string
  readonly variety: 'atomic' | 'list' | 'union'
  readonly primitive: Primitive
  /** the nearest built-in: `integer`, `dateTime`, `token` … */
  readonly builtin: string
  readonly whiteSpace: 'preserve' | 'replace' | 'collapse'
  readonly facets: Facets
  /** of a list */
  readonly item?: SimpleType
  /** of a union */
  readonly members?: readonly SimpleType[]
  readonly base?: Type
  /** what enumerated literals mean, as far as the schema says it */
  readonly meanings?: ReadonlyMap<string, string>
}

/** Which namespaces a wildcard admits. */
export type Namespaces =
  | { readonly kind: 'any' }
  /** any but this one and none: `##other` */
  | { readonly kind: 'other'; readonly ns: string }
  /** '' stands for no namespace: `##local` */
  | { readonly kind: 'list'; readonly list: readonly string[] }

export interface Wildcard {
  readonly namespaces: Namespaces
  readonly process: 'strict' | 'lax' | 'skip'
}

export type Particle =
  | {
      readonly kind: 'element'
      readonly decl: ElementDecl
      readonly min: number
      readonly max: number
    }
  | ({ readonly kind: 'any'; readonly min: number; readonly max: number } & Wildcard)
  | {
      readonly kind: 'sequence' | 'choice' | 'all'
      readonly items: readonly Particle[]
      readonly min: number
      readonly max: number
    }

export interface AttributeUse extends Described {
  readonly name: string
  readonly ns: string
  readonly type: SimpleType
  readonly required: boolean
  readonly default?: string
  readonly fixed?: string
}

export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'simple'; readonly type: SimpleType }
  | { readonly kind: 'particle'; readonly particle: Particle }

export interface ComplexType extends Described {
  readonly kind: 'complex'
  /** empty for an anonymous type */
  readonly name: string
  readonly ns: string
  /** inherited ones included */
  readonly attributes: readonly AttributeUse[]
  readonly anyAttribute?: Wildcard
  /** effective: the base's content comes first in an extension */
  readonly content: Content
  readonly mixed: boolean
  readonly abstract: boolean
  readonly base?: Type
  readonly derivation?: 'extension' | 'restriction'
  /** derivations by which no type may stand in its place */
  readonly block?: ReadonlySet<Blocked>
}

export type Type = SimpleType | ComplexType

/** One compiled closure of schema files: everything that one validation needs. */
export interface Model {
  /** global element declarations */
  readonly elements: ReadonlyMap<Key, ElementDecl>
  /** named types, for xsi:type */
  readonly types: ReadonlyMap<Key, Type>
  /** global attributes, for wildcards */
  readonly attributes: ReadonlyMap<Key, AttributeUse>
  /** members of each substitution group, transitively, without abstract ones */
  readonly substitutes: ReadonlyMap<Key, readonly ElementDecl[]>
  /** namespaces whose local elements are written unqualified (elementFormDefault) do not matter here: `ElementDecl.ns` says it */
  readonly namespaces: readonly string[]
  /** file, line and column of a global element, for people */
  readonly placeOf: (element: Key) => string | undefined
}

/** True when a wildcard admits an element or attribute of this namespace. */
export function admits(wildcard: Wildcard, ns: string): boolean {
  const { namespaces } = wildcard
  if (namespaces.kind === 'any') return true
  if (namespaces.kind === 'other') return ns !== '' && ns !== namespaces.ns
  return namespaces.list.includes(ns)
}
