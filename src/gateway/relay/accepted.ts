// What of a request its party has accepted, by the reply to it: everything but what the Errors name. Objects, IDs and the
// objects of operations are refused one by one.

import { isObject, member, numberText } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { objectsOnly } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { idKey, identityOf, nameTexts } from '../identity.ts'
import { POSITION } from '../outcome.ts'
import { OPERATION_PARTS, text } from '../tasks.ts'
import { businessKeysOf } from './business-keys.ts'

/** One thing in a message that may be refused by itself. */
export interface Item {
  /** an object, an entry of Payload/ID, or an operation whose objects cannot be told apart */
  readonly value: Json
  /** of the operation that it stands in */
  readonly operationId?: string
}

/** True for what is to stay. @param at place among all items of the message, from 0 */
export type IsMeant = (item: Item, at: number) => boolean

/** The request without what the reply refuses; undefined where nothing is left of it. */
export function acceptedOf(
  request: JsonObject,
  reply: JsonObject,
  contentOf: ContentOf,
): JsonObject | undefined {
  const refused = refusedAt(request, reply, contentOf)
  return refused.size === 0
    ? request
    : onlyItems(request, (_item, at) => !refused.has(at), contentOf)
}

/** The message with some of its items alone; undefined where it has some, and none of them is meant. */
export function onlyItems(
  message: JsonObject,
  isMeant: IsMeant,
  contentOf: ContentOf,
): JsonObject | undefined {
  let [at, left] = [0, 0]
  const payload = member(message, 'payload')
  const only = filtered(payload, contentOf, (item) => {
    const stays = isMeant(item, at)
    at += 1
    left += stays ? 1 : 0
    return stays
  })
  if (left === at) return message
  return left === 0 || only === undefined ? undefined : { ...message, payload: only }
}

/**
 * Places of the items that a reply refuses. What an Error names and no item is known by is looked for as its relatedID,
 * and then inside of the items: a refusal may name the member of a group, and it is the group that has not been changed. Of
 * several items that have what is named, as one device in two stages, relatedID tells which.
 * An Error that names nothing of the message refuses nothing in particular: what is left over counts as done, in our own
 * record too.
 */
export function refusedAt(
  request: JsonObject,
  reply: JsonObject,
  contentOf: ContentOf,
): ReadonlySet<number> {
  return new Set(refusedBy(request, reply, contentOf).flat())
}

/** The same for each Error of a reply, in their order; nothing for one that refuses nothing in particular. */
export function refusedBy(
  request: JsonObject,
  reply: JsonObject,
  contentOf: ContentOf,
): readonly (readonly number[])[] {
  const errors = errorsIn(reply)
  if (!errors.some(isRefusal)) return errors.map(() => [])
  const items = itemsOf(request, contentOf)
  const [direct, inside] = [indexOf(items, keysOf), once(() => indexOf(items, keysInside))]
  return errors.map((it) => (isRefusal(it) ? meantBy(refusalOf(it), items, direct, inside) : []))
}

type Index = ReadonlyMap<string, readonly number[]>

function meantBy(
  { id, position, relatedID, operationId }: Refusal,
  items: readonly Item[],
  direct: Index,
  inside: () => Index,
): readonly number[] {
  const isIn = (at: number) => operationId === undefined || items[at]?.operationId === operationId
  if (position !== undefined && operationId === undefined)
    return items[position] === undefined ? [] : [position]
  if (id === undefined) return operationId === undefined ? [] : [...items.keys()].filter(isIn)
  const named = (index: Index, key: string | undefined) =>
    (key === undefined ? [] : (index.get(key) ?? [])).filter(isIn)
  const ways = [() => named(direct, id), () => named(direct, relatedID), () => named(inside(), id)]
  for (const way of ways) {
    const found = way()
    if (found.length > 0) return belonging(found, () => named(inside(), relatedID))
  }
  return []
}

/** Of several of one name those that belong to what is named besides, as far as there are some. */
function belonging(found: readonly number[], related: () => readonly number[]): readonly number[] {
  if (found.length < 2) return found
  const there = new Set(related())
  const narrowed = found.filter((at) => there.has(at))
  return narrowed.length > 0 ? narrowed : found
}

/** An Error that says that something has not been done. */
interface Refusal {
  readonly id?: string
  /** place of what has neither mRID nor Names, from 0 */
  readonly position?: number
  readonly relatedID?: string
  readonly operationId?: string
}

/** Levels of what has been done all the same. */
const REMARKS: readonly (string | undefined)[] = ['INFORM', 'WARNING']

function errorsIn(reply: JsonObject): readonly Json[] {
  const errors = member(member(reply, 'reply'), 'Error')
  return Array.isArray(errors) ? errors : []
}

function isRefusal(it: Json): boolean {
  const isFailure = !(text(member(it, 'code')) ?? '').startsWith('0.')
  return isFailure && !REMARKS.includes(text(member(it, 'level')))
}

function refusalOf(it: Json): Refusal {
  const [id, relatedID] = [keyOf(member(it, 'ID')), keyOf(member(it, 'relatedID'))]
  const operationId = spelled(member(it, 'operationId'))
  return {
    ...(id === undefined ? {} : { id }),
    ...positionIn(member(it, 'ID')),
    ...(relatedID === undefined ? {} : { relatedID }),
    ...(operationId === undefined ? {} : { operationId }),
  }
}

function positionIn(id: Json | undefined): Pick<Refusal, 'position'> {
  const at = Number(text(member(id, '$')) ?? '') - 1
  return member(id, '@idType') === POSITION && at >= 0 ? { position: at } : {}
}

/** In the order of the message. */
export function itemsOf(message: JsonObject, contentOf: ContentOf): readonly Item[] {
  const items: Item[] = []
  filtered(member(message, 'payload'), contentOf, (item) => items.push(item) > 0)
  return items
}

type Keep = (item: Item) => boolean

/** The payload with what is kept; what has nothing left is left out. */
function filtered(payload: Json | undefined, contentOf: ContentOf, keep: Keep): Json | undefined {
  if (Array.isArray(payload)) {
    const parts = payload.flatMap((it: Json) => filtered(it, contentOf, keep) ?? [])
    return parts.length === 0 ? undefined : parts
  }
  if (!isObject(payload)) return payload
  const parts = Object.entries(payload).flatMap(([name, value]) => {
    const only = entry(name, value, contentOf, keep)
    return only === undefined ? [] : [[name, only] as const]
  })
  return parts.length === 0 ? undefined : Object.fromEntries(parts)
}

function entry(name: string, value: Json, contentOf: ContentOf, keep: Keep): Json | undefined {
  if (name === 'OperationSet') return operations(value, contentOf, keep)
  if (name !== 'ID') return objectsOnly(value, contentOf(name), (it) => keep({ value: it }))
  const all: readonly Json[] = Array.isArray(value) ? value : [value]
  const ids = all.filter((it) => keep({ value: it }))
  return ids.length === 0 ? undefined : ids
}

function operations(set: Json, contentOf: ContentOf, keep: Keep): Json | undefined {
  const list = member(set, 'Operation')
  if (!isObject(set) || !Array.isArray(list)) return set
  const Operation = list.flatMap((it: Json) => operation(it, contentOf, keep) ?? [])
  return Operation.length === 0 ? undefined : { ...set, Operation }
}

/** An operation that has lost all of its objects is none. */
function operation(it: Json, contentOf: ContentOf, keep: Keep): Json | undefined {
  if (!isObject(it)) return it
  const operationId = spelled(it['operationId'])
  const about = operationId === undefined ? {} : { operationId }
  const [name, value] = Object.entries(it).find(([key]) => !OPERATION_PARTS.includes(key)) ?? []
  const content = name === undefined ? undefined : contentOf(name)
  if (name === undefined || value === undefined || content === undefined)
    return keep({ value: it, ...about }) ? it : undefined
  const only = objectsOnly(value, content, (object) => keep({ value: object, ...about }))
  return only === undefined ? undefined : { ...it, [name]: only }
}

function indexOf(items: readonly Item[], keys: (item: Item) => readonly string[]): Index {
  const index = new Map<string, number[]>()
  for (const [at, item] of items.entries())
    for (const key of new Set(keys(item))) {
      const known = index.get(key)
      if (known === undefined) index.set(key, [at])
      else known.push(at)
    }
  return index
}

/** What an item is known by: mRID and Names of an object, the text of an ID. */
function keysOf({ value }: Item): readonly string[] {
  const own = keyOf(value)
  if (own !== undefined) return [own]
  const { mRID } = identityOf(value)
  return [...(mRID === undefined ? [] : [mRID]), ...nameTexts(value)].map(idKey)
}

function keysInside({ value }: Item): readonly string[] {
  return isObject(value) ? businessKeysOf({ payload: value }).map(([, key]) => idKey(key)) : []
}

/** An ID is an object where it has attributes, and a text where it has none. */
function keyOf(id: Json | undefined): string | undefined {
  const own = text(id) ?? text(member(id, '$'))
  return own === undefined ? undefined : idKey(own)
}

function spelled(it: Json | undefined): string | undefined {
  return it === undefined ? undefined : (numberText(it) ?? text(it))
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined
  return () => (made ??= { it: make() }).it
}
