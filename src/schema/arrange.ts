// In which order a type's children are written when each key only says how many there are.
// A walk of the content model that takes from the front of each key's queue (XML Schema Part 1 §3.8).

import { admits, key } from './model.ts'
import type { Key, Model, Particle } from './model.ts'
import { alternatives } from './shape.ts'

/** A child to be written next: of this name, or the next extension. */
export type Pick = Key | '#ext'

interface Supply {
  readonly model: Model
  /** how many children of each name are left */
  readonly named: Map<Key, number>
  readonly extensions: readonly string[]
  /** of the extensions, which keep their own order */
  taken: number
  readonly picks: Pick[]
}

/**
 * The order in which the content model takes the children.
 * What it does not take comes last, so that the XSD engine reports it in its place.
 * @param named how many children there are of each name
 * @param extensions namespaces of the children at wildcards, in their own order
 */
export function arrange(
  particle: Particle,
  named: ReadonlyMap<Key, number>,
  extensions: readonly string[],
  model: Model,
): readonly Pick[] {
  const supply: Supply = { model, named: new Map(named), extensions, taken: 0, picks: [] }
  take(particle, supply)
  const { picks } = supply
  for (const [name, left] of supply.named) for (let it = 0; it < left; it += 1) picks.push(name)
  for (let it = supply.taken; it < extensions.length; it += 1) picks.push('#ext')
  return picks
}

/** Takes what the particle admits; true when it took anything. */
function take(particle: Particle, supply: Supply): boolean {
  const before = supply.picks.length
  for (let times = 0; times < particle.max; times += 1) if (!takeOnce(particle, supply)) break
  return supply.picks.length > before
}

function takeOnce(particle: Particle, supply: Supply): boolean {
  switch (particle.kind) {
    case 'element':
      return alternatives(particle.decl, supply.model).some((it) =>
        takeNamed(key(it.ns, it.name), supply),
      )
    case 'any':
      return takeExtension(particle, supply)
    case 'choice':
      return particle.items.some((it) => take(it, supply))
    default:
      return particle.items.map((it) => take(it, supply)).includes(true)
  }
}

function takeNamed(name: Key, supply: Supply): boolean {
  const left = supply.named.get(name) ?? 0
  if (left === 0) return false
  supply.named.set(name, left - 1)
  supply.picks.push(name)
  return true
}

function takeExtension(particle: Particle & { kind: 'any' }, supply: Supply): boolean {
  const next = supply.extensions[supply.taken]
  if (next === undefined || !admits(particle, next)) return false
  supply.taken += 1
  supply.picks.push('#ext')
  return true
}
