// What an object refers to, read step by step: what is found may refer to more.

import type { Around, Reference } from '../flows/flow.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Memory } from './guarded.ts'
import { keysOf } from './deciding/looked-at.ts'
import { referred } from './deciding/placed.ts'
import type { StoredObject } from './ports.ts'
import type { Keys } from './tasks.ts'
import { worldOf } from './world.ts'

/** steps from an object to what is looked up for it */
const MOST_STEPS = 4

/**
 * Finds what has been read.
 * @param own what is known before; it goes before what is read
 */
export async function lookedUp(
  refers: ((object: JsonObject, find: Around['find']) => readonly Reference[]) | undefined,
  object: JsonObject,
  store: Pick<Memory, 'objects'>,
  own: Around['find'] = () => undefined,
): Promise<Around['find']> {
  const read: StoredObject[] = []
  const asked = new Set<string>()
  let besides = worldOf([])
  const find = (it: Reference) => own(it) ?? referred(besides, it)
  for (let n = 0; n < MOST_STEPS; n += 1) {
    const unknown = (refers?.(object, find) ?? []).filter((it) => own(it) === undefined)
    const fresh = unread(unknown, asked)
    if (fresh.size === 0) break
    for (const [noun, { ids, names }] of fresh)
      read.push(...(await store.objects(noun, ids, names)))
    besides = worldOf(read)
  }
  return find
}

/** Keys by noun that have not been asked for yet; from now on they have. */
function unread(all: readonly Reference[], asked: Set<string>): ReadonlyMap<string, Keys> {
  const nouns = new Map<string, { readonly ids: string[]; readonly names: string[] }>()
  const isNew = (noun: string) => (key: string) => {
    const before = asked.size
    return asked.add(`${noun} ${key}`).size > before
  }
  for (const it of all) {
    const { ids, names } = keysOf(it)
    const fresh = { ids: ids.filter(isNew(it.noun)), names: names.filter(isNew(it.noun)) }
    if (fresh.ids.length + fresh.names.length === 0) continue
    const known = nouns.get(it.noun) ?? { ids: [], names: [] }
    known.ids.push(...fresh.ids)
    known.names.push(...fresh.names)
    nouns.set(it.noun, known)
  }
  return nouns
}
