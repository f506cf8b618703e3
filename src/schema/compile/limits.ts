// What a schema may cost this program: definitions that are made of themselves, or of more parts than anybody has use
// for, are refused by name. The XSD engine has its own bounds; here there is no deadline.

import type { Element } from '../../envelope/element.ts'
import { CimError } from '../../envelope/errors.ts'
import type { Particle, SimpleType } from '../model.ts'
import { placeOf } from '../schema-place.ts'
import type { SchemaPart } from '../schema-place.ts'

/** particles of one type with all groups and bases written out; the largest published type has about 300 */
const MOST_PARTICLES = 100_000
/** members of one union with their own members written out */
const MOST_MEMBERS = 10_000
/** types of which each is derived from the next */
export const MOST_DERIVED = 250

/**
 * A schema that no message can be compiled or written by.
 * @param at the component that is at fault
 */
export function unusable(what: string, at: SchemaPart): CimError {
  return new CimError('unusable-schema', `${placeOf(at)}: ${what}`)
}

/** Makes what is not being made already. */
export interface Ring {
  /**
   * @param what names it for people
   * @param at itself
   * @throws {CimError} `unusable-schema` when it is made of itself, or through too many others
   */
  readonly enter: <T>(what: string, at: SchemaPart, make: () => T) => T
}

/** Nothing is being made yet. @param most that may be under way at once, each made of the next */
export function ringOf(most = MOST_DERIVED): Ring {
  const open = new Set<Element>()
  return {
    enter: (what, at, make) => {
      const { node } = at
      if (open.has(node)) throw unusable(`${what} is made of itself`, at)
      if (open.size >= most)
        throw unusable(`${what} is made of more than ${most} others in a row`, at)
      open.add(node)
      try {
        return make()
      } finally {
        open.delete(node)
      }
    },
  }
}

const weights = new WeakMap<object, number>()

/** The particle, unless it is too large with everything in it. */
export function bounded<P extends Particle>(particle: P, what: string, at: SchemaPart): P {
  if (weightOf(particle) > MOST_PARTICLES)
    throw unusable(`${what} has more than ${MOST_PARTICLES} particles`, at)
  return particle
}

function weightOf(particle: Particle): number {
  if (particle.kind === 'element' || particle.kind === 'any') return 1
  const known = weights.get(particle.items)
  if (known !== undefined) return known
  const weight = particle.items.reduce((sum, it) => sum + weightOf(it), 1)
  weights.set(particle.items, weight)
  return weight
}

/**
 * The members of a union, unless they are too many with their own: a union among them stands for its members, whatever
 * facets it has (XML Schema Part 1 §3.14.2).
 */
export function boundedMembers(
  members: readonly SimpleType[],
  what: string,
  at: SchemaPart,
): readonly SimpleType[] {
  const weight = members.reduce((sum, it) => sum + memberWeight(it), 1)
  if (weight > MOST_MEMBERS) throw unusable(`${what} has more than ${MOST_MEMBERS} members`, at)
  const flat = members.flatMap((it) => (it.variety === 'union' ? (it.members ?? []) : [it]))
  const distinct = [...new Set(flat)]
  weights.set(distinct, weight)
  return distinct
}

function memberWeight({ members, item }: SimpleType): number {
  if (members !== undefined) return weights.get(members) ?? 1
  return item === undefined ? 1 : memberWeight(item)
}
