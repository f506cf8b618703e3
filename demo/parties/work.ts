// What service orders and work requests have in common for whoever handles them.

import type { JsonObject } from '../../src/index.ts'
import { isObject } from '../message.ts'

/** The object with all its works in another status. */
export function withStatus(object: JsonObject, statusKind: string): JsonObject {
  const works = Array.isArray(object['Work']) ? object['Work'].filter(isObject) : []
  return { ...object, Work: works.map((it) => ({ ...it, statusKind })) }
}

/** The status of the first of its works. */
export function statusKindOf(object: JsonObject): unknown {
  const works = Array.isArray(object['Work']) ? object['Work'].filter(isObject) : []
  return works[0]?.['statusKind']
}
