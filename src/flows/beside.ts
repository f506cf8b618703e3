// What a noun's root says beside its objects, as each of them carries it: whether a transfer is everything, whose event it is.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

/** Members of the root beside the object: types that it refers to, attributes, another namespace. */
export const BESIDE = '#beside'

/** What the root says beside an object; undefined where that is nothing. */
export function besideIn(object: JsonObject): Json | undefined {
  return member(object, BESIDE)
}
