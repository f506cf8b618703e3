// Does a list of children satisfy a content model in which groups repeat? Every way to count is tried: of
// `(a{2,4}){2}`, five are 3 + 2, which taking as many as possible each time does not find.

import type { Particle } from './model.ts'

/** True when a child may stand for an element or a wildcard of the content model. */
type Takes = (leaf: Particle, at: number) => boolean

/** steps after which it is given up; the XSD engine decides anyway */
const MOST_STEPS = 100_000

/**
 * True when the children satisfy the particle, or when it takes too long to tell.
 * @param length number of children
 */
export function satisfies(particle: Particle, length: number, takes: Takes): boolean {
  const run: Run = { takes, left: MOST_STEPS }
  const ends = times(particle, new Set([0]), run)
  return run.left <= 0 || ends.has(length)
}

interface Run {
  readonly takes: Takes
  left: number
}

type Places = ReadonlySet<number>

/** Places behind as many occurrences as the particle may have, from each of these. */
function times(particle: Particle, from: Places, run: Run): Places {
  // An occurrence that takes nothing satisfies as many as are asked for.
  const least = isEmptiable(particle) ? 0 : particle.min
  const ends = new Set<number>(least === 0 ? from : [])
  let here = from
  for (let count = 1; count <= particle.max && here.size > 0 && run.left > 0; count += 1) {
    here = once(particle, here, run)
    if (count < least) continue
    const before = ends.size
    for (const it of here) ends.add(it)
    if (ends.size === before) break
  }
  return ends
}

/** True when one occurrence may take nothing. */
export function isEmptiable(particle: Particle): boolean {
  if (particle.kind === 'element' || particle.kind === 'any') return false
  const may = (it: Particle) => it.min === 0 || isEmptiable(it)
  return particle.kind === 'choice' ? particle.items.some(may) : particle.items.every(may)
}

function once(particle: Particle, from: Places, run: Run): Places {
  run.left -= from.size
  switch (particle.kind) {
    // An xs:all repeats nowhere and contains nothing that repeats (XML Schema 1.0 Part 1 §3.8.6): it is never counted.
    case 'all':
    case 'sequence':
      return particle.items.reduce((here, it) => times(it, here, run), from)
    case 'choice':
      return new Set(particle.items.flatMap((it) => [...times(it, from, run)]))
    default:
      return new Set([...from].filter((at) => run.takes(particle, at)).map((at) => at + 1))
  }
}

/** True where counting has more than one way: something repeats inside something that repeats. */
export function countsTwice(particle: Particle, inside = false): boolean {
  const repeats = particle.max > 1
  if (inside && repeats) return true
  if (particle.kind === 'element' || particle.kind === 'any') return false
  return particle.items.some((it) => countsTwice(it, inside || repeats))
}
