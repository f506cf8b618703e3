// One page of a collection: all objects of a noun, or those that bear a name.

import type { JsonObject } from '../schema/json-text.ts'
import { cursorOf } from './cursor.ts'
import type { ListQuery } from './facade-request.ts'
import { scanned } from './find.ts'
import type { Memory } from './guarded.ts'
import { idKey, identityOf, nameTexts } from './identity.ts'
import { heldOf } from './world.ts'

/** Objects, and the cursor of the next page. */
export interface ObjectPage {
  readonly objects: readonly JsonObject[]
  readonly next: string | null
}

/** In the order of their keys. */
export async function pageOf(store: Memory, noun: string, query: ListQuery): Promise<ObjectPage> {
  const { limit, after, name } = query
  if (name !== undefined) return bearing(store, noun, name, query)
  const from = after === undefined ? {} : { after }
  const { objects, next } = await store.page(noun, { limit, ...from })
  return {
    objects: objects.map((it) => heldOf(it).object),
    next: next === null ? null : cursorOf('objects', next),
  }
}

/** The store knows names together with their type only, so a name alone is looked for in all objects. */
async function bearing(
  store: Memory,
  noun: string,
  name: string,
  { limit, after }: ListQuery,
): Promise<ObjectPage> {
  const isNamed = (object: JsonObject) => nameTexts(object).includes(name)
  const { objects, more } = await scanned(store, noun, isNamed, limit, after)
  const last = identityOf(objects.at(-1)).mRID
  return { objects, next: more && last !== undefined ? cursorOf('objects', idKey(last)) : null }
}
