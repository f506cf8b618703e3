// From what was decided to what is said: Result, one Error for each refused item, IDs and the objects to return.

import type { IdObject, Result } from '../envelope/message-object.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Decision } from './decide.ts'
import { hasIdentity } from './identity.ts'
import type { Outcome } from './outcome.ts'
import { idOf } from './outcome.ts'
import type { ElementOf } from './tasks.ts'

/** What a reply says, before it has ids and times. */
export interface Said {
  readonly result: Result
  readonly errors?: readonly ReplyError[]
  readonly ids?: readonly IdObject[]
  readonly payload?: JsonObject
  readonly operationId?: string
}

/** What a half-failed batch is called: PARTIAL, or FAILED as in EPRI's recorded cases (flows §3 "Mixed batches"). */
export type MixedBatch = 'partial' | 'failed'

const PART: ReplyError = {
  code: '0.2',
  level: 'WARNING',
  reason: 'Part of the message has been carried out; what was not is listed.',
}

/** The reply to a request or event that has been decided. */
export function answerOf(decision: Decision, mixedBatch: MixedBatch, elementOf: ElementOf): Said {
  const errors = decision.outcomes.flatMap((it) => it.errors)
  const accepted = decision.outcomes.filter((it) => it.errors.length === 0)
  const only = onlyOperation(decision.outcomes)
  const rest = {
    ...payloadOf(accepted, elementOf),
    ...(only === undefined ? {} : { operationId: only }),
  }
  const ids = accepted.flatMap(idFor)
  if (errors.length === 0) return { result: 'OK', ids, ...rest }
  // EPRI DERG-1d: a batch that is called FAILED names those that failed and no others.
  if (accepted.length === 0 || mixedBatch === 'failed') return { result: 'FAILED', errors, ...rest }
  return { result: 'PARTIAL', errors: [PART, ...errors], ids, ...rest }
}

/** A reply about a single operation repeats its operationId; one about the whole set has none (EPRI 61968-6 script). */
function onlyOperation(outcomes: readonly Outcome[]): string | undefined {
  const ids = new Set(outcomes.map((it) => it.task.operationId))
  return ids.size === 1 ? [...ids][0] : undefined
}

function idFor(outcome: Outcome): readonly IdObject[] {
  const object = outcome.after?.object ?? outcome.before?.object
  const mRID = member(object, 'mRID')
  return typeof mRID === 'string' ? [idOf(outcome.objectType, mRID)] : []
}

/** Objects with an mRID of our making as a whole (DERG-1e); changed ones with their version but without members (GRP-01). */
function payloadOf(accepted: readonly Outcome[], elementOf: ElementOf): { payload?: JsonObject } {
  const nouns = new Map<string, JsonObject[]>()
  for (const { task, before, after, assigned } of accepted) {
    const isNews = assigned || (before !== undefined && before.object !== after?.object)
    if (after === undefined || task.reported || !isNews) continue
    const objects = nouns.get(task.noun) ?? []
    objects.push(assigned ? after.object : brief(after.object))
    nouns.set(task.noun, objects)
  }
  const roots = [...nouns].map(([noun, objects]): readonly [string, JsonObject] => [
    noun,
    { [elementOf(noun) ?? '']: objects },
  ])
  return roots.length === 0 ? {} : { payload: Object.fromEntries(roots) }
}

/** The object without the lists of other objects that it refers to. */
function brief(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([name, it]) => name === 'Names' || !Array.isArray(it) || !it.every(hasIdentity),
    ),
  )
}
