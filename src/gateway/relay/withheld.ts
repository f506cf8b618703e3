// An event as it is told on: without the objects that it has been refused for, and without those that repeat what has been
// told already.

import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import type { Decision } from '../decide.ts'
import type { Outcome } from '../outcome.ts'
import { entriesOf } from '../tasks.ts'

/** The message with what has been accepted; undefined where nothing of it is to be told. */
export function withoutWithheld(
  message: JsonObject,
  { outcomes }: Pick<Decision, 'outcomes'>,
  contentOf: ContentOf,
): JsonObject | undefined {
  const withheld = outcomes.filter(isWithheld)
  if (withheld.length === 0) return message
  const kept = outcomes.filter((it) => !isWithheld(it))
  if (kept.length === 0) return undefined
  const set = entriesOf(member(message, 'payload')).find(([name]) => name === 'OperationSet')?.[1]
  const payload =
    set === undefined ? objectsOf(kept, contentOf) : { OperationSet: operationsOf(set, withheld) }
  return { ...message, payload }
}

function isWithheld({ errors, isRepeated }: Outcome): boolean {
  return errors.length > 0 || isRepeated === true
}

function objectsOf(kept: readonly Outcome[], contentOf: ContentOf): Json {
  const nouns = [...new Set(kept.map(({ task }) => task.noun))]
  return payloadOf(
    nouns.flatMap((noun) => {
      const content = contentOf(noun)
      const objects = kept.flatMap(({ task }) => (task.noun === noun ? [task.object] : []))
      return content === undefined ? [] : [[noun, rootsOf(objects, content)] as const]
    }),
  )
}

/** An operation of which anything is withheld is not told on. */
function operationsOf(set: Json, withheld: readonly Outcome[]): JsonObject {
  const list = member(set, 'Operation')
  const gone = new Set(withheld.map(({ task }) => task.operationId))
  const Operation = (Array.isArray(list) ? list : []).filter(
    (it: Json) => !gone.has(String(member(it, 'operationId'))),
  )
  return { ...(set as JsonObject), Operation }
}
