// Which keys go together: what a content model asks for, as conditions of JSON Schema on an object's keys.

import type { JsonObject } from './json-text.ts'
import { key } from './model.ts'
import type { ElementDecl, Model, Particle } from './model.ts'
import { alternatives } from './shape.ts'
import type { Shape } from './shape.ts'

/** What the conditions are about. */
export interface Keys {
  readonly shape: Shape
  readonly model: Model
  /** keys of what stands at wildcards */
  readonly wild: readonly string[]
  /** inside a group that occurs several times, where branches of a choice may stand side by side */
  readonly repeated?: boolean
}

type Group = Particle & { readonly kind: 'sequence' | 'choice' | 'all' }

/** `{required}` for what is always there, and conditions for everything else. */
export function rulesOf(particle: Particle, keys: Keys): readonly JsonObject[] {
  if (particle.kind === 'element' || particle.kind === 'any')
    return particle.min === 0 ? [] : [anyOf(keysOf(particle, keys).map(present))]
  if (particle.min === 0) return optionalRules(particle, keys)
  const inside = particle.max > 1 ? { ...keys, repeated: true } : keys
  return particle.kind === 'choice'
    ? choiceRules(particle, inside)
    : particle.items.flatMap((it) => rulesOf(it, inside))
}

/** All of it, or none of its keys. */
function optionalRules(particle: Group, keys: Keys): readonly JsonObject[] {
  const rules = rulesOf({ ...particle, min: 1 }, keys)
  return rules.length === 0
    ? []
    : [anyOf([{ not: anyOf(keysOf(particle, keys).map(present)) }, allOf(rules)])]
}

/** One branch and no key of the others; repeated, any mixture of at least one. */
function choiceRules(particle: Group, keys: Keys): readonly JsonObject[] {
  const all = keysOf(particle, keys)
  const branches = particle.items.map((it) => {
    const own = keysOf(it, keys)
    const others = keys.repeated === true ? [] : all.filter((one) => !own.includes(one))
    return allOf([
      ...rulesOf(it, keys),
      ...(others.length === 0 ? [] : [{ not: anyOf(others.map(present)) }]),
    ])
  })
  return branches.some((it) => Object.keys(it).length === 0) ? [] : [anyOf(branches)]
}

function present(name: string): JsonObject {
  return { required: [name] }
}

function anyOf(choices: readonly JsonObject[]): JsonObject {
  const [only] = choices
  return choices.length === 1 && only !== undefined ? only : { anyOf: choices }
}

function allOf(rules: readonly JsonObject[]): JsonObject {
  const [only] = rules
  return only === undefined ? {} : rules.length === 1 ? only : { allOf: rules }
}

/** Keys under which the particle's children stand. */
function keysOf(particle: Particle, keys: Keys): readonly string[] {
  if (particle.kind === 'any') return keys.wild
  if (particle.kind !== 'element')
    return [...new Set(particle.items.flatMap((it) => keysOf(it, keys)))]
  const decls = alternatives(particle.decl, keys.model)
  return decls.flatMap((it) => keys.shape.byName.get(key(it.ns, it.name))?.key ?? [])
}

/** How often an element occurs at least, when it does at all, and at most. */
export interface Range {
  readonly min: number
  readonly max: number
}

const NONE: Range = { min: 0, max: 0 }

/** Of an element in a content model. */
export function occurs(particle: Particle, decl: ElementDecl, model: Model): Range {
  if (particle.kind === 'any') return NONE
  if (particle.kind === 'element') {
    const members = alternatives(particle.decl, model)
    const isMember = members.some((it) => it.name === decl.name && it.ns === decl.ns)
    // Of several that stand for each other, each may be missing.
    return isMember ? { min: members.length > 1 ? 0 : particle.min, max: particle.max } : NONE
  }
  const parts = particle.items.map((it) => occurs(it, decl, model)).filter((it) => it.max > 0)
  if (parts.length === 0) return NONE
  const most =
    particle.kind === 'choice' ? Math.max(...parts.map((it) => it.max)) : sum(parts, 'max')
  const least =
    particle.kind === 'choice' ? Math.min(...parts.map((it) => it.min)) : sum(parts, 'min')
  const repeated = particle.kind === 'choice' && particle.max > 1
  return {
    min: repeated ? Math.min(least, 1) : least * Math.max(1, particle.min),
    max: most * particle.max,
  }
}

function sum(ranges: readonly Range[], side: keyof Range): number {
  return ranges.reduce((total, it) => total + it[side], 0)
}
