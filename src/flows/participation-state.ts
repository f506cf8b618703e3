// Where a device in a stage is, as its participation says: the state, whether anything is still to come, and the steps that
// a change of it is.

import { isTrue, member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** The state that a participation says it is in. */
export function participationState(it: JsonObject | undefined): string | undefined {
  const state = member(it, 'state')
  return typeof state === 'string' ? state : undefined
}

/** The participation as it is in a state: reserved or not, and whether anything is still to come of it. */
export function writtenParticipation(
  it: JsonObject,
  state: string,
  now: string,
  was?: JsonObject,
): JsonObject {
  const old = member(it, 'status')
  const value = state === 'CLOSED' || state === 'RELEASED' ? 'Closed' : 'Open'
  const isSame = participationState(was) === state && member(old, 'value') === value
  const { dateTime: _then, ...rest } = (old ?? {}) as JsonObject
  const status = isSame
    ? { status: old as JsonObject }
    : { status: { ...rest, dateTime: now, value } }
  return { ...it, ...status, reserved: RESERVED.includes(state), state }
}

/** The device is the event's. */
const RESERVED = ['RESERVED', 'CALLED', 'MISSING', 'CLOSED']

/** Which step a change of a participation is; the same for whoever asks for it and whoever tells of it. */
export function participationTrigger(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): string {
  if (after === undefined) return 'delete'
  const [was, is] = [participationState(before), participationState(after)]
  if (before === undefined) return TRIGGERS[is ?? 'RESERVED'] ?? 'reserve'
  const outcome = member(after, 'outcome')
  if (outcome !== undefined && !sameJson(outcome, member(before, 'outcome') ?? null))
    return outcome === 'cancelled' ? 'outcomeCancelled' : 'outcome'
  if (isTrue(member(after, 'preemptiveOptOut') ?? false) && was !== 'CLOSED' && was !== 'RELEASED')
    return 'optOut'
  if (was === is || is === undefined) return isNotified(before, after) ? 'notify' : 'change'
  return TRIGGERS[is] ?? 'change'
}

function isNotified(before: JsonObject, after: JsonObject): boolean {
  return (
    member(before, 'notifiedDateTime') === undefined &&
    member(after, 'notifiedDateTime') !== undefined
  )
}

const TRIGGERS: Readonly<Record<string, string>> = {
  RESERVED: 'reserve',
  OPTED_OUT: 'optOut',
  RELEASED: 'eventCancelled',
  CALLED: 'call',
  MISSING: 'overdue',
  CLOSED: 'outcome',
}
