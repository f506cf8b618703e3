// The children of one element, taken from its content model: which branch, how many, in which order.
// What a child holds is made elsewhere.

import { member, put } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { mismatch } from '../match.ts'
import { key } from '../model.ts'
import type { ComplexType, ElementDecl, Model, Particle } from '../model.ts'
import { isDefaultOrder } from '../order.ts'
import { isPossible, leastElements, possibleOnes, sampleExtension } from './open.ts'
import type { Given, Sampling } from './run.ts'
import { wantedFields } from './wanted.ts'
import { EXTENSION, ORDER, TEXT, alternatives, shapeOf } from '../shape.ts'
import type { Shape } from '../shape.ts'

/** An element whose children are to be made. */
export interface Place {
  readonly sampling: Sampling
  /** local names from the outermost element down to this one */
  readonly way: readonly string[]
  readonly given: Given
  /** content of a child */
  readonly value: (decl: ElementDecl) => Json
}

/** levels below which nothing optional is made: recursive types end here */
const MOST_DEPTH = 12

/** One child, or a piece of text, with the key that it stands under. */
interface Piece {
  readonly key: string
  readonly value: Json
  /** of an extension element */
  readonly ns?: string
}

/**
 * The children of an element, as far as the keys of its CIM-JSON go.
 * @param place where the element is, and how a child gets its content
 */
export function sampleChildren(place: Place, type: ComplexType): JsonObject {
  if (type.content.kind !== 'particle') return {}
  const { sampling } = place
  const shape = shapeOf(type, sampling.model)
  const wanted = sampling.tidy ? wantedFields(sampling, place.way, shape) : NOTHING_WANTED
  const context: Context = { ...place, shape, wanted }
  const pieces = piecesOf(context, type.content.particle)
  const said = pieces.length === 0 && sampling.tidy ? firstPiece(context) : pieces
  return gathered(type.mixed ? withTexts(sampling, said) : said, shape, sampling.model)
}

const NOTHING_WANTED: ReadonlySet<ElementDecl> = new Set()

interface Context extends Place {
  readonly shape: Shape
  /** optional children of a tidy sample */
  readonly wanted: ReadonlySet<ElementDecl>
}

/** An object that says nothing is no example: where nothing is asked for, the first child is made. */
function firstPiece(context: Context): readonly Piece[] {
  const { given, sampling, shape, way } = context
  const { model } = sampling
  const first = shape.fields.find(
    ({ decl }) => isPossible(decl, model) && isEnough(decl, shape, model),
  )
  const tooDeep = way.length >= MOST_DEPTH || !shape.grouped
  return first === undefined || tooDeep || given.size > 0 ? [] : [childPiece(context, first.decl)]
}

/** True when the content model is satisfied with this child alone. */
function isEnough(decl: ElementDecl, { type: { content } }: Shape, model: Model): boolean {
  return content.kind === 'particle' && mismatch(content.particle, [decl], model) === undefined
}

function gathered(pieces: readonly Piece[], shape: Shape, model: Model): JsonObject {
  const made: Record<string, Json> = {}
  for (const { key: name, value } of pieces) {
    const array = shape.byKey.get(name)?.array ?? true
    put(
      made,
      name,
      array ? [...((member(made, name) as readonly Json[] | undefined) ?? []), value] : value,
    )
  }
  const order = pieces.map((it) => it.key)
  const wild = pieces.filter((it) => it.ns !== undefined).map((it) => it.ns ?? '')
  if (shape.grouped || isDefaultOrder(order, wild, shape, model)) return made
  return { ...made, [ORDER]: order }
}

/** Text before, between and behind the children of mixed content; never two pieces side by side, nor a blank one. */
function withTexts({ random, tidy }: Sampling, pieces: readonly Piece[]): readonly Piece[] {
  const text = (): readonly Piece[] =>
    random.chance(0.5) ? [{ key: TEXT, value: random.pick(MIXED_TEXTS) ?? '' }] : []
  return tidy ? pieces : [...text(), ...pieces.flatMap((it) => [it, ...text()])]
}

const MIXED_TEXTS: readonly string[] = ['text', ' a & <b> ', '\r\n]]>', '😀']

function piecesOf(context: Context, particle: Particle): readonly Piece[] {
  const count = occurrences(context, particle)
  context.sampling.make(count, context.way.length)
  return Array.from({ length: count }, () => once(context, particle)).flat()
}

function once(context: Context, particle: Particle): readonly Piece[] {
  const { sampling } = context
  if (particle.kind === 'element') return elementPieces(context, particle.decl)
  if (particle.kind === 'any') return extensionPiece(context, particle)
  if (particle.kind === 'choice') return piecesOf(context, branchOf(context, particle.items))
  const items =
    particle.kind === 'all' && !sampling.tidy
      ? sampling.random.shuffled(particle.items)
      : particle.items
  return items.flatMap((it) => piecesOf(context, it))
}

const EMPTY: Particle = { kind: 'sequence', items: [], min: 1, max: 1 }

/** Any branch while elements are left, then the one that needs fewest; an impossible one where all are. */
function branchOf({ sampling, way }: Context, items: readonly Particle[]): Particle {
  const { model, random, tidy } = sampling
  const needs = (it: Particle) => leastElements(it, model)
  const possible = items.filter((it) => needs(it) < Number.POSITIVE_INFINITY)
  const generous = !tidy && way.length < MOST_DEPTH && sampling.spend()
  const chosen = generous
    ? random.pick(possible)
    : possible.toSorted((a, b) => needs(a) - needs(b)).find((it) => needs(it) > 0 || !tidy)
  return chosen ?? possible[0] ?? items[0] ?? EMPTY
}

/** How often a particle occurs this time. */
function occurrences(context: Context, particle: Particle): number {
  const { sampling, way, given } = context
  const { min, max } = particle
  if (particle.kind === 'element' && given.has(particle.decl.name))
    return given.get(particle.decl.name) === undefined ? 0 : 1
  if (
    way.length >= MOST_DEPTH ||
    leastElements({ ...particle, min: 1 } as Particle, sampling.model) === Number.POSITIVE_INFINITY
  )
    return min
  if (sampling.tidy) return Math.max(min, isWanted(context, particle) ? 1 : 0)
  const more = Math.min(max - min, sampling.random.pick([0, 0, 0, 1, 1, 1, 1, 2, 3]) ?? 0)
  return min + Array.from({ length: more }, () => sampling.spend()).filter((it) => it).length
}

/** In a tidy sample: an element that is wanted, or a group that holds one without a choice. */
function isWanted(context: Context, particle: Particle): boolean {
  if (particle.kind === 'any') return false
  if (particle.kind === 'element') return context.wanted.has(particle.decl)
  if (particle.kind === 'choice') return context.sampling.full
  return particle.items.some((it) => it.kind === 'element' && isWanted(context, it))
}

function elementPieces(context: Context, head: ElementDecl): readonly Piece[] {
  const { sampling, shape, given } = context
  const due = given.get(head.name)
  if (due !== undefined) {
    const items = Array.isArray(due) && shape.byKey.get(head.name)?.array === true ? due : [due]
    return items.map((it: Json) => ({ key: head.name, value: it }))
  }
  const members = possibleOnes(alternatives(head, sampling.model), sampling.model)
  const decl = sampling.tidy ? members[0] : sampling.random.pick(members)
  return decl === undefined ? [] : [childPiece(context, decl)]
}

function childPiece({ shape, value }: Context, decl: ElementDecl): Piece {
  const name = shape.byName.get(key(decl.ns, decl.name))?.key ?? decl.name
  return { key: name, value: value(decl) }
}

function extensionPiece(context: Context, particle: Particle & { kind: 'any' }): readonly Piece[] {
  const made = sampleExtension(context.sampling, particle, context.shape, context.value)
  return made === undefined
    ? []
    : [{ key: EXTENSION, value: { ns: made.ns, xml: made.xml }, ns: made.ns }]
}
