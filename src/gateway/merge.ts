// What a change makes of an object: it is merged by identity, and what it does not name stays (GF-06).

import { isObject, put } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { hasIdentity, indexOfIdentities, nameKey, namePartsOf } from './identity.ts'

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

/** Items that can be told apart are merged one by one; of others the new list replaces the old one. */
function mergedList(old: readonly Json[], value: readonly Json[]): readonly Json[] {
  if (!value.every(hasIdentity)) return value
  const [changeOf, oldOf] = [indexOfIdentities(value), indexOfIdentities(old)]
  const kept = old.map((it) => {
    const change = changeOf(it)
    return change !== undefined && isObject(it) ? merged(it, change) : it
  })
  return [...kept, ...value.filter((it) => oldOf(it) === undefined)]
}

/** One name for each NameType and authority: a new name of the same type takes the old one's place, also in their order. */
function mergedNames(old: readonly Json[], value: readonly Json[]): readonly Json[] {
  const fresh = new Map<string, Json[]>()
  for (const it of value) fresh.set(kindOf(it), [...(fresh.get(kindOf(it)) ?? []), it])
  const placed = old.flatMap((it) => {
    const own = fresh.get(kindOf(it))
    // Where there were several of a type, the new ones are all of them.
    if (own !== undefined) fresh.set(kindOf(it), [])
    return own ?? [it]
  })
  return [...placed, ...[...fresh.values()].flat()]
}

function kindOf(name: Json): string {
  const key = nameKey(name)
  if (key === undefined) return ''
  const { authority, type } = namePartsOf(key)
  return JSON.stringify([authority, type])
}
