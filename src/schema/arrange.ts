// In which order a type's children are written when each key only says how many there are.
// A walk of the content model that takes from the front of each key's queue (XML Schema Part 1 §3.8).

import { admits, key } from './model.ts'
import type { Key, Model, Particle } from './model.ts'
import { alternatives } from './shape.ts'

/** How many children of each name are left; wildcard children keep their own order and namespaces. */
export interface Supply {
  readonly named: Map<Key, number>
  readonly extensions: string[]
}

/** A child to be written next: of this name, or the next extension. */
export type Pick = Key | '#ext'

/**
 * The order in which the content model takes the children.
 * What it does not take comes last, so that the XSD engine reports it in its place.
 */
export function arrange(particle: Particle, supply: Supply, model: Model): readonly Pick[] {
  const picks: Pick[] = []
  take(particle, supply, model, picks)
  for (const [name, left] of supply.named) for (let it = 0; it < left; it += 1) picks.push(name)
  for (let it = 0; it < supply.extensions.length; it += 1) picks.push('#ext')
  return picks
}

/** Takes what the particle admits; true when it took anything. */
function take(particle: Particle, supply: Supply, model: Model, picks: Pick[]): boolean {
  const before = picks.length
  for (let times = 0; times < particle.max; times += 1) {
    if (!takeOnce(particle, supply, model, picks)) break
  }
  return picks.length > before
}

function takeOnce(particle: Particle, supply: Supply, model: Model, picks: Pick[]): boolean {
  if (particle.kind === 'element')
    return alternatives(particle.decl, model).some((it) =>
      takeNamed(key(it.ns, it.name), supply, picks),
    )
  if (particle.kind === 'any') return takeExtension(particle, supply, picks)
  if (particle.kind === 'choice') return particle.items.some((it) => take(it, supply, model, picks))
  return particle.items.map((it) => take(it, supply, model, picks)).includes(true)
}

function takeNamed(name: Key, supply: Supply, picks: Pick[]): boolean {
  const left = supply.named.get(name) ?? 0
  if (left === 0) return false
  supply.named.set(name, left - 1)
  picks.push(name)
  return true
}

function takeExtension(
  particle: Particle & { kind: 'any' },
  supply: Supply,
  picks: Pick[],
): boolean {
  const next = supply.extensions[0]
  if (next === undefined || !admits(particle, next)) return false
  supply.extensions.shift()
  picks.push('#ext')
  return true
}
