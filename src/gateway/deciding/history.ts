// Who was in a list, and when: each change of a list with a history leaves one entry with those who came and those who
// went, so that what is kept grows with what happens and not with the list. Read in their order the entries give every stay.

import type { Flow } from '../../flows/flow.ts'
import { historiesIn } from '../../flows/index.ts'
import type { Part, Stay } from '../../flows/part.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { idKey, identityOf, indexOfIdentities } from '../identity.ts'
import type { Outcome } from '../outcome.ts'
import type { DecideContext } from './settle.ts'
import type { Held, World } from '../world.ts'

/** Where the entries of a list are kept: beside the objects of its noun, and no noun themselves. */
export function historyOf(noun: string, part: string): string {
  return `${noun}.${part}`
}

/** The list whose entries are kept under this name; undefined for a noun. */
export function listOfHistory(
  name: string,
): { readonly noun: string; readonly part: string } | undefined {
  const [noun = '', part] = name.split('.')
  return part === undefined ? undefined : { noun, part }
}

/** What all entries of one object begin with; ordered by key they are in the order of time. */
export function entriesOfObject(id: string): string {
  return `${id} @`
}

/** One change of a list. */
interface Entry {
  /** ISO 8601 with Z */
  readonly at: string
  readonly reason: string
  readonly of: JsonObject
  readonly came: readonly JsonObject[]
  readonly went: readonly JsonObject[]
}

/** An object before and after, absent where it is not there. */
interface Changed {
  readonly noun: string
  readonly before: JsonObject | undefined
  readonly after: JsonObject | undefined
  readonly owner: string
  readonly revision: number
}

/** Keeps in the world what has come of the lists of all objects that were changed. */
export function noteHistory(
  outcomes: readonly Outcome[],
  world: World,
  context: Pick<DecideContext, 'flow' | 'now' | 'exchangeId'>,
): void {
  let count = 0
  for (const it of outcomes.flatMap(changesIn))
    for (const [part, { history }] of Object.entries(partsOf(context.flow(it.noun, 'get')))) {
      const entry = history === undefined ? undefined : entryOf(it, part, context.now)
      if (entry === undefined) continue
      count += 1
      world.put(heldEntry(it, part, entry, `${context.exchangeId} ${count}`))
    }
}

function partsOf(flow: Flow | undefined): Readonly<Record<string, Part>> {
  return flow?.parts ?? {}
}

function changesIn({ event, before, after, moved = [] }: Outcome): readonly Changed[] {
  if (event === undefined) return []
  const { noun, owner, revision } = event
  const isGone = event.verb === 'deleted' || after === undefined
  const own = {
    noun,
    owner,
    revision,
    before: before?.object,
    after: isGone ? undefined : after.object,
  }
  const others = moved.map(({ event: its, object, was }) => ({
    noun: its.noun,
    owner: its.owner,
    revision: its.revision,
    before: was,
    after: object,
  }))
  return [own, ...others]
}

function entryOf({ before, after }: Changed, part: string, at: string): Entry | undefined {
  const [was, is] = [listIn(before, part), listIn(after, part)]
  const [came, went] = [notIn(is, was), notIn(was, is)]
  if (came.length + went.length === 0) return undefined
  return { at, reason: reasonFor(before, after), of: identityPart(after ?? before), came, went }
}

function reasonFor(before: JsonObject | undefined, after: JsonObject | undefined): string {
  return before === undefined ? 'formed' : after === undefined ? 'dissolved' : 'changed'
}

function listIn(object: JsonObject | undefined, part: string): readonly JsonObject[] {
  const list = member(object, part)
  return Array.isArray(list) ? list.filter(isObject) : []
}

function notIn(some: readonly JsonObject[], others: readonly JsonObject[]): readonly JsonObject[] {
  if (some.length === 0 || others.length === 0) return some
  const known = indexOfIdentities(others)
  return some.filter((it) => known(it) === undefined)
}

function identityPart(object: JsonObject | undefined): JsonObject {
  const [mRID, Names] = [member(object, 'mRID'), member(object, 'Names')]
  return { ...(mRID === undefined ? {} : { mRID }), ...(Names === undefined ? {} : { Names }) }
}

function heldEntry(
  { noun, owner, revision }: Changed,
  part: string,
  entry: Entry,
  own: string,
): Held {
  const key = idKey(identityOf(entry.of).mRID ?? '')
  const id = `${entriesOfObject(key)}${entry.at} ${String(revision).padStart(12, '0')} ${own}`
  const { at, reason, of, came, went } = entry
  const object = { at, reason, of, came, went }
  return { noun: historyOf(noun, part), id, state: 'kept', object, owner, revision: 1 }
}

/** Where the entries of one list of one object are. */
export interface Entries {
  readonly list: string
  readonly prefix: string
}

/** Of all lists of an object whose history is told by a noun; none where nobody knows the object. */
export function entriesBelow(
  noun: string,
  { noun: of, object }: { readonly noun: string; readonly object: Json },
  world: Pick<World, 'find'>,
): readonly Entries[] {
  if (!isObject(object)) return []
  const found = world.find(of, object)
  const { mRID } = identityOf(object)
  const id = found.kind === 'one' ? found.held.id : mRID === undefined ? undefined : idKey(mRID)
  if (id === undefined) return []
  return historiesIn(noun)
    .filter((it) => it.noun === of)
    .map(({ part }) => ({ list: historyOf(of, part), prefix: entriesOfObject(id) }))
}

/** The stays of all entries in the world, as the objects of the noun that tells them. */
export function staysAs(noun: string, world: Pick<World, 'all'>): readonly Held[] {
  return historiesIn(noun).flatMap(({ noun: of, part, history }) =>
    [...byObject(world.all(historyOf(of, part)))].flatMap(([id, [first, ...more]]) => {
      if (first === undefined) return []
      return staysIn([first, ...more].map((it) => it.object)).map((stay) => ({
        ...first,
        noun,
        id,
        object: history.told(stay),
      }))
    }),
  )
}

/** In the order of their keys, which is that of time. */
function byObject(entries: readonly Held[]): ReadonlyMap<string, readonly Held[]> {
  const found = new Map<string, Held[]>()
  for (const it of entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = it.id.slice(0, it.id.lastIndexOf(' @'))
    const own = found.get(key)
    if (own === undefined) found.set(key, [it])
    else own.push(it)
  }
  return found
}

/** Every stay that these entries tell of. @param entries of one object, in their order */
export function staysIn(entries: readonly JsonObject[]): readonly Stay[] {
  const ended: Stay[] = []
  const open = new Map<string, Stay>()
  let latest = ''
  for (const entry of entries) {
    // A clock that was set back does not turn the order of things.
    const at = laterOf(String(member(entry, 'at')), latest)
    latest = at
    const [of, reason] = [objectIn(entry, 'of'), String(member(entry, 'reason'))]
    for (const item of listIn(entry, 'went')) {
      const key = keysOfItem(item).find((it) => open.has(it))
      const stay = key === undefined ? undefined : open.get(key)
      if (stay === undefined) continue
      for (const it of keysOfItem(stay.item)) open.delete(it)
      const ending = reason === 'changed' ? 'removed' : reason
      ended.push({ ...stay, interval: { end: at, ...stay.interval }, reason: ending })
    }
    for (const item of listIn(entry, 'came')) {
      const coming = reason === 'changed' ? 'added' : reason
      const stay = { of, item, interval: { start: at }, reason: coming }
      for (const it of keysOfItem(item)) open.set(it, stay)
    }
  }
  return [...ended, ...new Set(open.values())]
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b
}

function objectIn(it: JsonObject, name: string): JsonObject {
  const value = member(it, name)
  return isObject(value) ? value : {}
}

function keysOfItem(item: Json): readonly string[] {
  const { mRID, names } = identityOf(item)
  return [...(mRID === undefined ? [] : [`mRID ${idKey(mRID)}`]), ...names]
}
