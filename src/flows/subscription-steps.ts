// The steps of a subscription that have a name of their own in the façade: made active, acknowledged, closed, and a device put
// in the place of another.

import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { isSameDevice } from './device.ts'
import { asking, statusOf } from './document-status.ts'
import { devicesOf } from './enrollment-content.ts'
import { taking } from './facade-step.ts'
import type { FacadeStep } from './facade-step.ts'
import { named } from './notice.ts'
import { keepingNames, listOf, typeOfName } from './reference.ts'
import { excluded, isExcluded } from './subscription-sync.ts'
import { withoutRequest } from './subscription-word.ts'

/** With the body that each takes. */
export const SUBSCRIPTION_STEPS = {
  activate: taking('activate', (it) => asking('ACTIVE')(withoutRequest(it))),
  ack: {
    verb: 'changed',
    takes: {},
    mayTake: {
      syncState: { about: 'synced or failed; synced where it is absent', at: 'syncState' },
      syncReason: { about: 'why it failed', at: 'syncReason' },
      EndDevices: {
        about: 'devices by mRID or Names, each with its registrationStatus',
        at: 'EndDevices',
      },
    },
    change: (it, body) => ({ ...named(it), syncState: 'synced', ...body }),
  },
  close: {
    verb: 'close',
    takes: {
      endDateTime: { about: 'until when the customer has taken part', at: 'validityInterval.end' },
    },
    mayTake: {
      removalMethod: { about: 'keep, ship or utilityRemoval', at: 'removalMethod' },
      reason: { about: 'why it ends', at: 'status.reason' },
    },
    change: closed,
  },
  'devices:replace': {
    takes: {
      oldDevice: {
        about: 'mRID or Names of the device that goes',
        at: 'replacements.oldDevice',
        also: 'old',
      },
      newDevice: {
        about: 'the device that comes, as in EndDevices',
        at: 'replacements.newDevice',
        also: 'new',
      },
      replacedDateTime: { about: 'when it was replaced', at: 'replacements.replacedDateTime' },
    },
    mayTake: { reason: { about: 'why it was replaced', at: 'replacements.reason' } },
    change: replaced,
  },
} as const satisfies Readonly<Record<string, FacadeStep>>

/** Everything that ends with it says so: the interval, the status, each device. */
export function closed(subscription: JsonObject, body: JsonObject): JsonObject {
  const { endDateTime = null, removalMethod, reason } = body
  const { reason: _reason, dateTime: _then, ...status } = objectIn(subscription, 'status')
  return {
    ...withoutRequest(subscription),
    EndDevices: devicesOf(subscription).map(excluded),
    ...(removalMethod === undefined ? {} : { removalMethod }),
    status: { ...status, ...(reason === undefined ? {} : { reason }), value: 'INACTIVE' },
    validityInterval: { ...objectIn(subscription, 'validityInterval'), end: endDateTime },
  }
}

/** NameType of the id under which somebody asks for an enrollment, or for its end */
const APPLICATION = 'transactionId'

/** True for the id of a message that asks for an end. */
export function isOfEnd(name: JsonObject): boolean {
  return typeOfName(name) === APPLICATION
}

/** The id of a message that asks for the end is none of the subscription: it goes on with the message alone. */
export function withoutEndRequest(before: JsonObject, after: JsonObject): JsonObject {
  const own = listOf(before, 'Names')
  return keepingNames(after, (it) => !isOfEnd(it) || own.some((one) => sameJson(one, it)))
}

/**
 * What a close without content asks for. What it does not say is for the rules to find; of what has never been active nobody
 * calls a device.
 */
export function closing(subscription: JsonObject): JsonObject {
  const isUnused = statusOf(subscription) === 'INACTIVE'
  return {
    ...asking('INACTIVE')(subscription),
    ...(isUnused ? { EndDevices: devicesOf(subscription).map(excluded) } : {}),
  }
}

/** The old one goes as the new one comes: both are one change, which says so of each of them to whoever lists devices alone. */
function replaced(subscription: JsonObject, body: JsonObject): JsonObject {
  const { oldDevice = {}, newDevice = {} } = body
  return {
    ...withoutRequest(subscription),
    EndDevices: devicesOf(subscription).flatMap((it) => {
      if (!isSameDevice(it, oldDevice)) return [it]
      return isExcluded(it) ? [] : [excluded(it), newDevice]
    }),
    replacements: [...listOf(subscription, 'replacements'), body],
  }
}

function objectIn(it: JsonObject, name: string): JsonObject {
  const value = member(it, name)
  return isObject(value) ? value : {}
}
