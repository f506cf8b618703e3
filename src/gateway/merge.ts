// What a change and a removal make of an object. A change is merged by identity: what it does not name stays
// (flows GF-06); a removal takes out the parts that it names (elementOperation, IEC 61968-100:2013 6.10).

import { isObject, put } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { hasIdentity, identityOf, sameIdentity } from './identity.ts'

/** The object as it is after a change: values replaced, objects merged, lists merged by identity. */
export function merged(before: JsonObject, change: JsonObject): JsonObject {
  const after: Record<string, Json> = { ...before }
  for (const [name, value] of Object.entries(change)) {
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    put(after, name, mergedValue(name, old, value))
  }
  return after
}

function mergedValue(name: string, old: Json | undefined, value: Json): Json {
  if (Array.isArray(value) && Array.isArray(old))
    return name === 'Names' ? mergedNames(old, value) : mergedList(old, value)
  return isObject(value) && isObject(old) ? merged(old, value) : value
}

/** Items that can be told apart are merged one by one; of the others the new list replaces the old one. */
function mergedList(old: readonly Json[], value: readonly Json[]): readonly Json[] {
  if (!value.every(hasIdentity)) return value
  const kept = old.map((it) => {
    const change = value.find((one) => sameIdentity(it, one))
    return change !== undefined && isObject(it) && isObject(change) ? merged(it, change) : it
  })
  return [...kept, ...value.filter((it) => !old.some((one) => sameIdentity(one, it)))]
}

/** One name for each NameType and authority: a new name of the same type takes the old one's place. */
function mergedNames(old: readonly Json[], value: readonly Json[]): readonly Json[] {
  const kinds = new Set(value.map(kindOf))
  return [...old.filter((it) => !kinds.has(kindOf(it))), ...value]
}

function kindOf(name: Json): string {
  const [, ...kind] = JSON.parse(
    identityOf({ Names: [name] }).names[0] ?? '[]',
  ).reverse() as readonly unknown[]
  return JSON.stringify(kind)
}

/** The object after a removal, and the parts that were to be removed but are not there. */
export interface Removed {
  readonly after: JsonObject
  readonly missing: readonly { readonly part: string; readonly item: Json }[]
}

/** mRID and Names say which object is meant; every other part that is named is taken out. */
export function without(before: JsonObject, removal: JsonObject): Removed {
  const after: Record<string, Json> = { ...before }
  const missing: { part: string; item: Json }[] = []
  for (const [name, value] of Object.entries(removal)) {
    if (name === 'mRID' || name === 'Names' || name.startsWith('@')) continue
    const old = Object.hasOwn(before, name) ? before[name] : undefined
    if (Array.isArray(value) && Array.isArray(old) && value.every(hasIdentity)) {
      put(
        after,
        name,
        old.filter((it) => !value.some((one) => sameIdentity(it, one))),
      )
      missing.push(
        ...value
          .filter((it) => !old.some((one) => sameIdentity(one, it)))
          .map((item) => ({ part: name, item })),
      )
    } else if (Array.isArray(value) && Array.isArray(old)) delete after[name]
    else if (old === undefined) missing.push({ part: name, item: value })
    else delete after[name]
  }
  return { after: dropEmpty(after), missing }
}

/** An empty list is the same as no list, and is not kept. */
function dropEmpty(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, it]) => !Array.isArray(it) || it.length > 0),
  )
}
