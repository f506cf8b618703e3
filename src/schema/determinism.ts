// Whether a content model says of every element which of its particles the element belongs to, without looking ahead
// (XML Schema Part 1 §3.8.6 "Unique Particle Attribution"). Engines refuse a schema that does not.
// It is asked of what we derive; repeated particles count as repeated without end, which refuses a little too much.

import { admits, key } from './model.ts'
import type { ElementDecl, Key, Model, Particle, Wildcard } from './model.ts'

/** A place in a content model where an element may stand. */
type Place =
  | { readonly kind: 'element'; readonly names: readonly Key[]; readonly decl: ElementDecl }
  | { readonly kind: 'any'; readonly wildcard: Wildcard }

/** What a particle can begin and end with. */
interface Ends {
  readonly isEmpty: boolean
  readonly first: readonly Place[]
  readonly last: readonly Place[]
}

/** places of one content model above which the question is not followed; the answer is no then */
const MOST_PLACES = 1000

/** True when no two particles compete for an element. */
export function isDeterministic(particle: Particle, model: Model): boolean {
  const places = placesOf(particle, model)
  if (places.length > MOST_PLACES) return false
  if (!overlap(places)) return true
  const follow = new Map<Place, Place[]>()
  const made = endsOf(particle, placeOf(model), follow)
  return !overlap(made.first) && [...follow.values()].every((it) => !overlap(it))
}

function placesOf(particle: Particle, model: Model): readonly Place[] {
  const places: Place[] = []
  endsOf(particle, (it) => {
    const place = placeOf(model)(it)
    places.push(place)
    return place
  })
  return places
}

type Leaf = Extract<Particle, { readonly kind: 'element' | 'any' }>

function placeOf(model: Model): (it: Leaf) => Place {
  return (it) => {
    if (it.kind === 'any') return { kind: 'any', wildcard: it }
    const { decl } = it
    const members = decl.global ? (model.substitutes.get(key(decl.ns, decl.name)) ?? []) : []
    const names = [decl, ...members].map((one) => key(one.ns, one.name))
    return { kind: 'element', names: [...new Set(names)], decl }
  }
}

/** @param follow by place, the places that may come next; left out where nobody asks */
function endsOf(it: Particle, place: (leaf: Leaf) => Place, follow?: Map<Place, Place[]>): Ends {
  if (it.max === 0) return { isEmpty: true, first: [], last: [] }
  const once = onceOf(it, place, follow)
  if (it.max > 1) joined(once.last, once.first, follow)
  return { ...once, isEmpty: once.isEmpty || it.min === 0 }
}

function onceOf(it: Particle, place: (leaf: Leaf) => Place, follow?: Map<Place, Place[]>): Ends {
  if (it.kind === 'element' || it.kind === 'any') {
    const own = [place(it)]
    return { isEmpty: false, first: own, last: own }
  }
  const items = it.items.map((one) => endsOf(one, place, follow))
  if (it.kind === 'choice') {
    const isEmpty = items.length === 0 || items.some((one) => one.isEmpty)
    return {
      isEmpty,
      first: items.flatMap((one) => one.first),
      last: items.flatMap((one) => one.last),
    }
  }
  // Items of xs:all may come in any order; each is followed by every other, and none competes with itself.
  if (it.kind === 'all') return { isEmpty: items.every((one) => one.isEmpty), ...bothEnds(items) }
  return items.reduce<Ends>((before, next) => {
    joined(before.last, next.first, follow)
    return {
      isEmpty: before.isEmpty && next.isEmpty,
      first: before.isEmpty ? [...before.first, ...next.first] : before.first,
      last: next.isEmpty ? [...before.last, ...next.last] : next.last,
    }
  }, EMPTY)
}

const EMPTY: Ends = { isEmpty: true, first: [], last: [] }

function bothEnds(items: readonly Ends[]): Pick<Ends, 'first' | 'last'> {
  return { first: items.flatMap((it) => it.first), last: items.flatMap((it) => it.last) }
}

function joined(from: readonly Place[], to: readonly Place[], follow?: Map<Place, Place[]>): void {
  if (follow === undefined) return
  for (const it of from) {
    const known = follow.get(it) ?? []
    follow.set(it, [...known, ...to.filter((one) => !known.includes(one))])
  }
}

/** True when two different places could take the same element. */
function overlap(places: readonly Place[]): boolean {
  const names = new Set<Key>()
  for (const it of places) {
    if (it.kind === 'any') continue
    if (it.names.some((name) => names.has(name))) return true
    for (const name of it.names) names.add(name)
  }
  const wild = places.flatMap((it) => (it.kind === 'any' ? [it.wildcard] : []))
  const spaces = new Set([...names].map((it) => it.slice(1, it.indexOf('}'))))
  return wild.some(
    (it, at) =>
      [...spaces].some((ns) => admits(it, ns)) ||
      wild.slice(at + 1).some((other) => meet(it, other)),
  )
}

function meet(one: Wildcard, other: Wildcard): boolean {
  if (one.namespaces.kind === 'list') return one.namespaces.list.some((ns) => admits(other, ns))
  // Both admit all but a few namespaces.
  return other.namespaces.kind !== 'list' || meet(other, one)
}
