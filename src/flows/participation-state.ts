// Where a device in a stage is, as its participation says: the state, whether anything is still to come, and the step that a
// change of it is.

import { isObject, isTrue, member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'

/** The state that a participation says it is in. */
export function participationState(it: JsonObject | undefined): string | undefined {
  const state = member(it, 'state')
  return typeof state === 'string' ? state : undefined
}

/** Something is still to come. */
export const TO_COME: readonly string[] = ['RESERVED', 'CALLED', 'MISSING']

/** Reply code of what a user has cancelled: the reason of an opt-out. */
const BY_USER = '6.5'

/** The participation as it is in a state: reserved or not, and whether anything is still to come of it. */
export function writtenParticipation(
  it: JsonObject,
  state: string,
  now: string,
  was?: JsonObject,
): JsonObject {
  const [old, value] = [member(it, 'status'), TO_COME.includes(state) ? 'Open' : 'Closed']
  const isSame = participationState(was) === state && member(old, 'value') === value
  const { dateTime: _then, reason: _why, ...rest } = isObject(old) ? old : {}
  const reason = state === 'OPTED_OUT' ? { reason: BY_USER } : {}
  const reserved = TO_COME.includes(state) || state === 'CLOSED'
  const status = isSame && isObject(old) ? old : { ...rest, ...reason, dateTime: now, value }
  return { ...it, reserved, state, status }
}

/** Which step a change of a participation is; the same for whoever asks for it and whoever tells of it. */
export function participationTrigger(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): string {
  if (after === undefined) return 'delete'
  const [was, is] = [participationState(before), participationState(after)]
  if (before === undefined) return TRIGGERS[is ?? 'RESERVED'] ?? 'reserve'
  const outcome = member(after, 'outcome')
  if (outcome !== undefined && !sameJson(outcome, member(before, 'outcome')))
    return outcome === 'cancelled' ? 'outcomeCancelled' : 'outcome'
  const [did, does] = [before, after].map((it) => isTrue(member(it, 'preemptiveOptOut') ?? false))
  if (does && (!did || was === 'OPTED_OUT') && (was === is || is === 'OPTED_OUT')) return 'optOut'
  if (was === is || is === undefined) return isNotified(before, after) ? 'notify' : 'change'
  return TRIGGERS[is] ?? 'change'
}

function isNotified(before: JsonObject, after: JsonObject): boolean {
  const [was, is] = [before, after].map((it) => member(it, 'notifiedDateTime'))
  return was === undefined && is !== undefined
}

const TRIGGERS: Readonly<Record<string, string>> = {
  RESERVED: 'reserve',
  OPTED_OUT: 'optOut',
  RELEASED: 'eventCancelled',
  CALLED: 'call',
  MISSING: 'overdue',
  CLOSED: 'outcome',
}
