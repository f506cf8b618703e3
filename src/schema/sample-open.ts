// Where a schema leaves something open: derived types, wildcards, and how little a content model can do with.

import { ANY_TYPE } from './builtins.ts'
import { mayStandFor } from './derived-type.ts'
import { admits, key } from './model.ts'
import type { ElementDecl, Model, Particle, Type, Wildcard } from './model.ts'
import type { Json } from './json-text.ts'
import type { Sampling } from './sample-run.ts'
import { EXTENSIONS } from './sample-literals.ts'
import { alternatives } from './shape.ts'
import type { Shape } from './shape.ts'
import { toXml } from './to-xml.ts'

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

function isAbstract(type: Type): boolean {
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
    .filter((it) => !it.abstract)
    .map(({ type }) => leastInType(type, model, depth + 1))
    .reduce((least, it) => Math.min(least, it), Number.POSITIVE_INFINITY)
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
    (it) => !it.abstract && admits(wildcard, it.ns) && !shape.byName.has(key(it.ns, it.name)),
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
