// How the content of a noun's root is divided into objects, and put together again, for any noun: which element is
// the object, what stands beside it, and by what an object is known whose schema gives it no mRID.

import { BESIDE } from '../flows/beside.ts'
import { rangesOf } from '../schema/json-schema/rules.ts'
import { isObject, member, put, sameJson, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { key } from '../schema/model.ts'
import type { ElementDecl, Model, Type } from '../schema/model.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { shapeOf } from '../schema/shape.ts'
import type { Field } from '../schema/shape.ts'
import { OWN_ID } from './identity.ts'

/** What the schema says about the objects of a noun. */
export interface NounContent {
  readonly noun: string
  /** the repeated element that is the object; undefined where the root as a whole is */
  readonly element: string | undefined
  /** repeated elements under the root that can be named by mRID or Names: what a query names things by */
  readonly named: readonly string[]
  /** the schema gives an object an mRID; without it, it is known by an id of the gateway's own */
  readonly hasId: boolean
  /** members that the schema asks an object to have */
  readonly required: readonly string[]
  /** namespace that needs no mention */
  readonly ns: string
}

/** The content of each noun; undefined for what the catalogue does not have. */
export type ContentOf = (noun: string) => NounContent | undefined

export { BESIDE }

/** Worked out once for each noun. */
export function contentsOf(schemas: SchemaSet): ContentOf {
  const known = new Map<string, NounContent>()
  return (noun) => {
    const content = known.get(noun) ?? contentIn(schemas, noun)
    if (content !== undefined) known.set(noun, content)
    return content
  }
}

function contentIn(schemas: SchemaSet, noun: string): NounContent | undefined {
  const found = schemas.payload(undefined, noun, undefined)
  if (found === undefined) return undefined
  const { decl, model } = found
  const own = objectField(decl, model)?.decl ?? decl
  return {
    noun,
    element: own === decl ? undefined : own.name,
    named: listsOf(decl, model)
      .filter((it) => isIdentified(it, model))
      .map((it) => it.key),
    hasId: has(own.type, model, 'mRID'),
    required: requiredOf(own.type, model),
    ns: decl.ns,
  }
}

/**
 * The element under a root that is the object: the one that the noun is the plural of, else one that the noun is
 * named after (`Meter` of a MeterConfig), else the only one that can be identified. Where several can and none is
 * named (a MeterReadSchedule says which devices are read when), the root as a whole is the object.
 */
function objectField(root: ElementDecl, model: Model): Field | undefined {
  const noun = root.name.replace(/^Get(?=[A-Z])/, '').replace(/Queries$/, 's')
  if (has(root.type, model, 'mRID')) return undefined
  const lists = listsOf(root, model)
  const named = (test: (it: string) => boolean) =>
    lists
      .filter((it) => test(it.decl.name))
      .sort((a, b) => b.decl.name.length - a.decl.name.length)[0]
  const identified = lists.filter((it) => isIdentified(it, model))
  return (
    named((it) => noun === `${it}s` || noun === `${it}es`) ??
    named((it) => noun.startsWith(it)) ??
    (identified.length === 1 ? identified[0] : undefined)
  )
}

/** Repeated elements with content of their own. */
function listsOf({ type }: ElementDecl, model: Model): readonly Field[] {
  const fields = type.kind === 'complex' ? shapeOf(type, model).fields : []
  return fields.filter(
    (it) => it.array && it.key === it.decl.name && it.decl.type.kind === 'complex',
  )
}

function isIdentified({ decl }: Field, model: Model): boolean {
  return ['mRID', 'Names'].some((it) => has(decl.type, model, it))
}

function has(type: Type, model: Model, name: string): boolean {
  return type.kind === 'complex' && shapeOf(type, model).byKey.has(name)
}

function requiredOf(type: Type, model: Model): readonly string[] {
  if (type.kind !== 'complex' || type.content.kind !== 'particle') return []
  const ranges = rangesOf(type.content.particle, model)
  const { fields } = shapeOf(type, model)
  return fields
    .filter(({ decl }) => (ranges.get(key(decl.ns, decl.name))?.min ?? 0) > 0)
    .map((it) => it.key)
}

/** The objects of a root's content, each with what stands beside it. */
export function objectsIn(content: Json | undefined, noun: NounContent): readonly JsonObject[] {
  if (!isObject(content)) return []
  const { element, ns } = noun
  const { '@xmlns': written = ns, ...members } = content
  const space = written === ns ? {} : { '@xmlns': written }
  if (element === undefined) return withBeside([members], space)
  const others = Object.entries(members).filter(
    ([name]) => name !== element && !UNDIVIDED.includes(name),
  )
  const list = member(content, element)
  const objects = Array.isArray(list) ? list.filter(isObject) : []
  return withBeside(objects, { ...space, ...Object.fromEntries(others) })
}

function withBeside(objects: readonly JsonObject[], beside: JsonObject): readonly JsonObject[] {
  return Object.keys(beside).length === 0
    ? objects
    : objects.map((it) => ({ ...it, [BESIDE]: beside }))
}

/** An order among all children of the root is none among the objects. */
const UNDIVIDED: readonly string[] = ['#order', '#text']

/**
 * The contents of as many roots as it takes: one, unless objects stand in different namespaces, or beside
 * different attributes, or are roots themselves.
 */
export function rootsOf(
  objects: readonly JsonObject[],
  { element }: NounContent,
): readonly JsonObject[] {
  if (element === undefined) return objects.map((it) => ({ ...withoutOwn(it), ...besideOf(it) }))
  const roots = new Map<string, JsonObject[]>()
  for (const it of objects) {
    const key = writeJson(
      Object.fromEntries(besides(it).filter(([, value]) => !Array.isArray(value))),
    )
    const group = roots.get(key)
    if (group === undefined) roots.set(key, [it])
    else group.push(it)
  }
  return [...roots.values()].map((group) => ({
    [element]: group.map(withoutOwn),
    ...together(group),
  }))
}

/** What stands beside any of the objects, equal items once. */
function together(objects: readonly JsonObject[]): JsonObject {
  const made: Record<string, Json> = {}
  const seen = new Set<Json>()
  const texts = new Set<string>()
  for (const [name, value] of objects.flatMap(besides)) {
    if (!Array.isArray(value)) put(made, name, value)
    else if (!seen.has(value)) {
      seen.add(value)
      const fresh = value.filter((it: Json) => isNew(texts, `${name} ${writeJson(it)}`))
      put(made, name, [...((member(made, name) ?? []) as readonly Json[]), ...fresh])
    }
  }
  return made
}

function isNew(texts: Set<string>, text: string): boolean {
  const before = texts.size
  return texts.add(text).size > before
}

function besideOf(object: JsonObject): JsonObject {
  const beside = member(object, BESIDE)
  return isObject(beside) ? beside : {}
}

function besides(object: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(besideOf(object))
}

/** The object as its schema knows it. */
export function withoutOwn(object: JsonObject): JsonObject {
  if (!Object.hasOwn(object, BESIDE) && !Object.hasOwn(object, OWN_ID)) return object
  const { [BESIDE]: _beside, [OWN_ID]: _id, ...rest } = object
  return rest
}

/** The objects as an API gives them: the content of their root, or of all roots under the noun's name. */
export function shown(objects: readonly JsonObject[], content: NounContent): JsonObject {
  const { noun, element } = content
  const roots = rootsOf(objects, content)
  if (roots.length === 0 && element !== undefined) return { [element]: [] }
  return roots.length === 1 && roots[0] !== undefined ? roots[0] : { [noun]: roots }
}

/**
 * Objects of a collection: one list, whatever stands beside each. Of that is shown what all of them have in common, and the
 * namespace of one that is in another; the rest is shown with the object alone.
 */
export function listed(objects: readonly JsonObject[], content: NounContent): JsonObject {
  const { noun, element } = content
  // A list of roots is a list also for one.
  if (element === undefined) return { [noun]: rootsOf(objects, content) }
  const single = objects.map((it) => besides(it).filter(([, value]) => !Array.isArray(value)))
  const isCommon = ([name, value]: readonly [string, Json]) =>
    objects.every((it) => sameJson(member(besideOf(it), name), value))
  const common = Object.fromEntries((single[0] ?? []).filter(isCommon))
  const lists = Object.entries(together(objects)).filter(([, value]) => Array.isArray(value))
  const own = (it: JsonObject): JsonObject => {
    const space = member(besideOf(it), '@xmlns')
    const isOther = space !== undefined && !Object.hasOwn(common, '@xmlns')
    return { ...(isOther ? { '@xmlns': space } : {}), ...withoutOwn(it) }
  }
  return { [element]: objects.map(own), ...common, ...Object.fromEntries(lists) }
}

/** The objects of what `shown` has made. */
export function readShown(body: Json, content: NounContent): readonly JsonObject[] {
  const several = member(body, content.noun)
  const roots: readonly Json[] = Array.isArray(several) ? several : [body]
  return roots.flatMap((it) => objectsIn(it, content))
}

/**
 * The content of a root with some of its objects alone, and everything else in it as it is; undefined where none is left.
 * What the catalogue does not have cannot be divided.
 */
export function objectsOnly(
  root: Json,
  noun: NounContent | undefined,
  isMeant: (object: JsonObject) => boolean,
): Json | undefined {
  if (noun === undefined || !isObject(root)) return root
  const { element } = noun
  if (element === undefined) return isMeant(root) ? root : undefined
  const list = member(root, element)
  const all = Array.isArray(list) ? list.filter(isObject) : []
  const left = all.filter(isMeant)
  if (left.length === all.length) return root
  if (left.length === 0) return undefined
  const others = Object.entries(root).filter(([name]) => !UNDIVIDED.includes(name))
  return { ...Object.fromEntries(others), [element]: left }
}

/** Roots of payloads as CIM-JSON: an object, or where one noun has several an array of one-key objects. */
export function payloadOf(
  parts: readonly (readonly [noun: string, roots: readonly JsonObject[]])[],
): Json {
  const isSimple = parts.every(([, roots]) => roots.length <= 1)
  const all = parts.flatMap(([noun, roots]) => roots.map((it) => ({ [noun]: it })))
  return isSimple ? Object.assign({}, ...all) : all
}
