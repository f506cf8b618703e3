// The children of one element against its content model: what has no place there at all, and then what is
// missing, too many or out of order. Recovers after each mistake, so that one wrong child does not hide the next.

import type { Element } from '../../envelope/element.ts'
import { namespaceAdvice } from '../../envelope/rules-payload.ts'
import { diagnoseFlat, flatten, wildcardsOf } from './flat.ts'
import { mismatch } from '../match.ts'
import type { Mismatch, Named } from '../match.ts'
import { admits, key } from '../model.ts'
import type { ComplexType, ElementDecl, Particle, Wildcard } from '../model.ts'
import { nearest } from '../nearest.ts'
import { isFull, report } from '../report.ts'
import type { Diagnosis } from '../report.ts'
import { scopeIn } from '../scope.ts'
import { fieldFor, shapeOf } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** @param inside the run with the declarations around the child, where it is not that of the parent */
type Visit = (child: Element, decl: ElementDecl, inside?: Diagnosis) => void

/** @param visit looks into a child whose declaration is known */
export function diagnoseContent(
  run: Diagnosis,
  element: Element,
  type: ComplexType,
  visit: Visit,
): void {
  if (type.content.kind !== 'particle' || isFull(run)) return
  const { particle } = type.content
  const shape = shapeOf(type, run.model)
  const wildcards = wildcardsOf(particle)
  const taken = element.children.map((it) =>
    isKnown(run, it, shape, wildcards, element, visit) ? it : meantBy(it, shape),
  )
  const known = element.children.filter((it, at) => taken[at] === it)
  if (isFull(run) || mismatch(particle, known, run.model) === undefined) return
  const slots = flatten(particle)
  const all = taken.filter((it) => it !== undefined)
  const before = run.drafts.length
  if (slots !== undefined) {
    const meant = all.filter((it) => !isElement(it))
    diagnoseFlat(run, element, known, slots, meant)
    // Wildcards that only stand in certain numbers are no place of a sequence.
    if (run.drafts.length > before || meant.length > 0) return
  }
  const wrong = mismatch(particle, all, run.model)
  if (wrong !== undefined) reportMismatch(run, element, all, wrong)
}

/** A child that has been reported for its namespace alone fills the place that it is meant for. */
function meantBy({ name }: Element, { fields }: Shape): Named | undefined {
  return fields.find((it) => it.decl.name === name)?.decl
}

/** Looks into a child that may stand here; reports one that may not. */
function isKnown(
  run: Diagnosis,
  child: Element,
  shape: Shape,
  wildcards: readonly Wildcard[],
  parent: Element,
  visit: Visit,
): boolean {
  if (isFull(run)) return true
  const field = fieldFor(shape, child.ns, child.name)
  if (field !== undefined) {
    visit(child, field.decl)
    return true
  }
  const wildcard = wildcards.find((it) => admits(it, child.ns))
  if (wildcard === undefined) {
    reportUnknown(run, child, parent, shape)
    return false
  }
  if (wildcard.process === 'lax') visitKnown(run, child, visit)
  if (wildcard.process !== 'strict') return true
  const decl = run.model.elements.get(key(child.ns, child.name))
  if (decl !== undefined) visit(child, decl)
  else reportUnknown(run, child, parent, shape)
  return true
}

/** What the schema knows is held to it, also inside what it does not know (Part 1 §3.10.1, lax). */
function visitKnown(run: Diagnosis, element: Element, visit: Visit): void {
  const decl = run.model.elements.get(key(element.ns, element.name))
  if (decl !== undefined) return visit(element, decl, run)
  const inside = { ...run, scope: scopeIn(element, run.scope) }
  for (const it of element.children) visitKnown(inside, it, visit)
}

function reportUnknown(run: Diagnosis, child: Element, parent: Element, shape: Shape): void {
  const names = shape.fields.map((it) => it.decl.name)
  const namesake = shape.fields.find((it) => it.decl.name === child.name)
  const other = child.ns === parent.ns ? '' : ` in ${child.ns === '' ? 'no namespace' : child.ns}`
  const what = namesake === undefined ? child.name : `${child.name} of this namespace`
  report(run, 'cvc-complex-type.2.4.a', child, {
    expected: names.length === 0 ? 'an element that the schema has' : `one of ${names.join(', ')}`,
    found: `<${child.name}>${other}`,
    message: `${parent.name} has no ${what}.`,
    mend: mendUnknown(run, child, shape, namesake?.decl),
  })
}

function mendUnknown(
  { namespaceOf }: Diagnosis,
  child: Element,
  shape: Shape,
  namesake: ElementDecl | undefined,
): string {
  if (namesake !== undefined)
    return `Write ${child.name} in ${namesake.ns === '' ? 'no namespace' : `the namespace ${namesake.ns}`}.`
  // The usual mistake in a Payload: its root without an xmlns of its own.
  const known = shape.open ? namespaceAdvice(child, namespaceOf) : undefined
  if (known !== undefined) return known
  if (shape.open && child.ns === '' && namespaceOf?.(child.name) === '')
    return `Take ${child.name} out: its schema has no namespace, and nothing without one may stand here.`
  const near = nearest(
    child.name,
    shape.fields.map((it) => it.decl.name),
  )
  if (near !== undefined) return `Did you mean ${near}?`
  return shape.open
    ? `Write ${child.name} in the namespace of its own schema (xmlns="…"), or take it out.`
    : `Take ${child.name} out.`
}

/** Choices, repeated groups and the like: the first child that does not fit, and what could stand there. */
function reportMismatch(
  run: Diagnosis,
  element: Element,
  children: readonly Named[],
  { at, expected, needed }: Mismatch,
): void {
  const child = children[at]
  // It has been reported for its namespace.
  if (child !== undefined && !isElement(child)) return
  const names = namesOf(child === undefined && needed.length > 0 ? needed : expected)
  const words = names.length > 1 ? `one of ${names.join(', ')}` : (names[0] ?? 'no more elements')
  if (child === undefined)
    report(run, 'cvc-complex-type.2.4.b', element, {
      expected: words,
      found: 'the end of the element',
      message: `${element.name} is not complete.`,
      mend: `Add ${names.join(' or ')}${at === 0 ? '' : ` after ${children[at - 1]?.name}`}.`,
    })
  else
    report(run, 'cvc-complex-type.2.4.a', child, {
      expected: words,
      found: `<${child.name}>`,
      message: `${child.name} is not expected here.`,
      mend:
        needed.length > 0
          ? `Add ${namesOf(needed).join(' or ')} before ${child.name}, or move ${child.name}.`
          : `Take ${child.name} out, or move it to where the schema of ${element.name} admits it.`,
    })
}

function isElement(it: Named): it is Element {
  return 'children' in it
}

function namesOf(particles: readonly Particle[]): readonly string[] {
  const names = particles.map((it) =>
    it.kind === 'element' ? it.decl.name : 'an extension element',
  )
  return [...new Set(names)]
}
