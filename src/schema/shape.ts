// What CIM-JSON needs to know of a complex type, worked out once: keys, arrays, order.
// Key = local name, an array exactly where the schema allows more than one.

import { key } from './model.ts'
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
  /** place among the fields of its shape */
  readonly at: number
}

export interface AttributeField {
  /** key in CIM-JSON, `@` included */
  readonly key: string
  readonly use: AttributeUse
}

export interface Shape {
  readonly type: ComplexType
  /** every element that may occur, in schema order, members of substitution groups included */
  readonly fields: readonly Field[]
  readonly byKey: ReadonlyMap<string, Field>
  readonly byName: ReadonlyMap<Key, Field>
  /** no two fields share a local name, so each key is one */
  readonly distinct: boolean
  /** the type has an element wildcard */
  readonly open: boolean
  /** position among `fields` before which extensions are written, when that is one place */
  readonly openAt: number
  /** writing all values of a key together, keys in schema order, gives back every valid order */
  readonly grouped: boolean
  /** by key: `@name`, or `@{namespace}name` where two have one local name */
  readonly attributes: ReadonlyMap<string, AttributeUse>
  readonly attributesByName: ReadonlyMap<Key, AttributeField>
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

function makeShape(type: ComplexType, model: Model): Shape {
  const root = type.content.kind === 'particle' ? type.content.particle : undefined
  const wildcards = root === undefined ? [] : [...wildcardsOf(root, model, { count: 0 })]
  const fields = root === undefined ? [] : fieldsOf([...placesOf(root, model).values()])
  const attributes = attributeFields(type.attributes)
  return {
    type,
    fields,
    byKey: new Map(fields.map((it) => [it.key, it])),
    byName: new Map(fields.map((it) => [key(it.decl.ns, it.decl.name), it])),
    distinct: fields.every((it) => it.key === it.decl.name),
    open: wildcards.length > 0,
    openAt: wildcards[0] ?? fields.length,
    grouped:
      !type.mixed &&
      new Set(wildcards).size < 2 &&
      (root === undefined || isGrouped(root, fields, model)),
    attributes: new Map(attributes.map((it) => [it.key, it.use])),
    attributesByName: new Map(attributes.map((it) => [key(it.use.ns, it.use.name), it])),
    text: type.content.kind === 'simple' ? type.content.type : undefined,
  }
}

/** An element that may occur, and how often at most. */
interface Place {
  readonly decl: ElementDecl
  readonly most: number
}

/** Branches of a choice exclude each other; members of a sequence add up. */
function placesOf(particle: Particle, model: Model): Map<Key, Place> {
  const places = new Map<Key, Place>()
  const join = particle.kind === 'choice' ? Math.max : (a: number, b: number) => a + b
  const add = ({ decl, most }: Place) => {
    const name = key(decl.ns, decl.name)
    places.set(name, { decl, most: join(most * particle.max, places.get(name)?.most ?? 0) })
  }
  if (particle.kind === 'element')
    for (const decl of alternatives(particle.decl, model)) add({ decl, most: 1 })
  else if (particle.kind !== 'any')
    for (const it of particle.items) for (const place of placesOf(it, model).values()) add(place)
  return places
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
  const keys = keysFor(places.map((it) => it.decl))
  return places.map(({ decl, most }, at) => ({
    key: keys[at] ?? decl.name,
    decl,
    array: most > 1,
    at,
  }))
}

function attributeFields(uses: readonly AttributeUse[]): readonly AttributeField[] {
  const keys = keysFor(uses)
  return uses.map((use, at) => ({ key: `@${keys[at] ?? use.name}`, use }))
}

/** Two namespaces with one local name in one type: the second is told apart by its full name. */
function keysFor(names: readonly { readonly ns: string; readonly name: string }[]) {
  const taken = new Set<string>()
  return names.map(({ ns, name }) => {
    const free = !taken.has(name)
    taken.add(name)
    return free ? name : key(ns, name)
  })
}

/** The field of an element by its name; undefined for what stands there by a wildcard or by mistake. */
export function fieldFor(shape: Shape, ns: string, name: string): Field | undefined {
  const field = shape.byKey.get(name)
  if (field !== undefined && field.decl.ns === ns && field.decl.name === name) return field
  return shape.distinct ? undefined : shape.byName.get(key(ns, name))
}

/**
 * Sequences, and choices of which one branch occurs, keep any valid order when grouped by name; so do wildcards
 * that stand together.
 */
function isGrouped(root: Particle, fields: readonly Field[], model: Model): boolean {
  let places = 0
  const keeps = (particle: Particle): boolean => {
    if (particle.kind === 'any') return true
    if (particle.kind === 'all') return false
    if (particle.kind !== 'element')
      return (particle.max === 1 || onlyWildcards(particle)) && particle.items.every(keeps)
    const { length } = alternatives(particle.decl, model)
    places += length
    return particle.max === 1 || length === 1
  }
  // An element at two places could stand in either of them.
  return keeps(root) && places === fields.length
}

/** True for a wildcard, and for groups of nothing but wildcards. */
export function onlyWildcards(particle: Particle): boolean {
  if (particle.kind === 'any') return true
  return particle.kind !== 'element' && particle.items.every(onlyWildcards)
}
