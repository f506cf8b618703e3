// What flows share whose objects carry their state in `status.value`: reading it, writing it, asking for another.

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** The state that an object says it is in. */
export function statusOf(object: JsonObject | undefined): string | undefined {
  const value = member(member(object, 'status'), 'value')
  return typeof value === 'string' ? value : undefined
}

/**
 * Where the state stands; a state that is new has the time at which it came to be: that which is told with it, else now. The
 * time of the state before, which a change leaves where it was, is none.
 */
export const STATUS = {
  of: statusOf,
  written: (object: JsonObject, state: string, now: string, was?: JsonObject): JsonObject => {
    const isNew = was !== undefined && statusOf(was) !== state
    const isTold = statusOf(object) === state && timeOf(object) !== undefined
    const isOld = isNew && timeOf(object) === timeOf(was)
    return isTold && !isOld ? object : withStatus(object, state, now)
  },
} as const

/** The object as somebody wants it to be. */
export function asking(state: string): (object: JsonObject) => JsonObject {
  return (object) => withStatus(object, state)
}

function withStatus(object: JsonObject, value: string, dateTime?: string): JsonObject {
  const old = member(object, 'status')
  const { dateTime: _then, ...status } = isObject(old) ? old : {}
  const time = dateTime === undefined ? {} : { dateTime }
  return { ...object, status: { ...status, ...time, value } }
}

function timeOf(object: JsonObject): string | undefined {
  const time = member(member(object, 'status'), 'dateTime')
  return typeof time === 'string' ? time : undefined
}
