// Is an element valid? Said without the XSD engine, where it is sure both that it is and that it is not; where it is
// not sure, the engine is asked. Walks the numbers of a document, so that no object is made for what is right.

import type { Attribute } from '../../envelope/element.ts'
import { planOf } from './plan.ts'
import type { ParticlePlan, Plan, SequencePlan, Slot, TextPlan } from './plan.ts'
import { RIGHT, UNSURE, WRONG, valueCheck } from './value.ts'
import type { Answer } from './value.ts'
import { XSI_NS } from '../builtins.ts'
import { wildcardsOf } from '../diagnose/flat.ts'
import { mismatch } from '../match.ts'
import { admits, key } from '../model.ts'
import type { AttributeUse, ComplexType, ElementDecl, Model, Type, Wildcard } from '../model.ts'
import { MOST_DRAFTS } from '../report.ts'
import { fieldFor, shapeOf } from '../shape.ts'

/** The elements of a document by their places, the root being 0; nothing in it is mixed content. */
export interface Places {
  /** local name */
  readonly local: (at: number) => string
  /** namespace, empty where there is none */
  readonly ns: (at: number) => string
  /** the place behind the last element in this one */
  readonly after: (at: number) => number
  /** of an element without children */
  readonly text: (at: number) => string
  readonly attributes: (at: number) => readonly Attribute[]
}

/** An element that is wrong in itself, or whose children are. */
export interface Wrong {
  readonly at: number
  readonly decl: ElementDecl
}

/**
 * Assesses an element and everything in it.
 * @returns what is wrong, in document order, none inside another: nothing = valid; undefined where the XSD engine has
 * to be asked. More than are ever told are not looked for.
 */
export function assess(
  places: Places,
  at: number,
  decl: ElementDecl,
  model: Model,
): readonly Wrong[] | undefined {
  const run: Run = { places, model, wrong: [], isSure: true }
  assessElement(run, at, planOf(decl, model))
  return run.isSure ? run.wrong : undefined
}

interface Run {
  readonly places: Places
  readonly model: Model
  readonly wrong: Wrong[]
  isSure: boolean
}

function assessElement(run: Run, at: number, plan: Plan): void {
  if (plan.kind === 'engine') return unsure(run)
  const attributes = run.places.attributes(at)
  const before = run.wrong.length
  const answer =
    attributes.length > 0 || plan.needsAttributes ? attributesAnswer(run, attributes, plan) : RIGHT
  if (answer === UNSURE) return unsure(run)
  assessContent(run, at, plan)
  if (answer === WRONG) noteWhole(run, at, plan, before)
}

function assessContent(run: Run, at: number, plan: Exclude<Plan, { kind: 'engine' }>): void {
  const isLeaf = run.places.after(at) === at + 1
  if (plan.kind === 'sequence') assessSequence(run, at, plan, isLeaf)
  else if (plan.kind === 'text') assessText(run, at, plan, isLeaf)
  else if (plan.kind === 'particle') assessParticle(run, at, plan, isLeaf)
  else if (!isLeaf) note(run, at, plan, WRONG)
  else if (run.places.text(at) !== '') unsure(run)
}

/** It is told as a whole. @param before how much was wrong before this element */
function noteWhole(run: Run, at: number, { decl }: Plan, before: number): void {
  run.wrong.length = before
  run.wrong.push({ at, decl })
}

function unsure(run: Run): void {
  run.isSure = false
}

function note(run: Run, at: number, { decl }: Plan, answer: Answer): void {
  if (answer === WRONG) run.wrong.push({ at, decl })
  else if (answer !== RIGHT) unsure(run)
}

/** Nothing more has to be known: it is for the engine, or enough is wrong. */
function isOver({ isSure, wrong }: Run): boolean {
  return !isSure || wrong.length > MOST_DRAFTS
}

function assessText(run: Run, at: number, plan: TextPlan, isLeaf: boolean): void {
  if (!isLeaf) note(run, at, plan, WRONG)
  else if (plan.check !== undefined) note(run, at, plan, plan.check(run.places.text(at)))
}

/** Text where there should be elements; white space is none. */
function holdsText({ places }: Run, at: number): boolean {
  return !/^[ \t\r\n]*$/.test(places.text(at))
}

function assessSequence(run: Run, at: number, plan: SequencePlan, isLeaf: boolean): void {
  const { places } = run
  const { slots } = plan
  const before = run.wrong.length
  const end = places.after(at)
  if (isLeaf && holdsText(run, at)) return note(run, at, plan, WRONG)
  let place = 0
  let count = 0
  for (let child = at + 1; child < end; child = places.after(child)) {
    const local = places.local(child)
    const ns = places.ns(child)
    for (;;) {
      const slot = slots[place]
      if (slot === undefined) return assessLoosely(run, at, plan, child, before)
      if (takes(slot, local, ns)) break
      if (count < slot.min) return assessLoosely(run, at, plan, child, before)
      place += 1
      count = 0
    }
    const slot = slots[place] as Slot
    count += 1
    if (count > slot.max) return assessLoosely(run, at, plan, child, before)
    if (slot.decl !== undefined)
      assessElement(run, child, (slot.plan ??= planOf(slot.decl, run.model)))
    else if (slot.wildcard !== undefined) assessWild(run, child, slot.wildcard)
    if (isOver(run)) return
  }
  for (; place < slots.length; place += 1, count = 0)
    if (count < (slots[place] as Slot).min) return assessLoosely(run, at, plan, end, before)
}

function takes({ name, ns, wildcard }: Slot, local: string, space: string): boolean {
  return wildcard === undefined ? name === local && ns === space : admits(wildcard, space)
}

function assessParticle(run: Run, at: number, plan: ParticlePlan, isLeaf: boolean): void {
  if (isLeaf && holdsText(run, at)) return note(run, at, plan, WRONG)
  const children = childrenOf(run, at)
  if (mismatch(plan.particle, children, run.model) !== undefined)
    return assessLoosely(run, at, plan, at + 1, run.wrong.length)
  for (const it of children) {
    assessChild(run, it.at, plan.type)
    if (isOver(run)) return
  }
}

function childrenOf({ places }: Run, at: number) {
  const children: { readonly at: number; readonly name: string; readonly ns: string }[] = []
  const end = places.after(at)
  for (let child = at + 1; child < end; child = places.after(child))
    children.push({ at: child, name: places.local(child), ns: places.ns(child) })
  return children
}

/** A child that may stand in the type, in whatever place. */
function assessChild(run: Run, at: number, type: ComplexType): void {
  const local = run.places.local(at)
  const ns = run.places.ns(at)
  const field = fieldFor(shapeOf(type, run.model), ns, local)
  if (field !== undefined) return assessElement(run, at, planOf(field.decl, run.model))
  if (type.content.kind !== 'particle') return
  const wildcard = wildcardsOf(type.content.particle).find((it) => admits(it, ns))
  // What no wildcard admits either is what is wrong.
  if (wildcard !== undefined) assessWild(run, at, wildcard)
}

/** What stands there by a wildcard: one that is skipped says nothing about it, a strict one is for the engine. */
function assessWild(run: Run, at: number, { process }: Wildcard): void {
  if (process === 'lax') assessKnown(run, at)
  else if (process === 'strict') unsure(run)
}

/** What the schema knows is held to it, also inside what it does not know (Part 1 §3.10.1, lax). */
function assessKnown(run: Run, at: number): void {
  const { places, model } = run
  const decl = model.elements.get(key(places.ns(at), places.local(at)))
  if (decl !== undefined) return assessElement(run, at, planOf(decl, model))
  const isJudged = (it: Attribute) => it.ns === XSI_NS || model.attributes.has(key(it.ns, it.name))
  if (places.attributes(at).some(isJudged)) return unsure(run)
  const end = places.after(at)
  for (let child = at + 1; child < end && run.isSure; child = places.after(child))
    assessKnown(run, child)
}

/**
 * Of an element whose children are not as they should be: it is told as a whole, so all that is in it has to be sure.
 * Where there are wildcards, the XSD engine is known to take more than it should, and has the last word.
 * @param from the first child that has not been assessed
 * @param before how much was wrong before this element
 */
function assessLoosely(
  run: Run,
  at: number,
  plan: SequencePlan | ParticlePlan,
  from: number,
  before: number,
): void {
  const end = run.places.after(at)
  if (plan.isOpen) return unsure(run)
  for (let child = from; child < end && !isOver(run); child = run.places.after(child))
    assessChild(run, child, plan.type)
  noteWhole(run, at, plan, before)
}

function attributesAnswer(run: Run, attributes: readonly Attribute[], plan: Plan): Answer {
  const { type } = plan.decl
  let answer: Answer = RIGHT
  for (const it of attributes) {
    const one = attributeAnswer(run, it, type)
    if (one > answer) answer = one
  }
  const isMissing = (use: AttributeUse) =>
    use.required && !attributes.some((it) => it.name === use.name && it.ns === use.ns)
  return answer === RIGHT && plan.attributes.some(isMissing) ? WRONG : answer
}

function attributeAnswer(run: Run, it: Attribute, type: Type): Answer {
  if (it.ns === XSI_NS) return hintAnswer(it)
  if (type.kind === 'simple') return WRONG
  const use = shapeOf(type, run.model).attributesByName.get(key(it.ns, it.name))?.use
  if (use !== undefined) return useAnswer(use, it.value)
  if (type.anyAttribute === undefined || !admits(type.anyAttribute, it.ns)) return WRONG
  const { process } = type.anyAttribute
  if (process === 'skip') return RIGHT
  const known = run.model.attributes.has(key(it.ns, it.name))
  return process === 'lax' && !known ? RIGHT : UNSURE
}

function useAnswer({ type, fixed }: AttributeUse, value: string): Answer {
  if (fixed !== undefined && value !== fixed) return UNSURE
  return valueCheck(type)?.(value) ?? RIGHT
}

/** Where a schema might be found is only a hint (XML Schema Part 1 §4.3.2), and none that is followed. */
function hintAnswer({ name, value }: Attribute): Answer {
  const words = value.trim().split(/\s+/)
  if (name === 'schemaLocation') return words.length % 2 === 0 ? RIGHT : UNSURE
  return name === 'noNamespaceSchemaLocation' && words.length === 1 ? RIGHT : UNSURE
}
