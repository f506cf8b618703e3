// The part of one device in a stage of a programme event: reserved, called and closed with its outcome; or left before that,
// by a customer who does not want to, or because stage, device or subscription have gone.

import { PARTICIPATION } from '../lifecycles/participation.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { statusOf } from './document-status.ts'
import { PARTICIPATION_ORDER } from './event-order.ts'
import { losses } from './event-moves.ts'
import { defineFlow } from './flow.ts'
import type { Around, Move } from './flow.ts'
import { boundsOf } from './interval.ts'
import { PARTICIPATION_NEXT } from './participation-next.ts'
import {
  filledParticipation,
  participationClaims,
  participationKeys,
  participationRefers,
  participationUnder,
  stageOf,
} from './participation-refs.ts'
import {
  optsOut,
  outcomeBreaches,
  participationBreaches,
  unseenParticipation,
} from './participation-rules.ts'
import {
  participationState,
  participationTrigger,
  writtenParticipation,
} from './participation-state.ts'
import { REPORT_VERBS } from './record.ts'
import type { ByRole } from './role.ts'

/** The DERMS reserves and tells outcomes; whoever keeps the programmes says that a customer was told, or has opted out. */
const BY: ByRole = {
  steps: {
    notify: ['cpm', 'derms'],
    optOut: ['cpm', 'derms', 'dso-cs', 'customer'],
    change: ['derms', 'cpm', 'lec'],
    outcome: ['derms', 'lec'],
    outcomeCancelled: ['derms', 'lec'],
  },
  otherwise: ['derms'],
  told: ['derms'],
}

export default defineFlow({
  id: 'event-participation',
  noun: 'EventParticipations',
  objectType: 'EventParticipation',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'RR',
  about: 'reserve devices for a stage of an event, opt out of it, and tell what became of each',
  source: 'RS-01, EV-04, OO-01, OO-02, G-AC27, G-AC29, G-AC31',
  lifecycle: PARTICIPATION,
  by: BY,
  trigger: reservedInTime,
  status: { of: participationState, written: writtenParticipation },
  filled: filledParticipation,
  knownBy: {
    rule: 'DEV-DUP',
    reason: 'The device is in the stage already.',
    keys: participationKeys,
  },
  under: participationUnder,
  claims: { inState: participationClaims },
  belongs: PARTICIPATION_ORDER,
  leadsTo: participationRefers,
  rules: participationBreaches,
  tells: outcomeBreaches,
  unseen: unseenParticipation,
  making: 'OPT-MAKING',
  madeOf: ['EndDevice', 'stage'],
  frozen: {
    rule: 'RSV-FROZEN',
    freezes: [
      { members: ['EndDevice', 'stage'] },
      { members: ['preemptiveOptOut'], in: ['OPTED_OUT'] },
      { members: ['outcome', 'outcomeInterval', 'errorMessage'], in: ['CLOSED'] },
    ],
  },
  moves,
  next: PARTICIPATION_NEXT,
  deadline,
  steps: {
    'opt-out': {
      trigger: 'optOut',
      takes: {},
      mayTake: {
        requestedBy: { about: 'who asks for it', at: 'requestedBy' },
        reason: { about: 'why, in words', at: 'status.remark' },
      },
      change: optingOut,
    },
  },
})

/** What comes to be known as reserved behind the word that its stage is cancelled is reserved no more. */
function reservedInTime(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  around?: Around,
): string {
  const trigger = participationTrigger(before, after)
  if (trigger !== 'reserve' || after === undefined || around === undefined) return trigger
  return statusOf(stageOf(after, around.find)?.stage) === 'CANCELED' ? 'reserveLate' : trigger
}

/** Why is a remark: the reason of the status is a code, that of what a user has cancelled. */
function optingOut(it: JsonObject, { requestedBy, reason }: JsonObject): JsonObject {
  const status = member(it, 'status')
  return {
    ...it,
    preemptiveOptOut: true,
    ...(requestedBy === undefined ? {} : { requestedBy }),
    ...(reason === undefined
      ? {}
      : { status: { ...(isObject(status) ? status : {}), remark: reason } }),
  }
}

/** An opt-out is worth nothing once the stage has begun; nor is a reservation. */
function deadline(
  after: JsonObject,
  before: JsonObject | undefined,
  find: Around['find'],
): number | undefined {
  const isAhead =
    before === undefined || (optsOut(after) && participationState(before) === 'RESERVED')
  const stage = isAhead ? stageOf(after, find)?.stage : undefined
  return stage === undefined ? undefined : boundsOf(member(stage, 'interval'))[0]
}

/** OO-01/AC3: what leaves a stage before it starts is lost to it. */
function moves(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
): readonly Move[] {
  const isLeaving =
    before !== undefined &&
    participationState(before) === 'RESERVED' &&
    optsOut(after) &&
    member(after, 'outcome') === undefined
  return isLeaving ? losses([before], find) : []
}
