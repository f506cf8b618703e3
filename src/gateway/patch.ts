// A PATCH body as a CIM message: what it sets is a change, what it sets to null is a removal.
// A null has no XML, so a body with nulls becomes an OperationSet (design/mapping.md §3 "absent / null / empty").

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

export interface Patch {
  readonly noun: string
  readonly element: string
  /** the object as it is */
  readonly before: JsonObject
  /** the object's members, or the noun's content with the one object in it */
  readonly patch: JsonObject
}

export interface PatchMessage {
  readonly verb: 'change' | 'execute'
  /** Noun of the Header */
  readonly noun: string
  /** content of the noun's root, or the whole payload of an OperationSet */
  readonly payload: JsonObject
}

export function patchMessage({ noun, element, before, patch }: Patch): PatchMessage {
  const given = unwrapped(patch, noun, element)
  const mRID = member(before, 'mRID') ?? ''
  const removed = Object.keys(given).filter(
    (it) => given[it] === null && member(before, it) !== undefined,
  )
  const set: JsonObject = {
    ...Object.fromEntries(Object.entries(given).filter(([, it]) => it !== null)),
    mRID,
  }
  if (removed.length === 0) return { verb: 'change', noun, payload: { [element]: [set] } }
  // What is removed is named with the value it has, so that the message is valid (EPRI 61968-6 script).
  const gone: JsonObject = {
    mRID,
    ...Object.fromEntries(removed.map((it): readonly [string, Json] => [it, before[it] ?? null])),
  }
  const operation = (id: number, verb: string, object: JsonObject): Json => ({
    operationId: id,
    noun,
    verb,
    ...(verb === 'delete' ? { elementOperation: true } : {}),
    [noun]: { [element]: [object] },
  })
  const changes = Object.keys(set).length > 1 ? [operation(2, 'change', set)] : []
  return {
    verb: 'execute',
    noun: 'OperationSet',
    payload: {
      OperationSet: {
        enforceMsgSequence: true,
        enforceTransactionalIntegrity: true,
        Operation: [operation(1, 'delete', gone), ...changes],
      },
    },
  }
}

function unwrapped(patch: JsonObject, noun: string, element: string): JsonObject {
  const content = member(patch, noun) ?? patch
  const list = member(content, element)
  const first = Array.isArray(list) ? (list[0] as Json | undefined) : undefined
  return isObject(first) ? first : isObject(content) ? content : patch
}
