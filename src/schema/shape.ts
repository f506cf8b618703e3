// What CIM-JSON needs to know of a complex type, worked out once: keys, arrays, order.
// design/mapping.md §3: key = local name, an array exactly where the schema allows more than one.

import { UNBOUNDED, key } from './model.ts'
import type {
  AttributeUse,
  ComplexType,
  ElementDecl,
  Key,
  Model,
  Particle,
  SimpleType,
} from './model.ts'

/** Extension elements at a wildcard stand under this key. */
export const EXTENSION = '#ext'
/** Order of the children, where grouping by name would lose it. */
export const ORDER = '#order'
/** Text pieces of mixed content. */
export const TEXT = '#text'
/** Text of simple content beside attributes. */
export const VALUE = '$'

export interface Field {
  /** key in CIM-JSON */
  readonly key: string
  readonly decl: ElementDecl
  readonly array: boolean
}

export interface Shape {
  readonly type: ComplexType
  /** every element that may occur, in schema order, members of substitution groups included */
  readonly fields: readonly Field[]
  readonly byKey: ReadonlyMap<string, Field>
  readonly byName: ReadonlyMap<Key, Field>
  /** the type has an element wildcard */
  readonly open: boolean
  /** position among `fields` before which extensions are written, when that is one place */
  readonly openAt: number
  /** writing all values of a key together, keys in schema order, gives back every valid order */
  readonly grouped: boolean
  readonly attributes: ReadonlyMap<string, AttributeUse>
  readonly text: SimpleType | undefined
}

const shapes = new WeakMap<ComplexType, Shape>()

/** @param model for substitution groups; one type belongs to one model */
export function shapeOf(type: ComplexType, model: Model): Shape {
  const known = shapes.get(type)
  if (known !== undefined) return known
  const made = makeShape(type, model)
  shapes.set(type, made)
  return made
}

interface Place {
  readonly decl: ElementDecl
  readonly most: number
}

function makeShape(type: ComplexType, model: Model): Shape {
  const root = type.content.kind === 'particle' ? type.content.particle : undefined
  const places = root === undefined ? [] : [...placesOf(root, 1, model)]
  const wildcards = root === undefined ? [] : [...wildcardsOf(root, model, { count: 0 })]
  const fields = fieldsOf(places)
  return {
    type,
    fields,
    byKey: new Map(fields.map((it) => [it.key, it])),
    byName: new Map(fields.map((it) => [key(it.decl.ns, it.decl.name), it])),
    open: wildcards.length > 0,
    openAt: wildcards[0] ?? fields.length,
    grouped:
      !type.mixed &&
      wildcards.length < 2 &&
      places.length === fields.length &&
      (root === undefined || isGrouped(root, true, model)),
    attributes: new Map(type.attributes.map((it) => [`@${it.name}`, it])),
    text: type.content.kind === 'simple' ? type.content.type : undefined,
  }
}

function* placesOf(particle: Particle, times: number, model: Model): Generator<Place> {
  const most = particle.max * times
  if (particle.kind === 'element')
    for (const decl of alternatives(particle.decl, model)) yield { decl, most }
  else if (particle.kind !== 'any')
    for (const it of particle.items) yield* placesOf(it, most, model)
}

/** The element itself and what may stand in its place. */
export function alternatives(decl: ElementDecl, model: Model): readonly ElementDecl[] {
  const members = decl.global ? (model.substitutes.get(key(decl.ns, decl.name)) ?? []) : []
  return decl.abstract && members.length > 0 ? members : [decl, ...members]
}

/** For each wildcard the number of element places before it. */
function* wildcardsOf(
  particle: Particle,
  model: Model,
  seen: { count: number },
): Generator<number> {
  if (particle.kind === 'any') yield seen.count
  else if (particle.kind === 'element') seen.count += alternatives(particle.decl, model).length
  else for (const it of particle.items) yield* wildcardsOf(it, model, seen)
}

function fieldsOf(places: readonly Place[]): readonly Field[] {
  const merged = new Map<Key, { decl: ElementDecl; most: number }>()
  for (const { decl, most } of places) {
    const name = key(decl.ns, decl.name)
    merged.set(name, { decl, most: most + (merged.get(name)?.most ?? 0) })
  }
  const taken = new Set<string>()
  return [...merged].map(([name, { decl, most }]) => {
    // Two namespaces with one local name in one type: the second is told apart by its full name.
    const free = !taken.has(decl.name)
    taken.add(decl.name)
    return { key: free ? decl.name : name, decl, array: most > 1 }
  })
}

/** Sequences (and choices of one branch) that occur once keep any valid order when grouped by name. */
function isGrouped(particle: Particle, once: boolean, model: Model): boolean {
  if (particle.kind === 'any') return once || particle.max === UNBOUNDED
  if (particle.kind === 'element')
    return particle.max === 1 || alternatives(particle.decl, model).length === 1
  if (particle.kind === 'all' || particle.max > 1) return false
  return particle.items.every((it) => isGrouped(it, once, model))
}
