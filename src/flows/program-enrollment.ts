// Applications to take part in a programme, in collections: one result for each. An enrollment is never active; a subscription
// follows when it is completed (EN-01, EN-02).

import { ENROLLMENT } from '../lifecycles/enrollment.ts'
import { step } from '../lifecycles/lifecycle.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { STATUS, asking, statusOf } from './document-status.ts'
import { ENROLLMENT_NEXT } from './enrollment-next.ts'
import {
  applicationReferences,
  APPLIED_FOR,
  applicationBreaches,
  applicationClaims,
  isInstalledByUtility,
  keyMissing,
  referredBy,
} from './enrollment-content.ts'
import { taking } from './facade-step.ts'
import { defineFlow } from './flow.ts'
import type { Around } from './flow.ts'
import { unchecked } from './enrollment-check.ts'
import { USUAL_CHOICES } from './choices.ts'
import type { Choices } from './choices.ts'
import { USUAL_QUANTITIES } from './quantities.ts'
import type { Quantities } from './quantities.ts'
import type { Standing } from './standing-alarm.ts'
import { lapsing } from './lapsing.ts'
import type { Turns } from './turns.ts'
import type { Role } from './role.ts'

/** Whoever may bring an application: the customer programme system itself, and all who come before it. */
const ENTRY = [
  'lec',
  'aggregator',
  'derms',
  'cpm',
  'dso-cs',
  'cis',
] as const satisfies readonly Role[]

/** The triggers that a status asks for, whatever it was before. */
const TRIGGERS: Readonly<Record<string, string>> = {
  ...{ validating: 'validate', REJECTED: 'ineligible', installing: 'workRequested' },
  ...{ COMPLETED: 'ok', CANCELLED: 'cancel', UNENROLLING: 'close', UNENROLLED: 'unenrolled' },
}

/** The same by what it was: a device is checked that is installed, or brought, or was checked before in vain. */
const TO_CHECK: Readonly<Record<string, string>> = {
  ...{ validating: 'bringYourOwn', installing: 'installed', ERROR: 'retry' },
}
const TO_ERROR: Readonly<Record<string, string>> = {
  ...{ installing: 'installFailed', deviceCheck: 'failed' },
}

const GUARDS = {
  'ENR-WORK': (it: JsonObject) =>
    isInstalledByUtility(it) ? undefined : 'The utility does not install these devices.',
  'ENR-INSTALL': (it: JsonObject) =>
    isInstalledByUtility(it) ? 'The utility installs these devices first.' : keyMissing(it),
  'ENR-KEY': keyMissing,
  'ENR-ORDER': () =>
    'It goes by validating, by installing where the utility installs, and by deviceCheck.',
} as const

/** K2: somebody wants to leave, and is called all the same until the subscription is closed. */
const NOT_CLOSED: Standing = {
  said: (enrollment) => ({
    reason: `The customer of enrollment ${String(member(enrollment, 'transactionId'))} is to leave, and the subscription has not been closed in its time (4.1).`,
    mend: 'Have the subscription closed: POST program-subscriptions/{mRID}:close with endDateTime.',
  }),
}

export default defineFlow({
  id: 'program-enrollment',
  noun: 'ProgramEnrollments',
  objectType: 'ProgramEnrollment',
  verbs: [
    ...(['create', 'change', 'cancel', 'close', 'delete', 'execute', 'get'] as const),
    ...(['created', 'changed', 'canceled', 'closed', 'deleted', 'executed'] as const),
  ],
  pattern: 'RR',
  about: 'apply for a programme, many at once; one result for each, and never active',
  source: 'EN-01, EN-02, K1, K3',
  lifecycle: ENROLLMENT,
  by: {
    steps: { receive: ENTRY, cancel: ENTRY, close: ENTRY, delete: ENTRY },
    // Whoever brings applications does not decide about them: what is completed is the guard of every subscription (K1).
    otherwise: ['cpm'],
    told: ['cpm'],
  },
  trigger,
  status: { of: stateOf, written },
  rules: applicationBreaches,
  refers: referredBy,
  claims: {
    inState: (it, state) =>
      applicationClaims(it, { isOpen: isOpen(state), isLast: !GIVEN_UP.includes(state) }),
  },
  frozen: { rule: 'ENR-FROZEN', freezes: [{ members: APPLIED_FOR }] },
  batch: { by: 'transactionId' },
  under: (it, _state) => [String(member(it, 'transactionId'))],
  repeatRule: 'ENR-DUP',
  found: { by: 'transactionId', as: applicationReferences },
  parts: { EndDevices: { objectType: 'EndDevice', twice: 'DEV-TWICE' } },
  guards: { ...GUARDS, 'ENR-CHECK': guardedBy(USUAL_CHOICES) },
  turns: lapsingIn(USUAL_QUANTITIES),
  quantities: (values) => ({ turns: lapsingIn(values) }),
  choices: (chosen) => ({ guards: { ...GUARDS, 'ENR-CHECK': guardedBy(chosen) } }),
  alarms: { UNENROLL_OVERDUE: NOT_CLOSED },
  next: ENROLLMENT_NEXT,
  asks: { cancel: asking('CANCELLED'), close: asking('UNENROLLING') },
  steps: {
    validate: taking('validate', asking('validating')),
    reject: taking('ineligible', asking('REJECTED')),
    'check-devices': taking('bringYourOwn', asking('deviceCheck')),
    retry: taking('retry', asking('deviceCheck')),
    complete: taking('ok', asking('COMPLETED')),
  },
})

function guardedBy({ requireStatusCheck }: Choices) {
  return (enrollment: JsonObject, around: Around) =>
    unchecked(enrollment, around, requireStatusCheck)
}

/** By when what follows has to be closed; the status says since when that is awaited. */
function lapsingIn({ closedWithin }: Pick<Quantities, 'closedWithin'>): Turns {
  return lapsing(({ state, object }) => {
    const since = Date.parse(String(member(member(object, 'status'), 'dateTime')))
    return state === 'UNENROLLING' ? since + closedWithin : undefined
  })
}

const GIVEN_UP: readonly string[] = ['REJECTED', 'CANCELLED', 'deleted']

function isOpen(state: string): boolean {
  return ENROLLMENT.steps.some((it) => it.from === state && it.trigger === 'cancel')
}

/** The step by its name, where there is one; else what only somebody tells of who has taken several. */
function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  const own = stepTo(before, after)
  const [was, is] = [stateOf(before), stateOf(after)]
  if (was === undefined || is === undefined || 'to' in step(ENROLLMENT, was, own)) return own
  return 'to' in step(ENROLLMENT, was, `tell_${is}`) ? `tell_${is}` : own
}

function stepTo(before: JsonObject | undefined, after: JsonObject | undefined): string {
  if (after === undefined) return 'delete'
  const [was, is] = [before, after].map(statusOf)
  if (before === undefined) return is === undefined || is === 'PENDING' ? 'receive' : is
  if (was === is || is === undefined || was === undefined) return 'change'
  if (is === 'deviceCheck') return TO_CHECK[was] ?? is
  if (is === 'ERROR') return TO_ERROR[was] ?? is
  return TRIGGERS[is] ?? is
}

const OVERDUE = 'The subscription has not been closed in its time (4.1).'

function stateOf(enrollment: JsonObject | undefined): string | undefined {
  const isOverdue = member(member(enrollment, 'status'), 'reason') === OVERDUE
  return isOverdue ? 'UNENROLL_OVERDUE' : statusOf(enrollment)
}

function written(object: JsonObject, state: string, now: string, was?: JsonObject): JsonObject {
  const isOverdue = state === 'UNENROLL_OVERDUE'
  const it = STATUS.written(object, isOverdue ? 'UNENROLLING' : state, now, was)
  const { reason, ...status } = member(it, 'status') as JsonObject
  if (isOverdue) return { ...it, status: { ...status, reason: OVERDUE } }
  return reason === OVERDUE ? { ...it, status } : it
}
