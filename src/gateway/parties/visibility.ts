// What a party is not shown: elements that are left out of what is sent to it.

import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Party, Topology, Visibility } from './party.ts'
import { matched } from './patterns.ts'

/**
 * The message without what its receiver may not see; the same one where that is nothing. Elements are left out whole,
 * and nothing else is touched. What is left is judged before it is sent: `cimgate check` tells of rules that a schema
 * does not let be kept.
 * @param owner party whose objects the message is about; undefined = not known, and then every rule holds
 */
export function visibleTo(
  message: JsonObject,
  { id }: Party,
  { visibility }: Topology,
  owner?: string,
): JsonObject {
  return visibility
    .filter((it) => isMeant(it, id, owner))
    .flatMap((it) => it.deny.map((path) => path.split('.')))
    .reduce<JsonObject>((seen, [noun, ...path]) => {
      const payload = seen['payload']
      if (noun === undefined || path.length === 0 || payload === undefined) return seen
      return { ...seen, payload: without(payload, noun, path) }
    }, message)
}

/** A party sees all of its own objects. */
function isMeant(it: Visibility, id: string, owner: string | undefined): boolean {
  if (matched(it.party, id) === undefined || owner === id) return false
  return it.owner === undefined || owner === undefined || matched(it.owner, owner) !== undefined
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
  return Object.fromEntries(
    Object.entries(it)
      .filter(([name]) => path.length > 1 || name !== path[0])
      .map(([name, value]) => [name, cutBelow(name, value, path)]),
  )
}

function cutBelow(name: string, value: Json, path: readonly string[]): Json {
  const further = cut(value, path)
  return name === path[0] ? cutHere(further, path.slice(1)) : further
}

/** What follows a step of the path stands directly in it. */
function cutHere(it: Json, path: readonly string[]): Json {
  const [first, ...rest] = path
  if (first === undefined) return it
  if (Array.isArray(it)) return it.map((one: Json) => cutHere(one, path))
  if (!isObject(it)) return it
  return Object.fromEntries(
    Object.entries(it)
      .filter(([name]) => rest.length > 0 || name !== first)
      .map(([name, value]) => [name, name === first ? cutHere(value, rest) : value]),
  )
}
