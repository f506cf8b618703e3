// The children of a plain sequence, in which each name has one place: what is missing, too many or out of order.
// Nearly every type of CIM is one.

import type { Element } from '../../envelope/element.ts'
import { longestRun } from '../longest-run.ts'
import { takes } from '../match.ts'
import type { Named } from '../match.ts'
import { key } from '../model.ts'
import type { Particle, Wildcard } from '../model.ts'
import { isFull, report } from '../report.ts'
import type { Diagnosis } from '../report.ts'
import { onlyWildcards } from '../shape.ts'

/** One place of a plain sequence. */
export type Slot = Particle & { readonly kind: 'element' | 'any' }

/** The places of a sequence of elements and wildcards; undefined when the particle is anything else. */
export function flatten(particle: Particle): readonly Slot[] | undefined {
  if (particle.kind === 'element' || particle.kind === 'any') return [particle]
  if (particle.min === 0 && onlyWildcards(particle)) return wildcardSlot(particle)
  if (particle.kind !== 'sequence' || particle.min !== 1 || particle.max !== 1) return undefined
  const parts = particle.items.map(flatten)
  if (parts.some((it) => it === undefined)) return undefined
  const slots = parts.flatMap((it) => it ?? [])
  const names = slots.map((it) => (it.kind === 'element' ? key(it.decl.ns, it.decl.name) : '#any'))
  return new Set(names).size === names.length ? slots : undefined
}

/** Optional wildcards that stand together are one place, where they admit the same. */
function wildcardSlot(particle: Particle): readonly Slot[] | undefined {
  const [first, ...others] = wildcardsOf(particle)
  if (first === undefined) return []
  const same = others.every((it) => sameNamespaces(it, first))
  return same ? [{ ...first, min: 0, max: mostOf(particle) }] : undefined
}

/** How many elements a group of wildcards takes. */
function mostOf(particle: Particle): number {
  if (particle.kind === 'any' || particle.kind === 'element') return particle.max
  const each = particle.items.map(mostOf)
  const once =
    particle.kind === 'choice' ? Math.max(...each) : each.reduce((sum, it) => sum + it, 0)
  return once * particle.max
}

type Any = Slot & { readonly kind: 'any' }

/** All wildcards of a particle, in order. */
export function wildcardsOf(particle: Particle): readonly Any[] {
  if (particle.kind === 'any') return [particle]
  if (particle.kind === 'element') return NONE
  const known = wildcards.get(particle)
  if (known !== undefined) return known
  const found = particle.items.flatMap(wildcardsOf)
  wildcards.set(particle, found)
  return found
}

const NONE: readonly never[] = []
/** asked for at every element that is diagnosed */
const wildcards = new WeakMap<Particle, readonly Any[]>()

function sameNamespaces({ namespaces: a }: Wildcard, { namespaces: b }: Wildcard): boolean {
  if (a.kind === 'other' && b.kind === 'other') return a.ns === b.ns
  if (a.kind === 'list' && b.kind === 'list') return a.list.join(' ') === b.list.join(' ')
  return a.kind === b.kind
}

/** A child with the number of its slot. */
interface Placed {
  readonly child: Element
  readonly slot: number
}

/**
 * @param known children that all have a slot
 * @param others what further children would be in the right namespace: they are not missing
 */
export function diagnoseFlat(
  run: Diagnosis,
  element: Element,
  known: readonly Element[],
  slots: readonly Slot[],
  others: readonly Named[],
): void {
  const placed = known.map((child) => ({
    child,
    slot: slots.findIndex((it) => takes(it, child, run.model)),
  }))
  slots.forEach((slot, at) => {
    const here = placed.filter((it) => it.slot === at)
    const meant = others.filter((it) => takes(slot, it, run.model))
    if (here.length + meant.length < slot.min)
      reportMissing(run, element, slot, here.length, wherePlaced(element, slots, placed, at))
    for (const { child } of here.slice(slot.max)) reportTooMany(run, element, child, slot.max)
  })
  const inOrder = longestRun(placed.map((it) => it.slot))
  const kept = placed.filter((_, at) => inOrder.has(at))
  placed.forEach((it, at) => {
    if (!inOrder.has(at) && !isFull(run)) reportOrder(run, element, it, slots, kept)
  })
}

function reportMissing(
  run: Diagnosis,
  element: Element,
  slot: Slot,
  count: number,
  where: string,
): void {
  const name = nameOf(slot)
  const many = slot.min > 1 ? ` (at least ${slot.min}, ${count} found)` : ''
  report(run, 'cvc-complex-type.2.4.b', element, {
    expected: `${name}${many}`,
    found: count === 0 ? 'nothing' : `${count}`,
    message: `${element.name} lacks ${name}${many}.`,
    mend: `Add <${name}>…</${name}> ${where}.`,
  })
}

/** Behind what the reader can see, or what an earlier finding makes him add: never behind an absent optional one. */
function wherePlaced(
  element: Element,
  slots: readonly Slot[],
  placed: readonly Placed[],
  at: number,
): string {
  const before = placed.filter((it) => it.slot <= at)
  const last = before.reduce<Placed | undefined>(
    (best, it) => (best === undefined || it.slot >= best.slot ? it : best),
    undefined,
  )
  const lacking = slots.slice((last?.slot ?? -1) + 1, at).findLast((it) => it.min > 0)
  if (lacking !== undefined) return `after ${nameOf(lacking)}, which is missing too`
  return last === undefined ? `as the first child of ${element.name}` : `after ${last.child.name}`
}

function reportTooMany(run: Diagnosis, element: Element, extra: Element, most: number): void {
  report(run, 'cvc-complex-type.2.4.d', extra, {
    expected: `at most ${most} ${extra.name} in ${element.name}`,
    found: `one more ${extra.name}`,
    message: `${element.name} holds more than ${most} ${extra.name}.`,
    mend:
      most === 1
        ? `Keep one ${extra.name}, or write several ${element.name}.`
        : `Keep ${most} of them.`,
  })
}

/** @param kept the children that are in order among themselves */
function reportOrder(
  run: Diagnosis,
  element: Element,
  { child, slot }: Placed,
  slots: readonly Slot[],
  kept: readonly Placed[],
): void {
  // Where it belongs: before the first child in order that the sequence has later, else after the last.
  const next = kept[firstBehind(kept, slot)]
  // One of its own name would be no help: the last of another that the sequence has earlier.
  const previous = kept[firstBehind(kept, slot - 1) - 1]
  const where =
    next !== undefined
      ? `before ${next.child.name}`
      : previous !== undefined
        ? `after ${previous.child.name}`
        : 'first'
  report(run, 'cvc-complex-type.2.4.a', child, {
    expected: `the order ${slots.map(nameOf).join(', ')}`,
    found: `${child.name} out of order`,
    message: `${child.name} stands in the wrong place in ${element.name}.`,
    mend: `Move ${child.name} ${where}.`,
  })
}

/** Place of the first one with a later slot, by halving: the slots never fall. */
function firstBehind(kept: readonly Placed[], slot: number): number {
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((kept[middle]?.slot ?? 0) > slot) high = middle
    else low = middle + 1
  }
  return low
}

function nameOf(slot: Slot): string {
  return slot.kind === 'element' ? slot.decl.name : 'extension elements'
}
