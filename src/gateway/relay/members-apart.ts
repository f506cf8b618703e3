// What is told of members that have come or gone: one notice for each, with that member alone, so that nobody hears of members
// who stay as they are. Whoever merges what is told by identity cannot read a removal in a list without the member; so it is
// told as it is asked for, as an OperationSet that deletes an element (GD-02, GN-01, GN-03; IEC 61968-100:2013 6.10).

import { flowsOf } from '../../flows/index.ts'
import { isObject, member, sameJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { NounContent } from '../content.ts'
import { indexOfIdentities } from '../identity.ts'

/** members that have come, or gone, with one change and have a notice each; more are told of together */
const MOST_SINGLE = 100

/** One object of a noun that has changed. */
export interface Changed {
  readonly noun: string
  readonly was: JsonObject
  readonly object: JsonObject
}

/** The messages that tell of it, as CIM-JSON; undefined where the change is about no members of its lists. */
export function membersApart(
  { noun, was, object }: Changed,
  content: NounContent,
): readonly JsonObject[] | undefined {
  const lists = listsOf(noun)
  const changes = lists.map((list) => {
    const [before, after] = [itemsOf(was, list), itemsOf(object, list)]
    return { list, came: notIn(after, before), went: notIn(before, after) }
  })
  if (changes.every(({ came, went }) => came.length + went.length === 0)) return undefined
  const changed = (one: JsonObject) => changedMessage(noun, one, content)
  const bare = without(object, lists)
  const gone = changes.flatMap(({ list, went }) =>
    singly(went).map((items) => removal(noun, { ...named(object), [list]: items }, content)),
  )
  const added = changes.flatMap(({ list, came }) =>
    singly(came).map((items) => changed(inOrder(object, lists, list, items))),
  )
  // What has changed besides is told with a member that has come, else by itself.
  const isBesides =
    added.length === 0 && !sameJson(rest(bare, noun), rest(without(was, lists), noun))
  return [...gone, ...added, ...(isBesides ? [changed(bare)] : [])]
}

/** Lists of members of whom it is known who was in them, and when. */
function listsOf(noun: string): readonly string[] {
  const { parts = {} } = flowsOf(noun).find((it) => it.parts !== undefined) ?? {}
  return Object.entries(parts).flatMap(([name, { history }]) => (history ? [name] : []))
}

function itemsOf(object: JsonObject, list: string): readonly JsonObject[] {
  const items = member(object, list)
  return Array.isArray(items) ? items.filter(isObject) : []
}

function notIn(some: readonly JsonObject[], others: readonly JsonObject[]): readonly JsonObject[] {
  const known = indexOfIdentities(others)
  return some.filter((it) => known(it) === undefined)
}

function singly(items: readonly JsonObject[]): readonly (readonly JsonObject[])[] {
  if (items.length > MOST_SINGLE) return [items]
  return items.map((it) => [it])
}

function without(object: JsonObject, lists: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !lists.includes(name)))
}

/** Without its own count, which goes on with each change. */
function rest(object: JsonObject, noun: string): JsonObject {
  const { version } = flowsOf(noun).find((it) => it.version !== undefined) ?? {}
  return version === undefined ? object : without(object, [version])
}

/** The object in the order of its members, with these items of one list alone. */
function inOrder(
  object: JsonObject,
  lists: readonly string[],
  list: string,
  items: readonly JsonObject[],
): JsonObject {
  const entries = Object.entries(object).flatMap(([name, value]): readonly [string, Json][] =>
    name === list ? [[name, items]] : lists.includes(name) ? [] : [[name, value]],
  )
  return Object.fromEntries(entries)
}

function named(object: JsonObject): JsonObject {
  const [mRID, Names] = [member(object, 'mRID'), member(object, 'Names')]
  if (mRID !== undefined) return { mRID }
  return Names === undefined ? {} : { Names }
}

function changedMessage(noun: string, object: JsonObject, content: NounContent): JsonObject {
  const payload = payloadOf([[noun, rootsOf([object], content)]])
  return { message: 'EventMessage', header: { Verb: 'changed', Noun: noun }, payload }
}

function removal(noun: string, object: JsonObject, content: NounContent): JsonObject {
  const about = { operationId: 1, noun, verb: 'delete', elementOperation: true }
  const Operation = rootsOf([object], content).map((root) => ({ ...about, [noun]: root }))
  const set = { enforceMsgSequence: false, enforceTransactionalIntegrity: false, Operation }
  const header = { Verb: 'executed', Noun: 'OperationSet' }
  return { message: 'EventMessage', header, payload: { OperationSet: set } }
}
