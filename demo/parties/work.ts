// What service orders and work requests have in common for whoever handles them.

import type { JsonObject } from '../../src/index.ts'
import { isObject } from '../message.ts'

/** The object with all its works in another status. */
export function withStatus(object: JsonObject, statusKind: string): JsonObject {
  return { ...object, Work: worksOf(object).map((it) => ({ ...it, statusKind })) }
}

/** The same, and what the crew has found of what was to be inspected. */
export function closed(object: JsonObject): JsonObject {
  const found = [{ createdDateTime: new Date().toISOString(), type: 'verified' }]
  const works = worksOf(withStatus(object, 'closed'))
  return {
    ...object,
    Work: works.map((it) => (it['kind'] === 'inspection' ? { ...it, ActivityRecords: found } : it)),
  }
}

function worksOf(object: JsonObject): readonly JsonObject[] {
  return Array.isArray(object['Work']) ? object['Work'].filter(isObject) : []
}
