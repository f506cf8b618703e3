// How types are derived from each other, and where that lets one stand for the other (XML Schema Part 1 §3.3.6,
// §3.4.6; Part 2 §4.1.6): xsi:type and substitution groups, as far as `block` leaves them open.

import { ANY_TYPE } from './builtins.ts'
import type { Blocked, ElementDecl, Type } from './model.ts'

/** What is blocked where nothing is said. */
const NOTHING: ReadonlySet<Blocked> = new Set()

/** True when a type is the other one, or derived from it. */
function derives(type: Type, from: Type): boolean {
  return from === ANY_TYPE || stepsBetween(type, from) !== undefined || isMember(type, from)
}

/** True when xsi:type may name this type on an element of that declaration; whether it is abstract is another question. */
export function mayStandFor(type: Type, decl: Pick<ElementDecl, 'type' | 'block'>): boolean {
  const { type: declared, block = NOTHING } = decl
  if (declared === ANY_TYPE || isMember(type, declared)) return true
  return isOpen(stepsBetween(type, declared), block, blockOf(declared))
}

/** True when an element may stand where its head is declared. */
export function maySubstitute(member: ElementDecl, head: ElementDecl): boolean {
  const { block = NOTHING } = head
  if (block.has('substitution')) return false
  if (head.type === ANY_TYPE || member.type === head.type) return true
  const steps = stepsBetween(member.type, head.type)
  // Types on the way count, too, but not the member's own.
  const between = (steps ?? []).slice(1).map(blockOf)
  return isOpen(steps, block, blockOf(head.type), ...between)
}

function isOpen(
  steps: readonly Type[] | undefined,
  ...blocks: readonly ReadonlySet<Blocked>[]
): boolean {
  return steps?.every((it) => blocks.every((block) => !block.has(methodOf(it)))) ?? false
}

function methodOf(type: Type): Blocked {
  return type.kind === 'complex' ? (type.derivation ?? 'restriction') : 'restriction'
}

function blockOf(type: Type): ReadonlySet<Blocked> {
  return type.kind === 'complex' ? (type.block ?? NOTHING) : NOTHING
}

/** The type and its bases up to, and without, the other; undefined when that is none of them. */
function stepsBetween(type: Type, from: Type): readonly Type[] | undefined {
  const steps: Type[] = []
  for (let it: Type | undefined = type; it !== undefined; it = it.base) {
    if (isSame(it, from)) return steps
    steps.push(it)
  }
  return undefined
}

/** One type may have been compiled twice, by its name and inside a redefinition. */
function isSame(a: Type, b: Type): boolean {
  return a === b || (a.name !== '' && a.name === b.name && a.ns === b.ns)
}

/** A member of a union stands for the union (Part 2 §4.1.6). */
function isMember(type: Type, union: Type): boolean {
  if (union.kind !== 'simple' || type.kind !== 'simple' || union.members === undefined) return false
  const isRestricted = Object.keys(union.facets).length > 0
  return !isRestricted && union.members.some((it) => derives(type, it))
}
