// For tests only: every simple value of a message in CIM-JSON, with its type, and the same message with other values.

import { longTypeName } from '../instance-type.ts'
import { isObject } from '../json-text.ts'
import type { Json, JsonObject } from '../json-text.ts'
import { SCHEMAS } from './laws.fixture.ts'
import { PARTS } from '../message-json.ts'
import type { Declared } from '../message-json.ts'
import { isMessage } from '../message-xml.ts'
import type { ElementDecl, Model, SimpleType, Type } from '../model.ts'
import { VALUE, shapeOf } from '../shape.ts'
import type { SchemaSet } from '../schemas.ts'
import type { Field } from '../shape.ts'

/** A value of a simple type. */
export interface Value {
  /** as in `/payload/DERGroups/EndDeviceGroup/0/mRID` */
  readonly way: string
  readonly type: SimpleType
  readonly json: Json
  /** inside a payload root, where no rule of the envelope looks */
  readonly payload: boolean
}

/** What may be changed on the way through a message; undefined takes a child away. */
export interface Changes {
  readonly value?: (it: Value) => Json
  readonly child?: (value: Json, field: Field, way: string) => Json | undefined
}

interface Walk {
  readonly changes: Changes
  readonly model: Model
  readonly way: string
  readonly payload: boolean
  /** chooses the variant of payload roots */
  readonly verb: string | undefined
  readonly schemas: SchemaSet
}

/** A message or bare payload with every value put through `changes`. */
export function changed(
  json: JsonObject,
  changes: Changes,
  schemas: SchemaSet = SCHEMAS,
): JsonObject {
  const header = json['header']
  const verb = isObject(header) ? String(header['Verb']) : undefined
  const walk = { changes, way: '', payload: false, verb, schemas }
  return isMessage(json) ? message(json, walk) : roots(json, walk)
}

/** Every simple value of a message, in its order. */
export function valuesOf(json: JsonObject, schemas: SchemaSet = SCHEMAS): readonly Value[] {
  const found: Value[] = []
  changed(json, { value: (it) => (found.push(it), it.json) }, schemas)
  return found
}

function message(json: JsonObject, walk: Omit<Walk, 'model'>): JsonObject {
  const [ns, name] = [json['@xmlns'], String(json['message'])]
  const found = walk.schemas.message(typeof ns === 'string' ? ns : undefined, name, walk.verb)
  if (found === undefined) throw new Error(`no schema for ${name}`)
  const { decl, model } = found
  const fields = decl.type.kind === 'complex' ? shapeOf(decl.type, model).byKey : new Map()
  return mapped(json, (key, value) => {
    const part = fields.get((PARTS as Readonly<Record<string, string>>)[key] ?? '')
    return part === undefined ? value : element(value, part.decl, inside({ ...walk, model }, key))
  })
}

function roots(json: JsonObject, walk: Omit<Walk, 'model'>): JsonObject {
  return mapped(json, (key, value) => root(key, value, walk) ?? value)
}

/** What stands at a wildcard: a payload root, or an extension. */
function root(key: string, value: Json, walk: Omit<Walk, 'model'>): Json | undefined {
  const ns = isObject(value) ? value['@xmlns'] : undefined
  const space = typeof ns === 'string' ? ns : undefined
  const found: Declared | undefined = walk.schemas.payload(space, key, walk.verb)
  if (found === undefined) return undefined
  const { decl, model } = found
  return element(value, decl, inside({ ...walk, model, payload: true }, key))
}

function inside(walk: Walk, step: string): Walk {
  return { ...walk, way: `${walk.way}/${step}` }
}

/** One element, or several of them side by side. */
function element(value: Json, decl: ElementDecl, walk: Walk): Json {
  if (Array.isArray(value)) {
    const list = value as readonly Json[]
    return list.map((it, at) => element(it, decl, inside(walk, String(at))))
  }
  // A fixed value admits no other, and an empty element has its default.
  if (decl.fixed !== undefined || (decl.default !== undefined && value === '')) return value
  return content(value, decl.type, walk)
}

function content(value: Json, declared: Type, walk: Walk): Json {
  const type = instanceType(value, declared, walk.model)
  if (type.kind === 'simple') return inObject(value, (it) => simple(it, type, walk))
  const shape = shapeOf(type, walk.model)
  const text = shape.text
  if (!isObject(value)) return text === undefined ? value : simple(value, text, walk)
  return mapped(value, (key, it) => {
    const use = shape.attributes.get(key)
    const field = shape.byKey.get(key)
    const here = inside(walk, key)
    if (use !== undefined) return use.fixed === undefined ? simple(it, use.type, here) : it
    if (key === VALUE && text !== undefined) return simple(it, text, walk)
    if (field === undefined) return root(key, it, within(value, walk)) ?? it
    const kept = walk.changes.child?.(it, field, here.way)
    if (walk.changes.child !== undefined && kept === undefined) return undefined
    return element(kept ?? it, field.decl, rooted(field, here))
  })
}

/** A root of simple type stands in an object, with its namespace beside it. */
function inObject(value: Json, make: (it: Json) => Json): Json {
  if (!isObject(value)) return make(value)
  return mapped(value, (key, it) => (key === VALUE ? make(it) : it))
}

/** In a typed message the payload root is a field like any other, of another namespace. */
function rooted(field: Field, walk: Walk): Walk {
  const starts = walk.schemas.catalogue.nouns.some((it) => it.payloadNs === field.decl.ns)
  return starts ? { ...walk, payload: true } : walk
}

/** The verb of an Operation chooses the variant of what it carries. */
function within(holder: JsonObject, walk: Walk): Walk {
  if (holder['operationId'] === undefined && holder['elementOperation'] === undefined) return walk
  const part = ['true', '1'].includes(String(holder['elementOperation']))
  return { ...walk, verb: part ? 'change' : String(holder['verb']) }
}

function instanceType(value: Json, declared: Type, model: Model): Type {
  const name = isObject(value) ? value['@xsi:type'] : undefined
  if (typeof name !== 'string') return declared
  return model.types.get(longTypeName(name, declared, model)) ?? declared
}

function simple(json: Json, type: SimpleType, { changes, way, payload }: Walk): Json {
  if (isObject(json) && json['@xsi:nil'] !== undefined) return json
  return changes.value?.({ way, type, json, payload }) ?? json
}

function mapped(
  json: JsonObject,
  change: (key: string, value: Json) => Json | undefined,
): JsonObject {
  const entries = Object.entries(json).map(([key, value]) => [key, change(key, value)] as const)
  return Object.fromEntries(entries.filter((it): it is [string, Json] => it[1] !== undefined))
}
