// What a check of a device says: its state in the table, what has come of it, and what that means for whoever has waited for
// it, such as an enrollment. `cannot` is not `failed`: what nobody is able to ask says nothing of the device (K4).

import { isTrue, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Choices } from './choices.ts'
import { deviceKeys } from './device.ts'
import { STATUS, statusOf } from './document-status.ts'
import type { Claim, Reference } from './flow.ts'

/** What a check has come to so far; a late answer changes none of it. */
export type CheckOutcome =
  'open' | 'reachable' | 'unreachable' | 'unknown' | 'unsupported' | 'failed' | 'timedOut'

/** When an enrollment asks for a check: of every device, of those whose DERMS is able to, of none. */
export type StatusCheckPolicy = Choices['requireStatusCheck']

const NOUN = 'EndDeviceStatuses'

/** What has come of a check. */
export function outcomeOf(check: JsonObject): CheckOutcome {
  const value = valueOf(check)
  if (isTrue(member(check, 'late')) || value === 'timedOut') return 'timedOut'
  if (value === 'unsupported' || value === 'failed') return value
  if (value === 'accepted' || value === 'sent') return 'open'
  const state = member(check, 'commState')
  if (state === 'reachable' || state === 'unreachable') return state
  return value === 'answered' || state === 'unknown' ? 'unknown' : 'open'
}

/**
 * What a check means for whoever has waited for it: they go on, wait, or stop. Where it is enough to ask whoever is able to be
 * asked, they go on also where that is nobody.
 */
export function afterCheck(
  outcome: CheckOutcome | undefined,
  policy: StatusCheckPolicy,
): 'go' | 'wait' | 'stop' {
  if (policy === 'never' || outcome === 'reachable') return 'go'
  if (outcome === undefined || outcome === 'open') return 'wait'
  const isNothingKnown = outcome === 'unsupported' || outcome === 'unknown'
  return isNothingKnown && policy === 'ifSupported' ? 'go' : 'stop'
}

/** The newest check of a device, by whatever it is known by; to be found where there is one. */
export function newestCheckOf(device: Json | undefined): readonly Reference[] {
  return deviceKeys(device).map((it) => ({
    noun: NOUN,
    object: undefined,
    claim: { rule: 'DSC-ONCE', key: newest(it) },
  }))
}

/** A check is found as the newest of its device, for as long as no other has got further after it. */
export function newestClaims(check: JsonObject): readonly Claim[] {
  return deviceKeys(member(check, 'EndDevice')).map((it) => ({
    rule: 'DSC-ONCE',
    key: newest(it),
    reason: 'There is a newer check of the device.',
    takes: (other) => !(sinceOf(other) > sinceOf(check)),
    yields: true,
  }))
}

function newest(device: string): string {
  return `newest ${device}`
}

/** NaN where it does not say: then it is as new as it came. */
function sinceOf(check: JsonObject): number {
  const times = [member(member(check, 'status'), 'dateTime'), member(check, 'responseDateTime')]
  return Date.parse(String(times.find((it) => typeof it === 'string')))
}

/** The state of the table that a check is in by what it says. */
export function checkState(check: JsonObject): string {
  if (isTrue(member(check, 'late'))) return 'late'
  const value = valueOf(check)
  if (value !== '' && value !== 'answered') return value
  const outcome = outcomeOf(check)
  if (outcome === 'unreachable') return outcome
  return outcome === 'open' ? 'accepted' : 'answered'
}

function valueOf(check: JsonObject): string {
  return statusOf(check) ?? ''
}

/** What a check says in a state of the table that is no value of its status. */
const SAID: Readonly<Record<string, JsonObject & { readonly value: string }>> = {
  unreachable: { value: 'answered', commState: 'unreachable' },
  late: { value: 'timedOut', late: true },
}

/** Where a check carries its state; a late answer leaves what has been decided without it as it was. */
export const CHECK_STATUS = {
  of: checkState,
  written: (check: JsonObject, state: string, now: string, was?: JsonObject): JsonObject => {
    const { value = state, ...more } = SAID[state] ?? {}
    const own = state === 'late' ? statusOf(check) : undefined
    return STATUS.written({ ...check, ...more }, own ?? value, now, was)
  },
} as const

const TRIGGERS: Readonly<Record<string, string>> = {
  accepted: 'ask',
  sent: 'send',
  answered: 'answer',
  unreachable: 'miss',
  unsupported: 'lack',
  failed: 'fail',
  timedOut: 'timeOut',
  late: 'comeLate',
}

/** The step that a change of a check is. */
export function checkTrigger(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
): string {
  if (after === undefined) return 'delete'
  const to = checkState(after)
  if (before === undefined) return TRIGGERS[to] ?? to
  const from = checkState(before)
  if (from === to) return isOtherAnswer(before, after) ? (TRIGGERS[to] ?? to) : 'change'
  return from === 'failed' && to === 'unsupported' ? 'suspect' : (TRIGGERS[to] ?? to)
}

/** What is answered is not changed by another answer that leads to the same state. */
function isOtherAnswer(before: JsonObject, after: JsonObject): boolean {
  const isOver = outcomeOf(before) !== 'open'
  return isOver && !sameJson(answerOf(before), answerOf(after))
}

/** What a check says that only whoever was asked can know. */
function answerOf(check: JsonObject): Json {
  const status = member(check, 'status')
  const own = ['commState', 'lastCommunication', 'responseDateTime'].map((it) => member(check, it))
  const said = ['value', 'reason', 'remark'].map((it) => member(status, it))
  return [...own, ...said].map((it) => it ?? null)
}
