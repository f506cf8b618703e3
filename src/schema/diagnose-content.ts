// The children of one element against its content model: what is unknown, missing, too many or out of order.
// Recovers after each mistake, so that one wrong child does not hide the next.

import type { Element } from '../envelope/element.ts'
import type { Diagnosis } from './diagnose.ts'
import { report } from './diagnose.ts'
import { longestRun } from './longest-run.ts'
import { match } from './match.ts'
import { admits, key } from './model.ts'
import type { ComplexType, ElementDecl, Particle } from './model.ts'
import { nearest } from './nearest.ts'
import { alternatives, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

type Visit = (child: Element, decl: ElementDecl) => void

/** @param visit looks into a child whose declaration is known */
export function diagnoseContent(
  run: Diagnosis,
  element: Element,
  type: ComplexType,
  visit: Visit,
): void {
  if (type.content.kind !== 'particle') return
  const shape = shapeOf(type, run.model)
  const known = element.children.filter((it) => isKnown(run, it, shape, type, element, visit))
  const flat = flatten(type.content.particle)
  if (match(type.content.particle, known, run.model) === known.length) return
  if (flat === undefined) diagnoseNested(run, element, known, type.content.particle)
  else diagnoseFlat(run, element, known, flat)
}

/** Looks into every child that may stand here; reports and drops the ones that may not. */
function isKnown(
  run: Diagnosis,
  child: Element,
  shape: Shape,
  type: ComplexType,
  parent: Element,
  visit: Visit,
): boolean {
  const field = shape.byName.get(key(child.ns, child.name))
  if (field !== undefined) {
    visit(child, field.decl)
    return true
  }
  const wildcard = wildcardFor(type, child)
  if (wildcard === undefined) {
    reportUnknown(run, child, parent, shape)
    return false
  }
  const decl =
    wildcard.process === 'skip' ? undefined : run.model.elements.get(key(child.ns, child.name))
  if (decl !== undefined) visit(child, decl)
  else if (wildcard.process === 'strict') reportUnknown(run, child, parent, shape)
  return true
}

function wildcardFor(type: ComplexType, child: Element): (Particle & { kind: 'any' }) | undefined {
  const search = (it: Particle): (Particle & { kind: 'any' }) | undefined => {
    if (it.kind === 'any') return admits(it, child.ns) ? it : undefined
    return it.kind === 'element' ? undefined : it.items.map(search).find((one) => one !== undefined)
  }
  return type.content.kind === 'particle' ? search(type.content.particle) : undefined
}

function reportUnknown(run: Diagnosis, child: Element, parent: Element, shape: Shape): void {
  const names = shape.fields.map((it) => it.decl.name)
  const namesake = shape.fields.find((it) => it.decl.name === child.name)
  const near = nearest(child.name, names)
  const found =
    child.ns === parent.ns
      ? `<${child.name}>`
      : `<${child.name}> in ${child.ns === '' ? 'no namespace' : child.ns}`
  report(run, 'cvc-complex-type.2.4.a', child, {
    expected: names.length === 0 ? 'an element that the schema has' : `one of ${names.join(', ')}`,
    found,
    message: `${parent.name} has no ${namesake === undefined ? child.name : `${child.name} of this namespace`}.`,
    mend:
      namesake !== undefined
        ? `Write ${child.name} in the namespace ${namesake.decl.ns || '(none)'}.`
        : near === undefined
          ? `Take ${child.name} out.`
          : `Did you mean ${near}?`,
  })
}

/** One place of a flat sequence. */
interface Slot {
  readonly particle: Particle & { kind: 'element' | 'any' }
  readonly min: number
  readonly max: number
}

/** A sequence of elements and wildcards, each at one place: nearly every type of CIM. Else undefined. */
function flatten(particle: Particle): readonly Slot[] | undefined {
  if (particle.kind === 'element' || particle.kind === 'any')
    return [{ particle, min: particle.min, max: particle.max }]
  if (particle.kind !== 'sequence' || particle.min !== 1 || particle.max !== 1) return undefined
  const parts = particle.items.map(flatten)
  if (parts.some((it) => it === undefined)) return undefined
  const slots = parts.flatMap((it) => it ?? [])
  const names = slots.map(({ particle: it }) =>
    it.kind === 'element' ? key(it.decl.ns, it.decl.name) : '#any',
  )
  return new Set(names).size === names.length ? slots : undefined
}

function diagnoseFlat(
  run: Diagnosis,
  element: Element,
  known: readonly Element[],
  slots: readonly Slot[],
): void {
  const placed = known.map((child) => ({
    child,
    slot: slots.findIndex((it) => fits(run, it, child)),
  }))
  const before = run.drafts.length
  slots.forEach((slot, at) => {
    const here = placed.filter((it) => it.slot === at).map((it) => it.child)
    if (here.length < slot.min) reportMissing(run, element, slot, here.length, slots, at)
    for (const extra of here.slice(slot.max)) reportTooMany(run, element, extra, slot.max)
  })
  const inOrder = longestRun(placed.map((it) => it.slot))
  placed.forEach(({ child, slot }, at) => {
    if (!inOrder.has(at)) reportOrder(run, element, child, slots, slot, placed, inOrder)
  })
  if (run.drafts.length === before) reportUnexpected(run, element, known[0])
}

function fits(run: Diagnosis, { particle }: Slot, child: Element): boolean {
  if (particle.kind === 'any') return admits(particle, child.ns)
  return alternatives(particle.decl, run.model).some(
    (it) => it.name === child.name && it.ns === child.ns,
  )
}

function reportMissing(
  run: Diagnosis,
  element: Element,
  slot: Slot,
  count: number,
  slots: readonly Slot[],
  at: number,
): void {
  const name = nameOf(slot)
  const previous = slots.slice(0, at).map(nameOf).at(-1)
  const many = slot.min > 1 ? ` (at least ${slot.min}, ${count} found)` : ''
  report(run, 'cvc-complex-type.2.4.b', element, {
    expected: `${name}${many}`,
    found: count === 0 ? 'nothing' : `${count}`,
    message: `${element.name} lacks ${name}${many}.`,
    mend: `Add <${name}>…</${name}> ${previous === undefined ? `as the first child of ${element.name}` : `after ${previous}`}.`,
  })
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

function reportOrder(
  run: Diagnosis,
  element: Element,
  child: Element,
  slots: readonly Slot[],
  slot: number,
  placed: readonly { child: Element; slot: number }[],
  inOrder: ReadonlySet<number>,
): void {
  // Where it belongs: before the first child in order that the sequence has later, else after the last.
  const next = placed.find((it, at) => inOrder.has(at) && it.slot > slot)
  const previous = placed.findLast((it, at) => inOrder.has(at) && it.slot < slot)
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

function nameOf({ particle }: Slot): string {
  return particle.kind === 'element' ? particle.decl.name : 'extension elements'
}

/** Choices, repeated groups and the like: the first child that does not fit, and what could stand there. */
function diagnoseNested(
  run: Diagnosis,
  element: Element,
  known: readonly Element[],
  particle: Particle,
): void {
  const matched = match(particle, known, run.model)
  const wrong = known[matched]
  if (wrong !== undefined) return reportUnexpected(run, element, wrong)
  const names = firstNames(particle)
  report(run, 'cvc-complex-type.2.4.b', element, {
    expected: names.length === 1 ? (names[0] ?? '') : `one of ${names.join(', ')}`,
    found: 'the end of the element',
    message: `${element.name} is not complete.`,
    mend: `Add ${names.join(' or ')} as the schema asks.`,
  })
}

function reportUnexpected(run: Diagnosis, element: Element, child: Element | undefined): void {
  report(run, 'cvc-complex-type.2.4.a', child ?? element, {
    expected: `children of ${element.name} as its content model orders and combines them`,
    found: child === undefined ? 'nothing' : `<${child.name}>`,
    message: `${child?.name ?? element.name} is not expected here.`,
    mend: `Take ${child?.name ?? 'it'} out, or move it to where the schema of ${element.name} admits it.`,
  })
}

function firstNames(particle: Particle): readonly string[] {
  if (particle.kind === 'element') return [particle.decl.name]
  if (particle.kind === 'any') return ['an extension element']
  return particle.kind === 'choice'
    ? particle.items.flatMap(firstNames)
    : particle.items.filter((it) => it.min > 0).flatMap(firstNames)
}
