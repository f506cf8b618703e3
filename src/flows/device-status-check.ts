// Whether a device can be reached: asked of its DERMS, and answered by it. What is answered is kept, and connects a DER
// whose tariff asks for communication (SR-09, DC-01, DC-02).

import { DEVICE_CHECK } from '../lifecycles/device-check.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { USUAL_CHOICES } from './choices.ts'
import type { Choices } from './choices.ts'
import { needsCommunication, tariffOf } from './communication.ts'
import { isSameDevice } from './device.ts'
import { ANSWER_ID, DEVICE_QUESTION, DEVICE_REPLY } from './device-question.ts'
import { CHECK_STATUS, checkTrigger, newestClaims, outcomeOf } from './device-check.ts'
import { defineFlow } from './flow.ts'
import { checkMoves, checkedBy } from './enrollment-check.ts'
import type { Around, Breach, Flow, Move, Reference } from './flow.ts'
import { REPORT_VERBS } from './record.ts'
import { registered, registrationsOf } from './registered.ts'
import { SUPPORT, only } from './role.ts'
import type { ByRole } from './role.ts'

/** Whoever may be asked about a device, and so may answer. */
const ASKED = ['derms', 'derms-cs', 'tp-cs', 'lec', 'aggregator'] as const
const ANSWERS = ['answer', 'miss', 'lack', 'fail', 'timeOut', 'comeLate', 'suspect']

const BY: ByRole = {
  ...only(...SUPPORT, 'cpm', 'dso-ops', ...ASKED),
  steps: Object.fromEntries(ANSWERS.map((it) => [it, ASKED])),
  answers: ANSWERS,
}

export default defineFlow({
  id: 'device-status-check',
  noun: 'EndDeviceStatuses',
  objectType: 'EndDeviceStatus',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'RR',
  about: 'ask whether a device can be reached; what its DERMS answers is kept',
  source: 'SR-09, DC-01, DC-02, EPRI 3002014619 §5.4',
  lifecycle: DEVICE_CHECK,
  trigger: checkTrigger,
  status: CHECK_STATUS,
  claims: { always: newestClaims },
  by: BY,
  resource: 'device-status-checks',
  // Asked of what is kept here: the answers that have come about a device.
  criteria: {
    parameters: {
      device: {
        about: 'mRID of the device whose answers are wanted.',
        like: (mRID) => ({ EndDevice: { mRID } }),
      },
    },
    isLike: (wanted, check) =>
      isSameDevice(member(wanted, 'EndDevice') ?? {}, member(check, 'EndDevice') ?? {}),
  },
  asking: DEVICE_QUESTION,
  unseen: unasked,
  steps: { reply: DEVICE_REPLY },
  links: [ANSWER_ID],
  leadsTo,
  moves: movesBy(USUAL_CHOICES),
  choices: (chosen) => ({ moves: movesBy(chosen) }),
})

/** What names a check, and not the device, is an answer to it. */
function unasked(asked: JsonObject): Breach | undefined {
  const mRID = String(member(asked, 'mRID') ?? '')
  if (member(asked, 'EndDevice') !== undefined || mRID === '') return undefined
  return { rule: 'DSC-UNASKED', code: '2.15', reason: `Nobody has asked for the check ${mRID}.` }
}

/** From the device to its registration, from there to the request, and to the tariff of that. */
function leadsTo(check: JsonObject, find: Around['find']): readonly Reference[] {
  const request = requestOf(check, find)
  const known = request === undefined ? undefined : find(request)?.object
  return [
    ...registrationsOf(member(check, 'EndDevice')),
    ...(request === undefined ? [] : [request]),
    ...(known === undefined ? [] : [tariffOf(known)]),
    ...checkedBy(check, find),
  ]
}

function requestOf(check: JsonObject, find: Around['find']): Reference | undefined {
  const registration = registered(member(check, 'EndDevice'), find)?.object
  const object = member(registration, 'ServiceRequest')
  return object === undefined ? undefined : { noun: 'ServiceRequests', object }
}

/** A connection goes on with the answer, and an enrollment does. */
function movesBy({ requireStatusCheck }: Choices): NonNullable<Flow['moves']> {
  return (before, after, find) => [
    ...connections(before, after, find),
    ...checkMoves(before, after, find, requireStatusCheck),
  ]
}

/** A device that has answered in time is connected, where its tariff has waited for that. */
function connections(
  before: JsonObject | undefined,
  after: JsonObject,
  find: Around['find'],
): readonly Move[] {
  const request = isReached(after) && !isReached(before) ? requestOf(after, find) : undefined
  const object = request === undefined ? undefined : find(request)?.object
  if (request === undefined || object === undefined) return []
  if (!needsCommunication(find(tariffOf(object))?.object)) return []
  return [{ ...request, trigger: 'commsOk', optional: true }]
}

/** An answer that came after its time changes no result. */
function isReached(check: JsonObject | undefined): boolean {
  return check !== undefined && outcomeOf(check) === 'reachable'
}
