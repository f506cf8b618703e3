// The objects that one message touches, as they are in memory while it is being decided.
// Read once from the store, changed by operations one after the other, compared with the start at the end.

import { readJson, writeJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { isName } from './index-keys.ts'
import { identifiedIn } from './identified.ts'
import { idKey } from './identity.ts'
import type { Gone, Put, Removal, StoredObject } from './ports.ts'

/** An object as it is now. */
export interface Held {
  readonly noun: string
  readonly id: string
  /** state of its lifecycle */
  readonly state: string
  readonly object: JsonObject
  /** party that it belongs to */
  readonly owner: string
  /** from 1: the one that it has in the store, or will have once the message is stored */
  readonly revision: number
  /** keys of the index that it has besides its names */
  readonly claims?: readonly string[]
}

/** What is found for an identity: one object, none, or different ones for mRID and Names. */
export type Found =
  | { readonly kind: 'one'; readonly held: Held }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly held: Held }

/** What the store has to do. */
export interface Difference {
  readonly puts: readonly Put[]
  readonly removals: readonly Removal[]
}

/** Lives as long as one decision; large batches would not bear a copy for each object. */
export interface World {
  /** By mRID and by every name; identities that disagree are no identity (reply code 2.29). */
  readonly find: (noun: string, object: JsonObject) => Found
  /** Another object that bears one of these names already. */
  readonly bearer: (noun: string, names: readonly string[], id: string) => Held | undefined
  /** True when there is some object of the noun, here or in the store. */
  readonly keeps: (noun: string) => boolean
  /** Every object of a noun that it holds. */
  readonly all: (noun: string) => readonly Held[]
  /** The object that has a claim. */
  readonly claimant: (noun: string, claim: string) => Held | undefined
  /** The revision that an object has once the message is stored: one more than before, however often it changes. */
  readonly nextRevision: (noun: string, id: string) => number
  readonly put: (it: Held) => void
  readonly remove: (it: Held) => void
  /** What the store has to do so that it holds this world. */
  readonly difference: () => Difference
}

/**
 * The world that the store holds.
 * @param gone what it has held before
 * @param kept nouns of which it has objects besides
 */
export function worldOf(
  stored: readonly StoredObject[],
  gone: readonly Gone[] = [],
  kept: ReadonlySet<string> = NONE,
): World {
  const ended = new Map(gone.map((it) => [keyOf(it.noun, it.id), it.revision]))
  const before = new Map(stored.map((it) => [keyOf(it.noun, it.id), heldOf(it)]))
  const now = new Map(before)
  const names = new Map<string, string>()
  // Asked for each object of a message, so it must not take looking at all of them.
  const counts = new Map<string, number>()
  for (const it of before.values()) {
    index(it)
    count(it.noun, 1)
  }

  function count(noun: string, more: number): void {
    counts.set(noun, (counts.get(noun) ?? 0) + more)
  }

  function index(it: Held): void {
    for (const name of keysIn(it)) names.set(keyOf(it.noun, name), keyOf(it.noun, it.id))
  }

  function unindex(key: string): void {
    const old = now.get(key)
    if (old === undefined) return
    for (const name of keysIn(old))
      if (names.get(keyOf(old.noun, name)) === key) names.delete(keyOf(old.noun, name))
  }

  function find(noun: string, object: JsonObject): Found {
    const { mRID, names: own } = identifiedIn(noun, object)
    const byId = mRID === undefined ? undefined : now.get(keyOf(noun, idKey(mRID)))
    const named = own.map((it) => now.get(names.get(keyOf(noun, it)) ?? ''))
    const all = new Set([byId, ...named].filter((it) => it !== undefined))
    const [held] = all
    if (held === undefined) return { kind: 'none' }
    const disagree = all.size > 1 || (mRID !== undefined && byId === undefined)
    return { kind: disagree ? 'several' : 'one', held }
  }

  function bearer(noun: string, own: readonly string[], id: string): Held | undefined {
    return own
      .map((it) => now.get(names.get(keyOf(noun, it)) ?? ''))
      .find((it) => it !== undefined && it.id !== id)
  }

  function put(it: Held): void {
    const key = keyOf(it.noun, it.id)
    unindex(key)
    if (!now.has(key)) count(it.noun, 1)
    now.set(key, it)
    index(it)
  }

  function remove(it: Held): void {
    const key = keyOf(it.noun, it.id)
    unindex(key)
    if (now.delete(key)) count(it.noun, -1)
  }

  const expected = (key: string) => before.get(key)?.revision ?? ended.get(key) ?? 0
  return {
    find,
    bearer,
    keeps: (noun) => kept.has(noun) || (counts.get(noun) ?? 0) > 0,
    all: (noun) => [...now.values()].filter((it) => it.noun === noun),
    claimant: (noun, claim) => now.get(names.get(keyOf(noun, claim)) ?? ''),
    nextRevision: (noun, id) => expected(keyOf(noun, id)) + 1,
    put,
    remove,
    difference: () => difference(before, now, ended),
  }
}

const NONE: ReadonlySet<string> = new Set()

type Objects = ReadonlyMap<string, Held>

function difference(before: Objects, now: Objects, ended: ReadonlyMap<string, number>): Difference {
  const changed = [...now].filter(([key, it]) => before.get(key) !== it)
  const gone = [...before].filter(([key]) => !now.has(key))
  return {
    puts: changed.map(([key, it]) => putOf(it, before.get(key)?.revision, ended.get(key))),
    removals: gone.map(([, it]) => removalOf(it)),
  }
}

function removalOf({ noun, id, revision: expect }: Held): Removal {
  return { noun, id, expect, revision: expect + 1 }
}

function putOf(held: Held, expect = 0, after?: number): Put {
  const { noun, id, state, object, owner } = held
  const made = { noun, id, state, names: keysIn(held), body: writeJson(object), owner, expect }
  return expect > 0 || after === undefined ? made : { ...made, after }
}

/** Each once: an object may repeat a name, the store's index may not. */
function keysIn({
  noun,
  object,
  claims = [],
}: Pick<Held, 'noun' | 'object' | 'claims'>): readonly string[] {
  return [...new Set([...identifiedIn(noun, object).names, ...claims])]
}

/**
 * A stored object as it is worked with.
 * @throws {Error} the store gave a body that is no JSON object, which is our own defect
 */
export function heldOf({ noun, id, state, body, revision, owner, names }: StoredObject): Held {
  const read = readJson(body)
  if ('fault' in read)
    throw new Error(`the stored object ${noun} ${id} is no JSON: ${read.fault.message}`)
  const claims = names.filter((it) => !isName(it))
  const held = { noun, id, state, object: read.value as JsonObject, revision, owner }
  return claims.length === 0 ? held : { ...held, claims }
}

function keyOf(noun: string, id: string): string {
  return `${noun} ${id}`
}
