// Members of groups: who has come and who has gone when a list of them has changed.

import { isObject, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { keysOf, listOf } from './reference.ts'

/** The members of a group. */
export function membersOf(group: Json | undefined): readonly JsonObject[] {
  return listOf(group, 'EndDevices')
}

/** Those of some that are not among others, whatever both are known by; one name in common is enough. */
export function notAmong(
  some: readonly JsonObject[],
  others: readonly JsonObject[],
): readonly JsonObject[] {
  if (some.length === 0 || some === others) return []
  const known = new Set(others.flatMap(textsOf))
  return some.filter((it) => !textsOf(it).some((text) => known.has(text)))
}

/** Those of some that are among others. */
export function among(
  some: readonly JsonObject[],
  others: readonly JsonObject[],
): readonly JsonObject[] {
  if (some.length === 0 || others.length === 0) return []
  const known = new Set(others.flatMap(textsOf))
  return some.filter((it) => textsOf(it).some((text) => known.has(text)))
}

/** What is known by nothing is itself only. */
function textsOf(it: Json): readonly string[] {
  const keys = keysOf(it)
  return keys.length > 0 ? keys : [isObject(it) ? writeJson(it) : '']
}
