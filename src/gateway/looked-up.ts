// What an object refers to, read step by step: what is found may refer to more.

import type { Around, Reference } from '../flows/flow.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Memory } from './guarded.ts'
import { keysOf } from './looked-at.ts'
import { referred } from './placed.ts'
import type { StoredObject } from './ports.ts'
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
  let besides = worldOf([])
  const find = (it: Reference) => own(it) ?? referred(besides, it)
  const read = new Map<string, readonly StoredObject[]>()
  for (let n = 0; n < MOST_STEPS; n += 1) {
    const fresh = (refers?.(object, find) ?? [])
      .map((it) => ({ noun: it.noun, ...keysOf(it) }))
      .filter((it) => it.ids.length + it.names.length > 0 && !read.has(JSON.stringify(it)))
    if (fresh.length === 0) break
    for (const it of fresh)
      read.set(JSON.stringify(it), await store.objects(it.noun, it.ids, it.names))
    besides = worldOf([...read.values()].flat())
  }
  return find
}
