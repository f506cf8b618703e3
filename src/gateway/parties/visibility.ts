// What a party is not shown: elements that are left out of what is sent to it.

import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Party, Topology } from './party.ts'
import { matched } from './routing.ts'

/** The message without what its receiver may not see. What is left is judged before it is sent. */
export function visibleTo(
  message: JsonObject,
  { id }: Party,
  { visibility }: Topology,
): JsonObject {
  const denied = visibility
    .filter((it) => it.party === '*' || matched(it.party, id) !== undefined)
    .flatMap((it) => it.deny.map((path) => path.split('.')))
  return denied.reduce<JsonObject>((seen, [noun, ...path]) => {
    const payload = seen['payload']
    if (noun === undefined || path.length === 0 || payload === undefined) return seen
    return { ...seen, payload: without(payload, noun, path) }
  }, message)
}

/** The noun may stand anywhere in the payload: in an operation too. */
function without(it: Json, noun: string, path: readonly string[]): Json {
  if (Array.isArray(it)) return it.map((one: Json) => without(one, noun, path))
  if (!isObject(it)) return it
  return Object.fromEntries(
    Object.entries(it).map(([name, value]) => [
      name,
      name === noun ? cut(value, path) : without(value, noun, path),
    ]),
  )
}

/** Leaves out what the path ends in, at whatever depth below the root the path begins. */
function cut(it: Json, path: readonly string[]): Json {
  if (Array.isArray(it)) return it.map((one: Json) => cut(one, path))
  if (!isObject(it)) return it
  const [first = '', ...rest] = path
  return Object.fromEntries(
    Object.entries(it).flatMap(([name, value]) => {
      if (name !== first) return [[name, cut(value, path)]]
      return rest.length === 0 ? [] : [[name, cut(value, rest)]]
    }),
  )
}
