// Content of one type as CIM-JSON, from the compiled model alone: what the type asks for, and some of what it admits.
// It makes exactly what reading the written XML gives back, so that a sample is its own expected result.

import { shortTypeName } from './instance-type.ts'
import { put } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { key } from './model.ts'
import type {
  AttributeUse,
  ComplexType,
  ElementDecl,
  Model,
  Particle,
  SimpleType,
  Type,
} from './model.ts'
import type { Random } from './random.ts'
import { attributeNamespace, derivedTypes, leastElements, sampleExtension } from './sample-open.ts'
import { sampleText } from './sample-value.ts'
import { scalarToJson } from './scalar.ts'
import { EXTENSION, ORDER, TEXT, VALUE, alternatives, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'
import { isDefaultOrder } from './order.ts'

/** One run of the generator. */
export interface Sampling {
  readonly model: Model
  readonly random: Random
  /** an example for people: nothing odd, and of the optional parts only those that identify */
  readonly tidy: boolean
  /** levels down to which a tidy sample shows the objects that belong to an object */
  readonly related: number
  /** takes one from the elements that may be made beyond the necessary ones; false when none is left */
  readonly spend: () => boolean
}

/** Children of the outermost type whose value is given; undefined where the child is to be left out. */
export type Given = ReadonlyMap<string, Json | undefined>

const NOTHING_GIVEN: Given = new Map()

/** levels below which nothing optional is made: recursive types end here */
const MOST_DEPTH = 12

/**
 * Content of an element of this type.
 * @param way local names from the outermost element down to this one
 */
export function sampleType(
  sampling: Sampling,
  declared: Type,
  way: readonly string[],
  given: Given = NOTHING_GIVEN,
): Json {
  const { random, tidy } = sampling
  const type = instanceOf(sampling, declared)
  const name = shortTypeName(key(type.ns, type.name), declared, sampling.model)
  const instance: JsonObject = type === declared ? {} : { '@xsi:type': name }
  if (type.kind === 'simple') {
    const value = jsonOf(type, sampleText(type, way.slice(-2).join('/'), random, tidy))
    return type === declared ? value : { ...instance, [VALUE]: value }
  }
  const attributes = { ...instance, ...sampleAttributes(sampling, type, way) }
  if (type.content.kind !== 'simple')
    return { ...attributes, ...sampleChildren(sampling, type, way, given) }
  const { type: textType } = type.content
  const text = sampleText(textType, way.slice(-2).join('/'), random, tidy)
  const value = jsonOf(textType, text)
  return Object.keys(attributes).length === 0 ? value : { ...attributes, [VALUE]: value }
}

/** The declared type, or one derived from it, to be named by xsi:type. */
function instanceOf({ model, random, tidy }: Sampling, declared: Type): Type {
  const mustDerive = declared.kind === 'complex' && declared.abstract
  if (!mustDerive && (tidy || declared.kind === 'simple' || !random.chance(0.2))) return declared
  const derived = derivedTypes(declared, model)
  return (tidy ? derived[0] : random.pick(derived)) ?? declared
}

/** A QName in content means its namespace, so it is never without one. */
function jsonOf(type: SimpleType, text: string): Json {
  return type.primitive === 'QName' && type.variety === 'atomic'
    ? key(NAMES_NS, text)
    : scalarToJson(type, text)
}

const NAMES_NS = 'urn:example:names'

function sampleAttributes(
  sampling: Sampling,
  type: ComplexType,
  way: readonly string[],
): JsonObject {
  const { random, tidy, model } = sampling
  const made: Record<string, Json> = {}
  for (const [name, use] of shapeOf(type, model).attributes) {
    const wanted = use.required || (!tidy && random.chance(0.5))
    if (wanted) put(made, name, sampleAttribute(sampling, use, way))
  }
  if (tidy || type.anyAttribute === undefined || !random.chance(0.5)) return made
  const ns = attributeNamespace(type.anyAttribute)
  if (ns !== undefined) put(made, ns === '' ? '@extra' : `@${key(ns, 'extra')}`, 'an extension')
  return made
}

function sampleAttribute(
  { random, tidy }: Sampling,
  use: AttributeUse,
  way: readonly string[],
): Json {
  const { type } = use
  // In an attribute a QName is text like any other, so it has to do without a namespace.
  if (type.primitive === 'QName') return use.fixed ?? 'example'
  const name = `${way.at(-1) ?? ''}/${use.name}`
  return scalarToJson(type, use.fixed ?? sampleText(type, name, random, tidy))
}

/** One child, or a piece of text, with the key that it stands under. */
interface Piece {
  readonly key: string
  readonly value: Json
  /** of an extension element */
  readonly ns?: string
}

function sampleChildren(
  sampling: Sampling,
  type: ComplexType,
  way: readonly string[],
  given: Given,
): JsonObject {
  if (type.content.kind !== 'particle') return {}
  const shape = shapeOf(type, sampling.model)
  const context: Context = { sampling, shape, way, given }
  const pieces = piecesOf(context, type.content.particle)
  const said = pieces.length === 0 && sampling.tidy ? firstPiece(context) : pieces
  return gathered(type.mixed ? withTexts(sampling, said) : said, shape, sampling.model)
}

interface Context {
  readonly sampling: Sampling
  readonly shape: Shape
  readonly way: readonly string[]
  readonly given: Given
}

/** An object that says nothing is no example: where nothing is asked for, the first child is made. */
function firstPiece(context: Context): readonly Piece[] {
  const first = context.shape.fields[0]
  const tooDeep = context.way.length >= MOST_DEPTH || !context.shape.grouped
  return first === undefined || tooDeep || context.given.size > 0
    ? []
    : [childPiece(context, first.decl)]
}

function gathered(pieces: readonly Piece[], shape: Shape, model: Model): JsonObject {
  const made: Record<string, Json> = {}
  for (const { key: name, value } of pieces) {
    const array = shape.byKey.get(name)?.array ?? true
    put(made, name, array ? [...((made[name] as readonly Json[] | undefined) ?? []), value] : value)
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

/** Any branch while elements are left, then the one that needs fewest. */
function branchOf({ sampling, way }: Context, items: readonly Particle[]): Particle {
  const { model, random, tidy } = sampling
  const needs = (it: Particle) => leastElements(it, model)
  const possible = items.filter((it) => needs(it) < Number.POSITIVE_INFINITY)
  const generous = !tidy && way.length < MOST_DEPTH && sampling.spend()
  const chosen = generous
    ? random.pick(possible)
    : possible.toSorted((a, b) => needs(a) - needs(b)).find((it) => needs(it) > 0 || !tidy)
  return chosen ?? possible[0] ?? EMPTY
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

/** Children that say which object is meant. */
const IDENTIFYING: ReadonlySet<string> = new Set([
  'mRID',
  'Names',
  'name',
  'NameType',
  'NameTypeAuthority',
])

/** In a tidy sample: what identifies an object, and the objects near the root that are told by an identifier. */
function isWanted({ sampling, way }: Context, particle: Particle): boolean {
  if (particle.kind === 'any') return false
  if (particle.kind !== 'element')
    return particle.items.some((it) => it.min === 0 && isIdentifying(it))
  if (isIdentifying(particle)) return true
  const { type } = particle.decl
  const fields = type.kind === 'complex' ? shapeOf(type, sampling.model).fields : []
  return (
    way.length <= sampling.related && fields.some((it) => it.key === 'mRID' || it.key === 'Names')
  )
}

function isIdentifying(particle: Particle): boolean {
  return particle.kind === 'element' && IDENTIFYING.has(particle.decl.name)
}

function elementPieces(context: Context, head: ElementDecl): readonly Piece[] {
  const { sampling, shape, given } = context
  const value = given.get(head.name)
  if (value !== undefined) {
    const items =
      Array.isArray(value) && shape.byKey.get(head.name)?.array === true ? value : [value]
    return items.map((it: Json) => ({ key: head.name, value: it }))
  }
  const members = alternatives(head, sampling.model)
  const decl = sampling.tidy ? members[0] : sampling.random.pick(members)
  return decl === undefined ? [] : [childPiece(context, decl)]
}

function childPiece({ sampling, shape, way }: Context, decl: ElementDecl): Piece {
  const name = shape.byName.get(key(decl.ns, decl.name))?.key ?? decl.name
  return { key: name, value: sampleElement(sampling, decl, way) }
}

/** Content of an element: nil, its fixed or default value, or a sample of its type. */
export function sampleElement(
  sampling: Sampling,
  decl: ElementDecl,
  above: readonly string[],
): Json {
  const { random, tidy } = sampling
  const { type, fixed } = decl
  if (decl.nillable && !tidy && random.chance(0.2)) return nilled(sampling, type, above)
  const simple = type.kind === 'simple'
  if (fixed !== undefined && simple) return jsonOf(type, fixed)
  // An empty element takes its default (cvc-elt.5.1).
  if (decl.default !== undefined && simple && !tidy && random.chance(0.3)) return ''
  return sampleType(sampling, type, [...above, decl.name])
}

function nilled(sampling: Sampling, type: Type, above: readonly string[]): Json {
  const attributes = type.kind === 'complex' ? sampleAttributes(sampling, type, above) : {}
  return { '@xsi:nil': sampling.random.chance(0.5) ? true : '1', ...attributes }
}

function extensionPiece(context: Context, particle: Particle & { kind: 'any' }): readonly Piece[] {
  const made = sampleExtension(context.sampling, particle, context.shape, (decl) =>
    sampleElement(context.sampling, decl, context.way),
  )
  return made === undefined
    ? []
    : [{ key: EXTENSION, value: { ns: made.ns, xml: made.xml }, ns: made.ns }]
}
