// Does a list of children satisfy a content model? Greedy, which is exact for XML Schema:
// a content model must be deterministic (Part 1 §3.8.6, unique particle attribution).

import type { Element } from '../envelope/element.ts'
import { admits } from './model.ts'
import type { Model, Particle } from './model.ts'
import { alternatives } from './shape.ts'

/**
 * How many of the children the particle takes from the front; -1 when it is not satisfied.
 * A result equal to the number of children means that the content is valid.
 */
export function match(particle: Particle, children: readonly Element[], model: Model): number {
  const end = times(particle, children, 0, model)
  return end === undefined ? furthest(particle, children, model) : end
}

/** Where matching stops, for reports: as far as any prefix is taken when nothing is mandatory. */
function furthest(particle: Particle, children: readonly Element[], model: Model): number {
  const end = times(optional(particle), children, 0, model) ?? 0
  return end === children.length ? -1 : end
}

function optional(particle: Particle): Particle {
  if (particle.kind === 'element' || particle.kind === 'any') return { ...particle, min: 0 }
  return { ...particle, min: 0, items: particle.items.map(optional) }
}

/** Position behind the particle, all its occurrences taken; undefined when too few are there. */
function times(
  particle: Particle,
  children: readonly Element[],
  from: number,
  model: Model,
): number | undefined {
  let at = from
  for (let count = 0; count < particle.max; count += 1) {
    const next = once(particle, children, at, model)
    if (next === undefined) return count < particle.min ? undefined : at
    // An occurrence that takes nothing satisfies as many as are asked for.
    if (next === at) return at
    at = next
  }
  return at
}

function once(
  particle: Particle,
  children: readonly Element[],
  at: number,
  model: Model,
): number | undefined {
  if (particle.kind === 'element' || particle.kind === 'any') {
    const child = children[at]
    return child !== undefined && takes(particle, child, model) ? at + 1 : undefined
  }
  const walk = GROUPS[particle.kind]
  return walk(particle.items, children, at, model)
}

const GROUPS = { sequence, choice, all } as const

function takes(
  particle: Particle & { kind: 'element' | 'any' },
  child: Element,
  model: Model,
): boolean {
  if (particle.kind === 'any') return admits(particle, child.ns)
  return alternatives(particle.decl, model).some(
    (it) => it.name === child.name && it.ns === child.ns,
  )
}

function sequence(
  items: readonly Particle[],
  children: readonly Element[],
  from: number,
  model: Model,
): number | undefined {
  let at: number | undefined = from
  for (const it of items) {
    at = times(it, children, at, model)
    if (at === undefined) return undefined
  }
  return at
}

/** The branch that takes something, else one that may be empty. */
function choice(
  items: readonly Particle[],
  children: readonly Element[],
  at: number,
  model: Model,
): number | undefined {
  const ends = items.map((it) => times(it, children, at, model))
  return ends.find((it) => it !== undefined && it > at) ?? ends.find((it) => it !== undefined)
}

function all(
  items: readonly Particle[],
  children: readonly Element[],
  from: number,
  model: Model,
): number | undefined {
  const open = new Set(items)
  let at = from
  for (let taken = true; taken;) {
    const fit = [...open].find((it) => (times(it, children, at, model) ?? at) > at)
    taken = fit !== undefined
    if (fit === undefined) break
    at = times(fit, children, at, model) ?? at
    open.delete(fit)
  }
  return [...open].every((it) => times(it, children, at, model) === at) ? at : undefined
}
