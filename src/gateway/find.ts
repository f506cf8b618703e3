// Finds the objects that a query names: by key where it names the object itself, by search where it names something
// inside it, and all of them, page by page, where it names nothing.

import { isObject } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Memory } from './guarded.ts'
import { idKey, identityOf, indexOfIdentities } from './identity.ts'
import { objectPages } from './pages.ts'
import type { StoredObject } from './ports.ts'
import type { Named } from './tasks.ts'
import { heldOf } from './world.ts'

/** What is looked for. */
export interface Search {
  readonly noun: string
  /** named themselves; these and `inside` empty = all objects */
  readonly direct: readonly JsonObject[]
  /** named by objects inside them: of each list at least one */
  readonly inside: readonly (readonly JsonObject[])[]
  /** objects at most */
  readonly most: number
}

/** What is there, and what is not. */
export interface FoundObjects {
  /** each once */
  readonly objects: readonly JsonObject[]
  readonly missing: readonly JsonObject[]
  /** true when there are more than were to be given */
  readonly more: boolean
}

const PAGE = 1_000

/** @throws {CimError} `overloaded`, as every use of a guarded store */
export async function found(store: Memory, search: Search): Promise<FoundObjects> {
  const { noun, direct, inside, most } = search
  if (direct.length > 0 && inside.length === 0) return byKey(store, noun, direct, most)
  const isWanted = wantedBy([direct, ...inside])
  const { objects, more } = await scanned(store, noun, isWanted, most)
  const hits = indexOfIdentities(objects.flatMap((it) => [it, ...objectsIn(it)]))
  return {
    objects,
    more,
    missing: [...direct, ...inside.flat()].filter((it) => hits(it) === undefined),
  }
}

/** In the order in which they are named. */
async function byKey(
  store: Memory,
  noun: string,
  wanted: readonly JsonObject[],
  most: number,
): Promise<FoundObjects> {
  const identities = wanted.map(identityOf)
  const ids = identities.flatMap(({ mRID }) => (mRID === undefined ? [] : [idKey(mRID)]))
  const names = identities.flatMap((it) => it.names)
  const hit = indexOfIdentities((await store.objects(noun, ids, names)).map(objectOf))
  const objects = [...new Set(wanted.map(hit).filter((it) => it !== undefined))]
  const missing = wanted.filter((it) => hit(it) === undefined)
  return { objects: objects.slice(0, most), missing, more: objects.length > most }
}

/** The objects that are named, once it is known whether an ID without kind is an mRID or a name. */
export async function meant(
  store: Memory,
  noun: string,
  named: readonly Named[],
): Promise<readonly JsonObject[]> {
  const untyped = named.filter((it) => it.otherwise !== undefined)
  if (untyped.length === 0) return named.map((it) => it.object)
  const either = untyped.flatMap((it) => [it.object, it.otherwise]).map(identityOf)
  const ids = either.flatMap(({ mRID }) => (mRID === undefined ? [] : [idKey(mRID)]))
  const names = either.flatMap((it) => it.names)
  const hit = indexOfIdentities((await store.objects(noun, ids, names)).map(objectOf))
  return named.map(({ object, otherwise }) => {
    if (otherwise === undefined || hit(object) !== undefined) return object
    return hit(otherwise) === undefined ? object : otherwise
  })
}

function wantedBy(lists: readonly (readonly JsonObject[])[]): (object: JsonObject) => boolean {
  const hits = lists.filter((it) => it.length > 0).map(indexOfIdentities)
  return (object) => {
    const all = hits.length === 0 ? [] : [object, ...objectsIn(object)]
    return hits.every((hit) => all.some((it) => hit(it) !== undefined))
  }
}

/** At any depth: a customer stands two levels inside a service order. */
function objectsIn(it: Json): readonly JsonObject[] {
  if (!isObject(it) && !Array.isArray(it)) return []
  return Object.values(it).flatMap((one: Json) =>
    isObject(one) ? [one, ...objectsIn(one)] : objectsIn(one),
  )
}

/**
 * The objects of a noun that are wanted, in the order of their keys.
 * @param most objects; what more there is, is only told
 * @param from cursor of a page: where to go on
 */
export async function scanned(
  store: Memory,
  noun: string,
  isWanted: (object: JsonObject) => boolean,
  most: number,
  from?: string,
): Promise<{ readonly objects: readonly JsonObject[]; readonly more: boolean }> {
  const objects: JsonObject[] = []
  const query = { limit: PAGE, ...(from === undefined ? {} : { after: from }) }
  for await (const page of objectPages(noun, query, store))
    for (const object of page.map(objectOf)) {
      if (!isWanted(object)) continue
      if (objects.length === most) return { objects, more: true }
      objects.push(object)
    }
  return { objects, more: false }
}

function objectOf(stored: StoredObject): JsonObject {
  return heldOf(stored).object
}
