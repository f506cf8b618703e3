// Subscriptions to programmes: told one by one to whoever calls the devices, and acknowledged by it as a whole and device by
// device. Nobody takes part before the enrollment is completed, nor after the end (EN-03 to EN-06).

import { NONE, step } from '../lifecycles/lifecycle.ts'
import { SUBSCRIPTION } from '../lifecycles/subscription.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { creditNext } from './credit-next.ts'
import { underProgram } from './event-enrolled.ts'
import { defineFlow } from './flow.ts'
import type { Flow, Move } from './flow.ts'
import { USUAL_CHOICES } from './choices.ts'
import type { Choices } from './choices.ts'
import { USUAL_QUANTITIES } from './quantities.ts'
import { CREDITED_ON_MOVING_OUT, subscribedUnder } from './moved-out.ts'
import { ledgerReference } from './sync-ledger.ts'
import {
  SUBSCRIPTION_DRIFT,
  TOLD_AGAIN,
  UNACKNOWLEDGED,
  lapsingIn,
} from './subscription-overdue.ts'
import type { Role } from './role.ts'
import {
  SUBSCRIBED_TO,
  deviceClaims,
  enrollmentsOf,
  newReplacements,
  prematureBreaches,
  referredBy,
  subscriptionBreaches,
  subscriptionInvariants,
  unseenSubscription,
  withoutReplaced,
} from './subscription-rules.ts'
import { releaseMoves, releaseRefers, releaseSearches } from './subscription-releases.ts'
import { SOUGHT_SUBSCRIPTION } from './subscription-sought.ts'
import { SUBSCRIPTION_STEPS, closing, withoutEndRequest } from './subscription-steps.ts'
import {
  acknowledgement,
  saidState,
  unregistered,
  valueOf,
  withState,
} from './subscription-sync.ts'
import { isWord, settledByWord, wordBreaches } from './subscription-word.ts'

const NOUN = 'ProgramSubscriptions'

/** What has been earned by then and stands on no bill. */
const CREDITED_AT_LAST = creditNext({
  when: 'a subscription is closed, and something it has earned is not credited',
  trigger: 'unenrollment',
  isAsked: (before, after) =>
    after.state.startsWith('CLOSED') && before?.state.startsWith('CLOSED') !== true,
})

/** Whoever calls the devices. */
const DERMS_SIDE = ['derms', 'lec'] as const satisfies readonly Role[]

export default defineFlow({
  id: 'program-subscription',
  noun: NOUN,
  objectType: 'ProgramSubscription',
  verbs: [
    ...(['create', 'change', 'close', 'delete', 'execute', 'get'] as const),
    ...(['created', 'changed', 'closed', 'deleted', 'executed'] as const),
  ],
  pattern: 'RR',
  about: 'tell who takes part in a programme, one by one, and acknowledge it, device by device',
  source: 'EN-03, EN-04, EN-05, EN-06, K1, K2, K3',
  lifecycle: SUBSCRIPTION,
  by: {
    steps: {
      ...{ acknowledge: DERMS_SIDE, acknowledgePartly: DERMS_SIDE, fail: DERMS_SIDE },
      // Who has come by an aggregator leaves by it, too: its DERMS passes that on.
      close: ['cpm', 'derms'],
    },
    otherwise: ['cpm'],
    told: ['cpm'],
    // Nobody acknowledges what it has told itself (K2).
    answers: ['acknowledge', 'acknowledgePartly', 'fail'],
  },
  trigger,
  // What it is and what the other side knows of that are two lives.
  stepped: (before, after) =>
    step(SUBSCRIPTION, before?.state ?? NONE, trigger(before?.object, after)),
  status: { of: saidState, written: withState, isFull: true },
  rules: subscriptionBreaches,
  settled: (before, after) =>
    settledByWord(before, withoutEndRequest(before, withoutReplaced(before, after))),
  unseen: unseenSubscription,
  making: 'SUB-MAKING',
  sought: SOUGHT_SUBSCRIPTION,
  invariants: invariantsBy(USUAL_CHOICES),
  warnings: warningsBy(USUAL_CHOICES),
  choices: (chosen) => ({
    invariants: invariantsBy(chosen),
    warnings: warningsBy(chosen),
  }),
  turns: lapsingIn(USUAL_QUANTITIES),
  quantities: (values) => ({ turns: lapsingIn(values) }),
  next: [TOLD_AGAIN, CREDITED_AT_LAST, CREDITED_ON_MOVING_OUT],
  alarms: UNACKNOWLEDGED,
  refers: (it) => [ledgerReference(NOUN, it)],
  leadsTo: (it, find, all) => [...referredBy(it, find), ...releaseRefers(all)],
  searches: releaseSearches,
  under: (it, state) => [...new Set([...underProgram(it, state), ...subscribedUnder(it, state)])],
  synchronizedTo: ['derms'],
  drift: SUBSCRIPTION_DRIFT,
  claims: { inState: deviceClaims },
  frozen: { rule: 'SUB-FROZEN', freezes: [{ members: SUBSCRIBED_TO }] },
  parts: { EndDevices: { objectType: 'EndDevice', twice: 'DEV-TWICE' } },
  moves: movesBy(false),
  policies: { moveReservations: { moves: movesBy(true) } },
  asks: { close: closing },
  unfinished: (it, state) => (state.endsWith('_partial') ? unregistered(it) : []),
  steps: SUBSCRIPTION_STEPS,
})

/** K1: what is blocked is refused, whoever asks for it or tells of it. */
function invariantsBy({ prematureActive }: Choices): NonNullable<Flow['invariants']> {
  return (after, around, before) => [
    ...(prematureActive === 'block' ? prematureBreaches(after, around, before?.object) : []),
    ...subscriptionInvariants(after, before),
    ...wordBreaches(after, before?.object),
  ]
}

function warningsBy({ prematureActive }: Choices): NonNullable<Flow['warnings']> {
  return (after, around, before) =>
    prematureActive === 'warn' ? prematureBreaches(after, around, before?.object) : []
}

/** Of what is closed, made active, replaced or acknowledged; what comes active is activated. */
function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was, is] = [before, after].map(valueOf)
  if (before === undefined) return ENTRY[is ?? 'INACTIVE']
  if (was !== is) return is === 'ACTIVE' ? 'activate' : 'close'
  if (newReplacements(before, after).length > 0) return 'replaceDevice'
  const word = acknowledgement(before, after)
  if (!isWord(before, after)) return 'change'
  return word ?? (is === 'CLOSED' ? 'tellAgain' : 'change')
}

const ENTRY = { INACTIVE: 'create', ACTIVE: 'activate', CLOSED: 'close' } as const

/** @param isKept what is reserved for a device that is replaced is moved to the one that comes */
function movesBy(isKept: boolean): NonNullable<Flow['moves']> {
  return (before, after, find, all) => [
    ...unenrolled(before, after),
    ...releaseMoves(before, after, { find, all, isKept }),
  ]
}

/** Who is closed has left what was enrolled for. */
function unenrolled(before: JsonObject | undefined, after: JsonObject): readonly Move[] {
  if (valueOf(after) !== 'CLOSED' || valueOf(before) === 'CLOSED') return []
  return enrollmentsOf(after).map((it) => ({ ...it, trigger: 'unenrolled', optional: true }))
}
