// Where a schema leaves something open: derived types, wildcards, and how little a content model can do with.

import { ANY_TYPE } from '../builtins.ts'
import { mayStandFor } from '../derived-type.ts'
import { admits, key } from '../model.ts'
import type { ElementDecl, Model, Particle, Type, Wildcard } from '../model.ts'
import type { Json } from '../json-text.ts'
import type { Sampling } from './run.ts'
import { EXTENSIONS } from './literals.ts'
import { alternatives } from '../shape.ts'
import type { Shape } from '../shape.ts'
import { toXml } from '../to-xml.ts'

const derived = new WeakMap<Model, readonly Type[]>()

/** Named types that xsi:type may put in the place of the declared one; none for xs:anyType, where every type would do. */
export function derivedTypes(
  decl: Pick<ElementDecl, 'type' | 'block'>,
  model: Model,
): readonly Type[] {
  const { type } = decl
  if (type === ANY_TYPE || type.name === '') return []
  const all = derived.get(model) ?? [...model.types.values()]
  derived.set(model, all)
  return all.filter((it) => it !== type && !isAbstract(it) && mayStandFor(it, decl))
}

/** True for a type that only others that derive from it stand for. */
export function isAbstract(type: Type): boolean {
  return type.kind === 'complex' && type.abstract
}

/** levels of mandatory elements that are looked into */
const MOST_DEPTH = 8

/** How many elements a particle needs at least; infinite where it can never be satisfied, as by endless recursion. */
export function leastElements(particle: Particle, model: Model, depth = 0): number {
  if (particle.min === 0) return 0
  return particle.min * leastOnce(particle, model, depth)
}

function leastOnce(particle: Particle, model: Model, depth: number): number {
  if (particle.kind === 'any') return 1
  if (particle.kind === 'element') return 1 + leastInside(particle.decl, model, depth)
  const each = particle.items.map((it) => leastElements(it, model, depth))
  return particle.kind === 'choice'
    ? each.reduce((least, it) => Math.min(least, it), Number.POSITIVE_INFINITY)
    : each.reduce((sum, it) => sum + it, 0)
}

function leastInside(decl: ElementDecl, model: Model, depth: number): number {
  if (depth > MOST_DEPTH) return Number.POSITIVE_INFINITY
  return alternatives(decl, model)
    .map((it) => leastAlone(it, model, depth + 1))
    .reduce((least, it) => Math.min(least, it), Number.POSITIVE_INFINITY)
}

/** What this very element needs inside; infinite where it, or every type that it may have, is abstract. */
function leastAlone(decl: ElementDecl, model: Model, depth = 0): number {
  if (decl.abstract) return Number.POSITIVE_INFINITY
  const types = isAbstract(decl.type) ? derivedTypes(decl, model) : [decl.type]
  return types
    .map((it) => leastInType(it, model, depth))
    .reduce((least, it) => Math.min(least, it), Number.POSITIVE_INFINITY)
}

/** The declarations of which there can be an element; all of them where there is none, for the error to name. */
export function possibleOnes(decls: readonly ElementDecl[], model: Model): readonly ElementDecl[] {
  const possible = decls.filter((it) => isPossible(it, model))
  return possible.length > 0 ? possible : decls
}

/** False for an element that no document can hold, as one of an abstract type that nothing derives from. */
export function isPossible(decl: ElementDecl, model: Model): boolean {
  return leastAlone(decl, model) < Number.POSITIVE_INFINITY
}

/** How many elements the content of a type needs at least. */
export function leastInType(type: Type, model: Model, depth = 0): number {
  if (type.kind === 'simple' || type.content.kind !== 'particle') return 0
  const known = needs.get(type) ?? []
  const need = known[depth] ?? leastElements(type.content.particle, model, depth)
  known[depth] = need
  needs.set(type, known)
  return need
}

/** by type, and by the levels above it: a type that holds itself many times is looked into once a level */
const needs = new WeakMap<Type, number[]>()

/** An extension element as text. */
export interface SampleExtension {
  readonly ns: string
  readonly xml: string
}

const EXTENSION_NS = 'urn:example:extension'

/**
 * An element for a wildcard: a stranger where it may be one, else one that the schema knows.
 * @param value makes the content of a known element
 */
export function sampleExtension(
  { model, random }: Sampling,
  wildcard: Wildcard,
  shape: Shape,
  value: (decl: ElementDecl) => Json,
): SampleExtension | undefined {
  if (wildcard.process !== 'strict') {
    const ns = strangeNamespace(wildcard)
    if (ns === undefined) return undefined
    const xml = (random.pick(EXTENSIONS) ?? '').replace('NS', ns)
    // A prefix cannot stand for no namespace.
    return { ns, xml: ns === '' ? '<extension xmlns=""/>' : xml }
  }
  const known = [...model.elements.values()].filter(
    (it) =>
      admits(wildcard, it.ns) && !shape.byName.has(key(it.ns, it.name)) && isPossible(it, model),
  )
  const decl = random.pick(known)
  return decl === undefined ? undefined : { ns: decl.ns, xml: written(decl, value(decl), model) }
}

/** Always with its own xmlns, whatever stands around it. */
function written(decl: ElementDecl, value: Json, model: Model): string {
  const writing = { issues: [], more: 0, path: [], prefixes: new Map(), foreign: () => undefined }
  return toXml(writing, decl, value, model, `not ${decl.ns}`)
}

/** Undefined for a wildcard that admits nothing, as the intersection of two may be. */
function strangeNamespace({ namespaces }: Wildcard): string | undefined {
  return namespaces.kind === 'list' ? namespaces.list[0] : EXTENSION_NS
}

/** A namespace for an undeclared attribute; undefined where only declared ones are admitted. */
export function attributeNamespace(wildcard: Wildcard): string | undefined {
  return wildcard.process === 'strict' ? undefined : strangeNamespace(wildcard)
}
