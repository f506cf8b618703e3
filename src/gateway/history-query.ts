// Answers who was in a list at what time: from the entries of its history, and from what others have told of it.

import type { ReplyError } from '../envelope/reply.ts'
import type { Told } from '../flows/index.ts'
import { overlaps } from '../flows/interval.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { scanned } from './find.ts'
import type { Memory } from './guarded.ts'
import { entriesOfObject, historyOf, staysIn } from './deciding/history.ts'
import { idKey, identityOf, indexOfIdentities } from './identity.ts'
import { idOfObject } from './outcome.ts'
import { objectPages } from './pages.ts'
import type { StoredObject } from './ports.ts'
import { heldOf } from './world.ts'
import { mended } from './mended.ts'

/** What is asked; an empty list asks for all. */
export interface HistoryAsked {
  /** objects that have the list, by mRID or Names */
  readonly of: readonly JsonObject[]
  readonly items: readonly JsonObject[]
  /** of a time, ISO 8601: both the same for an instant */
  readonly from?: string
  readonly to?: string
}

/** What there is, each stay as an object of the noun that tells it. */
export interface HistoryFound {
  readonly objects: readonly JsonObject[]
  readonly more: boolean
  /** objects that nothing is known of, now or then */
  readonly unknown: readonly ReplyError[]
}

const PAGE = 100

/** @param most objects at most */
export async function historyAsked(
  store: Memory,
  told: Told,
  asked: HistoryAsked,
  most: number,
): Promise<HistoryFound> {
  const isWanted = wantedBy(asked)
  const own =
    asked.of.length === 0 ? await allEntries(store, told) : await entriesFor(store, told, asked.of)
  const kept = [...own.values()]
    .flatMap((entries) => staysIn(entries))
    .map((it) => told.history.told(it))
    .filter(isWanted)
  const others = await scanned(store, told.history.noun, isWanted, most)
  const objects = [...kept, ...others.objects]
  const hit = indexOfIdentities([...own.values()].flat().map((it) => member(it, 'of') ?? {}))
  const elsewhere = indexOfIdentities(others.objects.flatMap(objectsIn))
  const unknown = asked.of.filter((it) => hit(it) === undefined && elsewhere(it) === undefined)
  return {
    objects: objects.slice(0, most),
    more: objects.length > most || others.more,
    unknown: unknown.map((it) => notKnown(told, it)),
  }
}

function wantedBy({ of, items, from, to }: HistoryAsked): (object: JsonObject) => boolean {
  const lists = [of, items].filter((it) => it.length > 0).map(indexOfIdentities)
  const time = {
    ...(from === undefined ? {} : { start: from }),
    ...(to === undefined ? {} : { end: to }),
  }
  return (object) => {
    const inside = objectsIn(object)
    return (
      lists.every((hit) => inside.some((it) => hit(it) !== undefined)) &&
      isWithin(member(object, 'interval'), time)
    )
  }
}

/** An instant is in an interval that has begun by then and not ended. */
function isWithin(interval: Json | undefined, time: { start?: string; end?: string }): boolean {
  const { start, end } = time
  if (start === undefined || start !== end) return overlaps(interval, time)
  return overlaps(interval, { start, end: new Date(Date.parse(start) + 1).toISOString() })
}

function objectsIn(object: JsonObject): readonly JsonObject[] {
  return Object.values(object).filter(isObject)
}

/** Entries of each object, in their order. */
type Entries = Map<string, JsonObject[]>

async function allEntries(store: Memory, told: Told): Promise<Entries> {
  const found: Entries = new Map()
  for await (const it of entriesAfter(store, told, undefined)) add(found, it)
  return found
}

/** By key; who is not known by a name any more is looked for in all entries. */
async function entriesFor(store: Memory, told: Told, of: readonly JsonObject[]): Promise<Entries> {
  const identities = of.map(identityOf)
  const names = identities.flatMap((it) => (it.mRID === undefined ? it.names : []))
  const ids = identities.flatMap(({ mRID }) => (mRID === undefined ? [] : [idKey(mRID)]))
  const named = names.length === 0 ? [] : await store.objects(told.noun, [], names)
  const found: Entries = new Map()
  for (const id of new Set([...ids, ...named.map((it) => it.id)])) {
    const prefix = entriesOfObject(id)
    for await (const it of entriesAfter(store, told, prefix)) {
      if (!it.id.startsWith(prefix)) break
      add(found, it)
    }
  }
  if (named.length === names.length) return found
  const hit = indexOfIdentities(of)
  const all = await allEntries(store, told)
  for (const [key, entries] of all)
    if (!found.has(key) && entries.some((it) => hit(member(it, 'of') ?? {}) !== undefined))
      found.set(key, entries)
  return found
}

function add(found: Entries, { id, ...rest }: StoredObject): void {
  const key = id.slice(0, id.lastIndexOf(' @'))
  const entries = found.get(key) ?? []
  entries.push(heldOf({ id, ...rest }).object)
  found.set(key, entries)
}

async function* entriesAfter(
  store: Memory,
  { noun, part }: Told,
  from: string | undefined,
): AsyncGenerator<StoredObject> {
  const query = { limit: PAGE, ...(from === undefined ? {} : { after: from }) }
  for await (const objects of objectPages(historyOf(noun, part), query, store)) yield* objects
}

function notKnown({ objectType }: Told, object: JsonObject): ReplyError {
  const id = idOfObject(object, objectType)
  const reason = `Nothing is known of a ${objectType} ${id?.$ ?? ''}.`
  const named = id === undefined ? {} : { id }
  return mended({ code: '99.1', level: 'FATAL', rule: 'NOT-FOUND', reason, ...named })
}
