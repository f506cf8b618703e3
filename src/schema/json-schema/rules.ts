// Which keys go together: what a content model asks for, as conditions of JSON Schema on an object's keys.

import type { JsonObject } from '../json-text.ts'
import { key } from '../model.ts'
import type { Key, Model, Particle } from '../model.ts'
import { EXTENSION, alternatives } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** What the conditions are about. */
export interface Keys {
  readonly shape: Shape
  readonly model: Model
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
  if (particle.kind === 'any') return [EXTENSION]
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

/** Ranges by element name. */
export type Ranges = ReadonlyMap<Key, Range>

/** Of every element in a content model, in one pass: there are models of thousands of elements. */
export function rangesOf(particle: Particle, model: Model): Ranges {
  if (particle.kind === 'any') return new Map()
  if (particle.kind === 'element') {
    const members = alternatives(particle.decl, model)
    // Of several that stand for each other, each may be missing.
    const range = { min: members.length > 1 ? 0 : particle.min, max: particle.max }
    return new Map(members.map((it) => [key(it.ns, it.name), range]))
  }
  const join = particle.kind === 'choice' ? either : both
  const parts = new Map<Key, Range>()
  for (const item of particle.items)
    for (const [name, range] of rangesOf(item, model)) {
      const before = parts.get(name)
      if (range.max > 0) parts.set(name, before === undefined ? range : join(before, range))
    }
  const repeated = particle.kind === 'choice' && particle.max > 1
  return new Map(
    [...parts].map(([name, { min, max }]) => [
      name,
      {
        min: repeated ? Math.min(min, 1) : min * Math.max(1, particle.min),
        max: max * particle.max,
      },
    ]),
  )
}

function either(a: Range, b: Range): Range {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }
}

function both(a: Range, b: Range): Range {
  return { min: a.min + b.min, max: a.max + b.max }
}
