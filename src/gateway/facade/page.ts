// One page of a collection: all objects of a noun, or those that bear a name.

import type { Criteria } from '../../flows/likeness.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { cursorOf } from '../cursor.ts'
import type { ListQuery } from './request.ts'
import { scanned } from '../find.ts'
import type { Memory } from '../guarded.ts'
import { likeOneOf } from '../like.ts'
import { idKey, identityOf, nameTexts } from '../identity.ts'
import { heldOf } from '../world.ts'

/** Objects, and the cursor of the next page. */
export interface ObjectPage {
  readonly objects: readonly JsonObject[]
  readonly next: string | null
}

/** In the order of their keys. */
export async function pageOf(
  store: Memory,
  noun: string,
  query: ListQuery,
  criteria?: Criteria,
): Promise<ObjectPage> {
  const { limit, after, name, like } = query
  const isLike =
    criteria === undefined || like === undefined ? () => true : likeOneOf([like], criteria)
  if (name !== undefined)
    return fitting(store, noun, (it) => isNamed(it, name) && isLike(it), query)
  if (like !== undefined) return fitting(store, noun, isLike, query)
  const from = after === undefined ? {} : { after }
  const { objects, next } = await store.page(noun, { limit, ...from })
  return {
    objects: objects.map((it) => heldOf(it).object),
    next: next === null ? null : cursorOf('objects', next),
  }
}

function isNamed(object: JsonObject, name: string): boolean {
  return nameTexts(object).includes(name)
}

/** The store knows names together with their type only, so a name alone is looked for in all objects. */
async function fitting(
  store: Memory,
  noun: string,
  isWanted: (object: JsonObject) => boolean,
  { limit, after }: ListQuery,
): Promise<ObjectPage> {
  const { objects, more } = await scanned(store, noun, isWanted, limit, after)
  const last = identityOf(objects.at(-1)).mRID
  return { objects, next: more && last !== undefined ? cursorOf('objects', idKey(last)) : null }
}
