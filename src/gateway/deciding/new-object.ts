// An object that comes to be: with the mRID that it is known by, and with what follows from what it refers to.

import type { JsonObject } from '../../schema/json-text.ts'
import { OWN_ID, identityOf, isUuid, withId } from '../identity.ts'
import { aroundOf } from './placed.ts'
import type { Case } from './settle.ts'

/** The object of a task as it is to be made. */
export function newObject(it: Case): JsonObject {
  const own = identified(it)
  return it.flow.filled?.(own, aroundOf(it).find) ?? own
}

/**
 * Every object is known by an mRID; one that comes without it gets one. Where its schema has no place for an mRID,
 * an object is known by the MessageID of the message that brought it.
 */
function identified({ task, at, context }: Case): JsonObject {
  const { noun, object } = task
  if (identityOf(object).mRID !== undefined) return object
  if (context.contentOf(noun)?.hasId !== false) return withId(context.newId(), object)
  const { messageID } = context
  const base = isUuid(messageID) ? messageID : context.newId()
  return { [OWN_ID]: at === 0 ? base : `${base}.${at + 1}`, ...object }
}
