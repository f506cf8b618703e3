// What a party is not shown: elements that are left out of what is sent to it.

import { isObject } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Party, Topology, Visibility } from './party.ts'
import { matched } from './patterns.ts'
import { ofOthers } from './apart.ts'
import { isIndividual, withoutIndividuals } from './individuals.ts'
import { providerOf, providersOf } from './provider.ts'

/**
 * The message without what its receiver may not see; the same one where that is nothing. Elements are left out whole,
 * and nothing else is touched. What is left is judged before it is sent: `cimgate check` tells of rules that a schema
 * does not let be kept.
 * @param owner party whose objects the message is about; undefined = not known, and then every rule holds
 */
export function visibleTo(
  message: JsonObject,
  { id }: Pick<Party, 'id'>,
  topology: Topology,
  owner?: string,
): JsonObject {
  const hidden = new Set(
    topology.visibility
      .filter((it) => it.only !== undefined && isMeant(it, id, owner, topology))
      .flatMap((it) => it.deny),
  )
  const seen = seenBy(message, id, topology, owner)
  const { payload } = seen
  return hidden.size === 0 || payload === undefined
    ? seen
    : { ...seen, payload: withoutIndividuals(payload, hidden) }
}

function seenBy(
  message: JsonObject,
  id: string,
  topology: Topology,
  owner: string | undefined,
): JsonObject {
  return topology.visibility
    .filter((it) => isMeant(it, id, owner, topology))
    .flatMap((it) => it.deny.map((path) => path.split('.')))
    .reduce<JsonObject>(
      (seen, [noun, ...path]) => {
        const payload = seen['payload']
        if (noun === undefined || path.length === 0 || payload === undefined) return seen
        return { ...seen, payload: without(payload, noun, path) }
      },
      ofOthers(message, id, topology),
    )
}

/** One object without what a party may not see of it. */
export function seenObject(
  object: JsonObject,
  {
    noun,
    element,
    party,
    owner,
    topology,
  }: {
    readonly noun: string
    /** that the object stands in; undefined where the root is the object */
    readonly element: string | undefined
    readonly party: string
    /** empty = not known */
    readonly owner: string
    readonly topology: Topology
  },
): JsonObject {
  const root: Json = element === undefined ? object : { [element]: object }
  const whose = owner === '' ? undefined : owner
  const { payload } = visibleTo({ payload: { [noun]: root } }, { id: party }, topology, whose)
  const seen = isObject(payload) ? payload[noun] : undefined
  const inside = element === undefined || !isObject(seen) ? seen : seen[element]
  return isObject(inside) ? inside : {}
}

/**
 * True for objects that a party does not see at all: their noun is denied as a whole.
 * @param object where it is not known, every rule holds
 */
export function isHidden(
  noun: string,
  {
    party,
    owner,
    topology,
    object,
  }: { party: string; owner: string; topology: Topology; object?: JsonObject | undefined },
): boolean {
  const whose = owner === '' ? undefined : owner
  return topology.visibility.some(
    (it) =>
      it.deny.includes(noun) &&
      (it.only === undefined || object === undefined || isIndividual(noun, object)) &&
      isMeant(it, party, whose, topology),
  )
}

/** In place of a party: whoever belongs to a provider. */
const THIRD_PARTY = 'third-party'

/** A party sees all of its own objects, and of those of its provider. */
function isMeant(
  it: Visibility,
  id: string,
  owner: string | undefined,
  topology: Topology,
): boolean {
  const owners = owner?.split(' ')
  if (matched(it.party, id) === undefined || owners?.includes(id)) return false
  if (owner === undefined || owners === undefined) return true
  const [providers, own] = [providersOf(owner, topology), providerOf(id, topology)]
  if (own !== undefined && providers.includes(own)) return false
  if (it.owner === undefined) return true
  if (it.owner === THIRD_PARTY) return providers.length > 0
  return owners.some((one) => matched(it.owner ?? '', one) !== undefined)
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
