// What the JSON Schema of a noun says of a place in its content: which type a value has, whether a key holds an array, and in
// which order elements stand.

import type { Json, JsonObject } from '../../src/index.ts'
import { isObject } from './thing.ts'
import type { Thing } from './thing.ts'
import type { ValueType } from './value.ts'

/** A part of a schema, with the whole that its references lead into. */
export interface Schema {
  readonly whole: JsonObject
  readonly part: Json
}

/** The schema of a whole noun. */
export function schemaOf(whole: JsonObject): Schema {
  return { whole, part: whole }
}

/** What is said of the things of this name; undefined = nothing. */
export function under(schema: Schema | undefined, thing: Pick<Thing, 'kind' | 'name'>) {
  if (schema === undefined || thing.kind === 'extension') return undefined
  const key = thing.kind === 'attribute' ? `@${thing.name}` : thing.name
  const found = keysOf(schema).find(([name]) => name.replace(/^\{[^}]*\}/, '') === key)
  return found === undefined ? undefined : { ...schema, part: found[1] }
}

/** Of a value: numbers and booleans have a type of their own, and a text with a pattern may be an instant. */
export function typeOf(schema: Schema | undefined): ValueType {
  const types = schema === undefined ? [] : typesOf(itemOf(schema))
  if (types.includes('number') || types.includes('integer')) return 'number'
  if (types.includes('boolean')) return 'boolean'
  return types.includes('pattern') ? 'instant' : 'text'
}

/** Whether a key of it has to hold an array. */
export function isArray(schema: Schema): boolean {
  return forms(schema).some((it) => it['type'] === 'array')
}

/** Names of keys in the order of the schema. */
export function orderOf(schema: Schema | undefined): readonly string[] {
  return schema === undefined ? [] : keysOf(schema).map(([name]) => name)
}

/** Keys that there are, with their schemas. */
export function keysOf(schema: Schema): readonly (readonly [string, Json])[] {
  return forms(itemOf(schema)).flatMap((it) => {
    const properties = it['properties']
    return isObject(properties) ? Object.entries(properties) : []
  })
}

/** Of an array that of its items, else itself. */
export function itemOf(schema: Schema): Schema {
  const items = forms(schema).find((it) => it['type'] === 'array')?.['items']
  return items === undefined ? schema : { ...schema, part: items }
}

function typesOf(schema: Schema): readonly string[] {
  // Text beside attributes has the type of its own.
  const own = keysOf(schema).find(([name]) => name === '$')
  const all = forms(own === undefined ? schema : { ...schema, part: own[1] })
  return all.flatMap((it) => {
    const type = it['type']
    const named = Array.isArray(type) ? (type as readonly string[]) : [String(type)]
    return typeof it['pattern'] === 'string' ? [...named, 'pattern'] : named
  })
}

/** Everything that holds for one place: references followed, alternatives side by side. */
export function forms({ whole, part }: Schema, depth = 0): readonly JsonObject[] {
  if (!isObject(part) || depth > 8) return []
  const inner = (it: Json) => forms({ whole, part: it }, depth + 1)
  const reference = part['$ref']
  const referred = typeof reference === 'string' ? inner(atPointer(whole, reference)) : []
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((it) => {
    const list = part[it]
    return Array.isArray(list) ? (list as readonly Json[]).flatMap(inner) : []
  })
  return [part, ...referred, ...choices]
}

function atPointer(whole: JsonObject, reference: string): Json {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json>((it, key) => (isObject(it) ? (it[key] ?? null) : null), whole)
}
