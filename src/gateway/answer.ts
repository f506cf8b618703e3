// From what was decided to what is said: Result, one Error for each refused item, IDs and the objects to return.

import type { IdObject, Result } from '../envelope/message-object.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Saying } from '../flows/saying.ts'
import type { Decision } from './deciding/decide.ts'
import { payloadOf, rootsOf, withoutOwn } from './content.ts'
import type { ContentOf } from './content.ts'
import { hasIdentity, identityOf } from './identity.ts'
import type { Outcome } from './outcome.ts'
import { idOf, idOfObject, positionOf } from './outcome.ts'

/** What a reply says, before it has ids and times. */
export interface Said {
  readonly result: Result
  readonly errors?: readonly ReplyError[]
  readonly ids?: readonly IdObject[]
  readonly payload?: Json
  readonly operationId?: string
}

/** What a half-failed batch is called: PARTIAL, or FAILED as in EPRI's recorded cases. */
export type MixedBatch = 'partial' | 'failed'

/** Some of it has not been done. */
export const PART: ReplyError = {
  code: '0.2',
  level: 'WARNING',
  reason: 'Part of the message has been carried out; what was not is listed.',
}

/** The reply to a request or event that has been decided. */
export function answerOf(decision: Decision, mixedBatch: MixedBatch, contentOf: ContentOf): Said {
  const errors = decision.outcomes.flatMap(({ errors: own, objectType }, at) =>
    own.map((it) => placedAt(it, at, objectType)),
  )
  const accepted = decision.outcomes.filter((it) => it.errors.length === 0)
  const only = onlyOperation(decision.outcomes)
  const rest = {
    ...payloadIn(accepted, contentOf),
    ...(only === undefined ? {} : { operationId: only }),
  }
  const ids = accepted.flatMap(idFor)
  const said = accepted.flatMap((it) => [...(it.warnings ?? []), ...sayingOf(it)])
  const open = accepted.flatMap(({ unfinished = [] }) => unfinished)
  if (errors.length === 0 && open.length > 0)
    return { result: 'PARTIAL', errors: [PART, ...open, ...said], ids, ...rest }
  if (errors.length === 0) {
    return { result: 'OK', ...(said.length === 0 ? {} : { errors: said }), ids, ...rest }
  }
  // EPRI DERG-1d: a batch that is called FAILED names those that failed and no others.
  if (accepted.length === 0 || mixedBatch === 'failed') return { result: 'FAILED', errors, ...rest }
  return { result: 'PARTIAL', errors: [PART, ...errors, ...open, ...said], ids, ...rest }
}

/** A reply about a single operation repeats its operationId; one about the whole set has none (EPRI 61968-6 script). */
function onlyOperation(outcomes: readonly Outcome[]): string | undefined {
  const ids = new Set(outcomes.map((it) => it.task.operationId))
  return ids.size === 1 ? [...ids][0] : undefined
}

/** What has neither mRID nor Names is named by its place in the message, from 1: a reply names whatever has failed. */
export function placedAt(error: ReplyError, at: number, objectType: string): ReplyError {
  if (error.id !== undefined || error.operationId !== undefined) return error
  return { ...error, id: positionOf(objectType, at) }
}

/** What the state says that an object has come into: that it is on hold, or released. */
function sayingOf(it: Outcome): readonly ReplyError[] {
  const { before, after, saying, objectType, isRepeated = false } = it
  const isNews = isRepeated || before?.state !== after?.state
  if (saying === undefined || after === undefined || !isNews) return []
  return [inform(saying, after.object, objectType)]
}

/** A reply code that is no failure. */
export function inform(
  { code, rule, reason }: Saying,
  object: JsonObject,
  type: string,
): ReplyError {
  const id = idOfObject(object, type)
  const said = { code, ...(rule === undefined ? {} : { rule }), level: 'INFORM' as const, reason }
  return { ...said, ...(id === undefined ? {} : { id }) }
}

function idFor(outcome: Outcome): readonly IdObject[] {
  const { mRID } = identityOf(outcome.after?.object ?? outcome.before?.object)
  return mRID === undefined ? [] : [idOf(outcome.objectType, mRID)]
}

/** Objects with an mRID of our making as a whole (DERG-1e); changed ones with their version but without members (GRP-01). */
function payloadIn(accepted: readonly Outcome[], contentOf: ContentOf): { payload?: Json } {
  const nouns = new Map<string, JsonObject[]>()
  for (const { task, before, after, assigned: isNew, isRepeated = false } of accepted) {
    const assigned = isNew || isRepeated
    const isNews = assigned || (before !== undefined && before.object !== after?.object)
    if (after === undefined || task.reported || !(isNews || isRepeated)) continue
    const objects = nouns.get(task.noun) ?? []
    const needed = contentOf(task.noun)?.required ?? []
    objects.push(assigned ? after.object : brief(after.object, needed))
    nouns.set(task.noun, objects)
  }
  const roots = [...nouns].flatMap(([noun, objects]): readonly Root[] => {
    const content = contentOf(noun)
    return content === undefined ? [] : [[noun, rootsOf(objects, content)]]
  })
  return roots.length === 0 ? {} : { payload: payloadOf(roots) }
}

type Root = readonly [noun: string, roots: readonly JsonObject[]]

/** The object without the lists of other objects that it refers to, as far as its schema can do without them. */
function brief(object: JsonObject, needed: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(withoutOwn(object)).filter(
      ([name, it]) =>
        name === 'Names' || needed.includes(name) || !Array.isArray(it) || !it.every(hasIdentity),
    ),
  )
}
