// What flows share whose objects carry their state in `status.value`: reading it, writing it, asking for another.

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** The state that an object says it is in. */
export function statusOf(object: JsonObject | undefined): string | undefined {
  const value = member(member(object, 'status'), 'value')
  return typeof value === 'string' ? value : undefined
}

/** Where the state stands; a state that is new has the time at which it came to be. */
export const STATUS = {
  of: statusOf,
  written: (object: JsonObject, state: string, now: string): JsonObject =>
    statusOf(object) === state && hasTime(object) ? object : withStatus(object, state, now),
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

function hasTime(object: JsonObject): boolean {
  return typeof member(member(object, 'status'), 'dateTime') === 'string'
}
