// What has to be looked at in an element of a declaration, worked out once: its text, its attributes, its children.

import { RIGHT, UNSURE, valueCheck } from './value.ts'
import type { ValueCheck } from './value.ts'
import { flatten, wildcardsOf } from '../diagnose/flat.ts'
import { countsTwice, isEmptiable } from '../match-counted.ts'
import { admits, key, UNBOUNDED } from '../model.ts'
import type {
  AttributeUse,
  ComplexType,
  ElementDecl,
  Key,
  Model,
  Particle,
  SimpleType,
  Wildcard,
} from '../model.ts'
import { alternatives, onlyWildcards } from '../shape.ts'

/** An element or wildcard in a sequence. */
export interface Slot {
  readonly name: string
  readonly ns: string
  readonly min: number
  readonly max: number
  /** undefined of a wildcard */
  readonly decl: ElementDecl | undefined
  readonly wildcard: Wildcard | undefined
  /** of the element, made when the first one is met */
  plan: Plan | undefined
}

/** What all elements have. */
interface Furnished {
  readonly decl: ElementDecl
  readonly attributes: readonly AttributeUse[]
  readonly needsAttributes: boolean
}

/** An element with text alone. */
export interface TextPlan extends Furnished {
  readonly kind: 'text'
  /** undefined where any text will do */
  readonly check: ValueCheck | undefined
}

/** An element with children. */
interface ContentPlan extends Furnished {
  readonly type: ComplexType
  /** there are wildcards */
  readonly isOpen: boolean
}

/** An element with children in one order, each of which can stand in one place only. */
export interface SequencePlan extends ContentPlan {
  readonly kind: 'sequence'
  readonly slots: readonly Slot[]
}

/** An element with children in any other arrangement. */
export interface ParticlePlan extends ContentPlan {
  readonly kind: 'particle'
  readonly particle: Particle
}

/** How an element is assessed; of kind `engine` are those that only the XSD engine can judge. */
export type Plan =
  TextPlan | SequencePlan | ParticlePlan | (Furnished & { readonly kind: 'empty' | 'engine' })

const plans = new WeakMap<ElementDecl, Plan>()

/** @param model that the declaration belongs to */
export function planOf(decl: ElementDecl, model: Model): Plan {
  const known = plans.get(decl)
  if (known !== undefined) return known
  const made = makePlan(decl, model)
  plans.set(decl, made)
  return made
}

function makePlan(decl: ElementDecl, model: Model): Plan {
  const { type } = decl
  const bare = { decl, attributes: [], needsAttributes: false }
  if (decl.abstract || decl.constrained === true) return { ...bare, kind: 'engine' }
  if (type.kind === 'simple') return { ...bare, kind: 'text', check: textCheck(decl, type) }
  if (type.abstract || type.mixed) return { ...bare, kind: 'engine' }
  const { attributes, content } = type
  const furnished = { decl, attributes, needsAttributes: attributes.some((it) => it.required) }
  if (content.kind === 'simple')
    return { ...furnished, kind: 'text', check: textCheck(decl, content.type) }
  if (content.kind === 'empty' || isNothing(content.particle))
    return { ...furnished, kind: 'empty' }
  return contentPlan(furnished, type, content.particle, model)
}

/** An empty element takes its default or fixed value, and a fixed one is compared: that is left to the engine. */
function textCheck(decl: ElementDecl, type: SimpleType): ValueCheck | undefined {
  const check = valueCheck(type)
  const { fixed, default: usual } = decl
  if (fixed === undefined && usual === undefined) return check
  return (text) => {
    if (text === '' || (fixed !== undefined && text !== fixed)) return UNSURE
    return check === undefined ? RIGHT : check(text)
  }
}

function contentPlan(
  furnished: Furnished,
  type: ComplexType,
  particle: Particle,
  model: Model,
): Plan {
  if (isMiscounted(particle) || !isPlain(particle, model, new Map()))
    return { ...furnished, kind: 'engine' }
  const content = { ...furnished, type, isOpen: wildcardsOf(particle).length > 0 }
  const slots = isExact(particle) ? flatten(particle)?.map(slotOf) : undefined
  const isSequence = slots?.every((it, at) => it.decl !== undefined || at === slots.length - 1)
  if (slots !== undefined && isSequence === true) return { ...content, kind: 'sequence', slots }
  return isAmbiguous(particle)
    ? { ...furnished, kind: 'engine' }
    : { ...content, kind: 'particle', particle }
}

/** A group of no elements: white space is content there, as where there is no group. */
function isNothing(particle: Particle): boolean {
  if (particle.kind === 'element' || particle.kind === 'any') return particle.max === 0
  return particle.max === 0 || particle.items.every(isNothing)
}

/** Where a wildcard admits what is declared beside it, a child's name alone does not tell which of them it stands for. */
function isAmbiguous(particle: Particle): boolean {
  const wildcards = wildcardsOf(particle)
  const isAdmitted = (it: Particle): boolean => {
    if (it.kind === 'any') return false
    if (it.kind !== 'element') return it.items.some(isAdmitted)
    return wildcards.some((one) => admits(one, it.decl.ns))
  }
  return isAdmitted(particle)
}

/** False where `flatten` takes optional wildcards for any number of them, and the schema asks for some number. */
function isExact(particle: Particle): boolean {
  if (particle.kind === 'element' || particle.kind === 'any') return true
  if (!onlyWildcards(particle)) return particle.items.every(isExact)
  const [first, rest, more] = particle.items
  const isOne = first?.kind === 'any' && first.min === 1 && first.max === 1
  const isAny = rest?.kind === 'any' && rest.min === 0 && rest.max === UNBOUNDED
  return particle.kind === 'sequence' && isOne && isAny && more === undefined
}

/** Where counting has more than one way, or a round may take nothing: engines are known to differ. */
function isMiscounted(particle: Particle): boolean {
  return countsTwice(particle) || repeatsNothing(particle)
}

function repeatsNothing(particle: Particle): boolean {
  if (particle.kind === 'element' || particle.kind === 'any') return false
  return (particle.max > 1 && isEmptiable(particle)) || particle.items.some(repeatsNothing)
}

/**
 * True where nothing may stand for an element, and one name means one declaration: whatever may stand there in its
 * place may be abstract, blocked or of another type.
 * @param named declarations that have been met
 */
function isPlain(particle: Particle, model: Model, named: Map<Key, ElementDecl>): boolean {
  if (particle.kind === 'any') return true
  if (particle.kind !== 'element') return particle.items.every((it) => isPlain(it, model, named))
  const { decl } = particle
  const name = key(decl.ns, decl.name)
  const other = named.get(name) ?? decl
  named.set(name, decl)
  return !decl.abstract && alternatives(decl, model).length === 1 && isSame(decl, other)
}

function isSame(one: ElementDecl, other: ElementDecl): boolean {
  if (one === other) return true
  const isBare = (it: ElementDecl) =>
    it.fixed === undefined && it.default === undefined && it.constrained === undefined
  return one.type === other.type && isBare(one) && isBare(other)
}

function slotOf(particle: Particle & { readonly kind: 'element' | 'any' }): Slot {
  const { min, max } = particle
  const decl = particle.kind === 'element' ? particle.decl : undefined
  const wildcard = particle.kind === 'any' ? particle : undefined
  return { name: decl?.name ?? '', ns: decl?.ns ?? '', min, max, decl, wildcard, plan: undefined }
}
