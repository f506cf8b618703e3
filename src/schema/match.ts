// Does a list of children satisfy a content model, and if not, where does it stop and what could stand there?
// Greedy, which is exact where a content model is deterministic (Part 1 §3.8.6, unique particle attribution), but for counting.

import type { Element } from '../envelope/element.ts'
import { countsTwice, satisfies } from './match-counted.ts'
import { admits } from './model.ts'
import type { Model, Particle } from './model.ts'
import { alternatives } from './shape.ts'

/** What is asked of a child: what it is called. */
export type Named = Pick<Element, 'name' | 'ns'>

/** Where a list of children leaves its content model. */
export interface Mismatch {
  /** place of the first child that does not fit; the number of children when some are missing at the end */
  readonly at: number
  /** what could stand there, in schema order */
  readonly expected: readonly Particle[]
  /** of these, what is not optional */
  readonly needed: readonly Particle[]
}

/** Undefined when the children satisfy the particle. */
export function mismatch(
  particle: Particle,
  children: readonly Named[],
  model: Model,
): Mismatch | undefined {
  const run: Run = { children, model, at: 0, expected: [], needed: [] }
  const end = times(particle, 0, run, true)
  if (end === children.length) return undefined
  if (countsTwice(particle) && satisfies(particle, children.length, takesAt(children, model)))
    return undefined
  // Satisfied, and yet children are left: nothing more may stand there.
  return end !== undefined && end > run.at
    ? { at: end, expected: [], needed: [] }
    : { at: run.at, expected: [...new Set(run.expected)], needed: [...new Set(run.needed)] }
}

function takesAt(children: readonly Named[], model: Model) {
  return (leaf: Particle, at: number): boolean => {
    const child = children[at]
    return child !== undefined && takes(leaf as Leaf, child, model)
  }
}

/** One run of the matcher; it remembers what failed at the furthest place that it tried. */
interface Run {
  readonly children: readonly Named[]
  readonly model: Model
  at: number
  expected: Particle[]
  needed: Particle[]
}

/**
 * Place behind the particle, all its occurrences taken; undefined when too few are there.
 * @param must false where the whole of it could be left out
 */
function times(particle: Particle, from: number, run: Run, must: boolean): number | undefined {
  let at = from
  for (let count = 0; count < particle.max; count += 1) {
    const next = once(particle, at, run, must && count < particle.min)
    if (next === undefined) return count < particle.min ? undefined : at
    // An occurrence that takes nothing satisfies as many as are asked for.
    if (next === at) return at
    at = next
  }
  return at
}

function once(particle: Particle, at: number, run: Run, must: boolean): number | undefined {
  switch (particle.kind) {
    case 'sequence':
      return sequence(particle.items, at, run, must)
    case 'choice':
      return choice(particle.items, at, run, must)
    case 'all':
      return all(particle.items, at, run, must)
    default:
      return leaf(particle, at, run, must)
  }
}

type Leaf = Particle & { readonly kind: 'element' | 'any' }

function leaf(particle: Leaf, at: number, run: Run, must: boolean): number | undefined {
  const child = run.children[at]
  if (child !== undefined && takes(particle, child, run.model)) return at + 1
  if (at > run.at) {
    run.at = at
    run.expected = []
    run.needed = []
  }
  if (at === run.at) {
    run.expected.push(particle)
    if (must) run.needed.push(particle)
  }
  return undefined
}

/** True when this child may stand for this particle. */
export function takes(particle: Leaf, child: Named, model: Model): boolean {
  if (particle.kind === 'any') return admits(particle, child.ns)
  const { decl } = particle
  if (decl.name === child.name && decl.ns === child.ns && !decl.abstract) return true
  return (
    decl.global &&
    alternatives(decl, model).some((it) => it.name === child.name && it.ns === child.ns)
  )
}

/** Once begun, it has to be finished. */
function sequence(
  items: readonly Particle[],
  from: number,
  run: Run,
  must: boolean,
): number | undefined {
  let at: number | undefined = from
  for (const it of items) {
    at = times(it, at, run, must || at > from)
    if (at === undefined) return undefined
  }
  return at
}

/** The branch that takes something, else one that may be empty. */
function choice(
  items: readonly Particle[],
  at: number,
  run: Run,
  must: boolean,
): number | undefined {
  let empty: number | undefined
  for (const it of items) {
    const end = times(it, at, run, must)
    if (end !== undefined && end > at) return end
    empty ??= end
  }
  return empty
}

/** Each member at most once, in any order (Part 1 §3.8.4). */
function all(
  items: readonly Particle[],
  from: number,
  run: Run,
  must: boolean,
): number | undefined {
  const open = new Set(items)
  let at = from
  for (let next: number | undefined = from; next !== undefined;) {
    at = next
    next = undefined
    for (const it of open) {
      const end = times(it, at, run, must || at > from)
      if (end === undefined || end === at) continue
      open.delete(it)
      next = end
      break
    }
  }
  return [...open].every((it) => times(it, at, run, must || at > from) === at) ? at : undefined
}
