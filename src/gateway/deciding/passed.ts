// What an event has passed over: rules and guards that a request would have been refused by. What it tells has happened at
// its owner, so it is taken as news; on the record of the message it stands as a warning.

import type { ReplyError } from '../../envelope/reply.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { mended } from '../mended.ts'
import { idOfObject } from '../outcome.ts'
import type { Refusal } from '../outcome.ts'
import { aroundOf, steppedTo } from './placed.ts'
import { refusalOf } from './settle.ts'
import type { Case } from './settle.ts'
import type { Held } from '../world.ts'

/** Of one object of an event; empty for a request, which would have been refused. */
export function passedOver(
  it: Case,
  before: Held | undefined,
  object: JsonObject,
): readonly ReplyError[] {
  const { flow, task, context } = it
  if (!task.reported || context.isCarriedOut === true) return []
  const around = aroundOf(it)
  const broken = (flow.rules?.(object, around, before) ?? []).map(refusalOf)
  const stepped = steppedTo(it, before, object)
  const guard = 'guard' in stepped ? stepped.guard : undefined
  const reason = guard === undefined ? undefined : flow.guards?.[guard]?.(object, around)
  const own = idOfObject(object, flow.objectType)
  const step: readonly Refusal[] =
    guard === undefined || reason === undefined ? [] : [{ code: '6.1', rule: guard, reason }]
  return [...broken, ...step].map(({ mend, ...one }) => {
    const named = own === undefined ? {} : { id: own }
    return mended({ ...named, ...one, level: 'WARNING' }, mend)
  })
}
