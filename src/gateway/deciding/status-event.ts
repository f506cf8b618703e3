// The business event of one accepted change of one object.

import { eventVerbOf } from '../../envelope/verbs.ts'
import type { Verb } from '../../envelope/verbs.ts'
import { NONE } from '../../lifecycles/lifecycle.ts'
import { identityOf } from '../identity.ts'
import { together } from './owner.ts'
import type { StatusEvent } from '../ports.ts'
import type { Case } from './settle.ts'
import type { Held } from '../world.ts'

/** @param request the verb that asks for what has happened */
export function eventOf(
  { task, flow, context }: Case,
  before: Held | undefined,
  after: Held,
  request: Verb,
): StatusEvent {
  return {
    noun: task.noun,
    subject: identityOf(after.object).mRID ?? after.id,
    verb: eventVerbOf(request) ?? request,
    flow: flow.id,
    exchangeId: context.exchangeId,
    revision: after.revision,
    at: context.now,
    state: after.state,
    previous: before?.state ?? NONE,
    result: 'OK',
    code: '0.0',
    // Whoever had it hears of the change by which he loses it.
    owner: before === undefined ? after.owner : together([after.owner, before.owner]),
  }
}
