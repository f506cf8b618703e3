// Objects that carry their state in `status`.

import type { JsonObject } from '../../src/index.ts'
import { partOf } from '../message.ts'

/** The object in another state. */
export function inState(object: JsonObject, value: string): JsonObject {
  return { ...object, status: { dateTime: new Date().toISOString(), value } }
}

/** The state that it says it is in. */
export function stateOf(object: JsonObject): unknown {
  return partOf(object, 'status')['value']
}

/** What another object names it by. */
export function reference({ mRID = '' }: JsonObject): JsonObject {
  return { mRID }
}
