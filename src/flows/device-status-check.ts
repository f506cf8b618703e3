// Whether a device can be reached: asked of its DERMS, and answered by it. What is answered is kept, and connects a DER
// whose tariff asks for communication (SR-09, DC-01, DC-02).

import { isTrue, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { needsCommunication, tariffOf } from './communication.ts'
import { isSameDevice } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Around, Move, Reference } from './flow.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { registered, registrationsOf } from './registered.ts'

export default defineFlow({
  ...RECORDED,
  id: 'device-status-check',
  noun: 'EndDeviceStatuses',
  objectType: 'EndDeviceStatus',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'RR',
  about: 'ask whether a device can be reached; what its DERMS answers is kept',
  source: 'SR-09, DC-01, DC-02, EPRI 3002014619 §5.4',
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
  keepsAnswers: (it) => ({ ...it, late: true }),
  refers,
  moves,
})

/** From the device to its registration, from there to the request, and to the tariff of that. */
function refers(check: JsonObject, find: Around['find']): readonly Reference[] {
  const request = requestOf(check, find)
  const known = request === undefined ? undefined : find(request)?.object
  return [
    ...registrationsOf(member(check, 'EndDevice')),
    ...(request === undefined ? [] : [request]),
    ...(known === undefined ? [] : [tariffOf(known)]),
  ]
}

function requestOf(check: JsonObject, find: Around['find']): Reference | undefined {
  const registration = registered(member(check, 'EndDevice'), find)?.object
  const object = member(registration, 'ServiceRequest')
  return object === undefined ? undefined : { noun: 'ServiceRequests', object }
}

/** A device that has answered in time is connected, where its tariff has waited for that. */
function moves(
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
  const isLate = isTrue(member(check, 'late'))
  return member(check, 'commState') === 'reachable' && !isLate
}
