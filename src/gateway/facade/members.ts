// Members of an object as resources of their own: who they were at an instant, and taking one of them out.

import type { Flow } from '../../flows/flow.ts'
import { historiesIn } from '../../flows/index.ts'
import type { Told } from '../../flows/index.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { rootsOf } from '../content.ts'
import type { NounContent } from '../content.ts'
import { idKey, identityOf, nameTexts } from '../identity.ts'
import { idOf } from '../outcome.ts'
import { heldOf } from '../world.ts'
import type { StoredObject } from '../ports.ts'
import { mended } from '../mended.ts'

/** The list of a noun's objects whose history is kept; undefined where there is none. */
export function memberList(
  noun: string,
  flow: (noun: string, verb: string) => Flow | undefined,
): Told | undefined {
  return Object.values(flow(noun, 'get')?.parts ?? {})
    .flatMap(({ history }) => (history === undefined ? [] : historiesIn(history.noun)))
    .find((it) => it.noun === noun)
}

/** The member that a path names, by mRID or by the text of a name. */
export function memberNamed(
  stored: StoredObject,
  part: string,
  key: string,
): JsonObject | undefined {
  const list = member(heldOf(stored).object, part)
  const all: readonly Json[] = Array.isArray(list) ? list : []
  const byId = (it: Json) => idKey(identityOf(it).mRID ?? '') === idKey(key)
  return all.filter(isObject).find((it) => byId(it) || nameTexts(it).includes(key))
}

/** The payload that takes it out: an OperationSet with elementOperation (IEC 61968-100:2013 6.10). */
export function withoutMember(
  { noun, part }: Told,
  mRID: string,
  item: JsonObject,
  content: NounContent,
): JsonObject {
  const [root = {}] = rootsOf([{ mRID, [part]: [item] }], content)
  const Operation = [{ operationId: 1, noun, verb: 'delete', elementOperation: true, [noun]: root }]
  const how = { enforceMsgSequence: false, enforceTransactionalIntegrity: true }
  return { OperationSet: { ...how, Operation } }
}

/** The answer to a member that there is not. */
export function noMember({ objectType, itemType }: Told, mRID: string, key: string): ReplyError {
  return mended({
    code: '2.29',
    rule: 'NO-PART',
    reason: `The ${objectType} ${mRID} has no ${itemType} ${key}.`,
    id: idOf(itemType, key),
    relatedID: idOf(objectType, mRID),
  })
}

/** The answer for a noun whose objects have no members. */
export function noMembers(noun: string): ReplyError {
  const reason = `Objects of ${noun} have no members that are kept track of.`
  return {
    code: '2.9',
    reason,
    details: 'Read the object itself: what it consists of stands in it.',
  }
}
