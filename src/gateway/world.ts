// The objects that one message touches, as they are in memory while it is being decided.
// Read once from the store, changed by operations one after the other, compared with the start at the end.

import { readJson, writeJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { idKey, identityOf } from './identity.ts'
import type { Put, Removal, StoredObject } from './ports.ts'

/** An object as it is now. */
export interface Held {
  readonly noun: string
  readonly id: string
  readonly state: string
  readonly object: JsonObject
  /** 0 for one that is not stored yet */
  readonly revision: number
}

/** What is found for an identity: one object, none, or two different ones. */
export type Found =
  | { readonly kind: 'one'; readonly held: Held }
  | { readonly kind: 'none' }
  | { readonly kind: 'two' }

/** Lives as long as one decision; large batches would not bear a copy for each object. */
export interface World {
  /** Searches by mRID first, then by names; disagreeing identities are no identity (reply code 2.29). */
  readonly find: (noun: string, object: JsonObject) => Found
  /** Another object that bears one of these names already. */
  readonly bearer: (
    noun: string,
    names: readonly string[],
    id: string,
  ) => { readonly held: Held; readonly name: string } | undefined
  readonly put: (it: Held) => void
  readonly remove: (it: Held) => void
  /** What the store has to do so that it holds this world. */
  readonly difference: () => {
    readonly puts: readonly Put[]
    readonly removals: readonly Removal[]
  }
}

/** The world that the store holds. */
export function worldOf(stored: readonly StoredObject[]): World {
  const before = new Map(stored.map((it) => [keyOf(it.noun, it.id), heldOf(it)]))
  const now = new Map(before)
  const names = new Map<string, string>()
  for (const it of before.values()) index(it)

  function index(it: Held): void {
    for (const name of identityOf(it.object).names)
      names.set(keyOf(it.noun, name), keyOf(it.noun, it.id))
  }

  function unindex(key: string): void {
    const old = now.get(key)
    if (old === undefined) return
    for (const name of identityOf(old.object).names)
      if (names.get(keyOf(old.noun, name)) === key) names.delete(keyOf(old.noun, name))
  }

  function find(noun: string, object: JsonObject): Found {
    const { mRID, names: own } = identityOf(object)
    const byId = mRID === undefined ? undefined : now.get(keyOf(noun, idKey(mRID)))
    const named = own.map((it) => names.get(keyOf(noun, it))).find((it) => it !== undefined)
    const byName = named === undefined ? undefined : now.get(named)
    if (byId !== undefined)
      return byName !== undefined && byName !== byId ? { kind: 'two' } : { kind: 'one', held: byId }
    if (byName === undefined) return { kind: 'none' }
    return mRID === undefined ? { kind: 'one', held: byName } : { kind: 'two' }
  }

  function bearer(noun: string, own: readonly string[], id: string) {
    for (const name of own) {
      const held = now.get(names.get(keyOf(noun, name)) ?? '')
      if (held !== undefined && held.id !== id) return { held, name }
    }
    return undefined
  }

  function put(it: Held): void {
    unindex(keyOf(it.noun, it.id))
    now.set(keyOf(it.noun, it.id), it)
    index(it)
  }

  function remove(it: Held): void {
    unindex(keyOf(it.noun, it.id))
    now.delete(keyOf(it.noun, it.id))
  }

  function difference() {
    const changed = [...now].filter(([key, it]) => before.get(key) !== it)
    const gone = [...before].filter(([key]) => !now.has(key))
    return {
      puts: changed.map(([key, it]): Put => ({
        noun: it.noun,
        id: it.id,
        state: it.state,
        names: identityOf(it.object).names,
        body: writeJson(it.object),
        expect: before.get(key)?.revision ?? 0,
      })),
      removals: gone.map(([, { noun, id, revision }]): Removal => ({ noun, id, expect: revision })),
    }
  }

  return { find, bearer, put, remove, difference }
}

/** A stored object as it is worked with. */
export function heldOf({ noun, id, state, body, revision }: StoredObject): Held {
  const read = readJson(body)
  if ('fault' in read)
    throw new Error(`the stored object ${noun} ${id} is no JSON: ${read.fault.message}`)
  return { noun, id, state, object: read.value as JsonObject, revision }
}

function keyOf(noun: string, id: string): string {
  return `${noun} ${id}`
}
