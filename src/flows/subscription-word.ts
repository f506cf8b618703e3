// The word of a DERMS about a subscription, brought in line with what it is about: which request it answers, which devices are
// the subscription's own, and what it says no longer (EN-04, EN-06).

import { EXTENSION } from '../schema/shape.ts'
import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { deviceKeySaid } from './device-key.ts'
import { aboutDevice, deviceKeys, isSameDevice } from './device.ts'
import { devicesOf } from './enrollment-content.ts'
import type { Breach } from './flow.ts'
import { keepingNames, listOf, typeOfName } from './reference.ts'
import { acknowledgement, excluded, isExcluded, registrationOf } from './subscription-sync.ts'

/** NameType of the id under which a customer programme side has asked for what is told of a subscription last. */
const SYNC_REQUEST = 'syncRequestId'

/** True where nothing else has changed than what the other side says of it, and of those that have left. */
export function isWord(before: JsonObject, after: JsonObject): boolean {
  const left = leftDevices(before)
  const isHere = (it: JsonObject) => !isExcluded(it) || !isAmong(it, left)
  const own = devicesOf(after).filter((it) => !isStrange(it, before) && isHere(it))
  const was = { ...before, EndDevices: devicesOf(before).filter(isHere) }
  return sameJson(withoutWord(was), withoutWord({ ...after, EndDevices: own }))
}

/** The subscription without what a change has made untrue of it. */
export function settledByWord(before: JsonObject, given: JsonObject): JsonObject {
  const after = withoutOldReasons(before, withLeft(before, given))
  const isTold = acknowledgement(before, after) !== undefined && isWord(before, after)
  if (!isTold) return asAnother(before, after)
  const { Names: _names, ...rest } = after
  const Names = member(before, 'Names')
  return { ...rest, ...(Names === undefined ? {} : { Names }) }
}

/** What a DERMS cannot have said of the subscription as it is. */
export function wordBreaches(after: JsonObject, before: JsonObject | undefined): readonly Breach[] {
  if (before === undefined || !isWord(before, after)) return []
  if (acknowledgement(before, after) === undefined) return []
  const left = leftDevices(before)
  return [
    ...staleBreaches(requestOf(before), requestOf(after)),
    ...devicesOf(after)
      .filter((it) => isStrange(it, before) && !(isAmong(it, left) && isGoing(it)))
      .map((device) => {
        const reason = `It tells of the device ${deviceKeySaid(device)}, which is none of the subscription.`
        return { rule: 'SUB-STRANGE', code: '6.1', reason, about: aboutDevice(device) } as const
      }),
  ]
}

function staleBreaches(asked: string | undefined, told: string | undefined): readonly Breach[] {
  if (asked === undefined || told === undefined || asked === told) return []
  const reason = `It acknowledges the request ${told}; the subscription was told of last by ${asked}.`
  return [{ rule: 'SUB-STALE', code: '6.1', reason }]
}

function requestOf(subscription: JsonObject): string | undefined {
  const name = member(listOf(subscription, 'Names').find(isRequest), 'name')
  return typeof name === 'string' ? name : undefined
}

function isRequest(name: JsonObject): boolean {
  return typeOfName(name) === SYNC_REQUEST
}

/** A step of the façade is no request of the customer programme side, and has no id of one. */
export function withoutRequest(subscription: JsonObject): JsonObject {
  return keepingNames(subscription, (it) => !isRequest(it))
}

/** The id of a request is that of one message: what has changed since is told of by another. */
function asAnother(before: JsonObject, after: JsonObject): JsonObject {
  const isSame = requestOf(before) !== undefined && requestOf(before) === requestOf(after)
  return isSame && !isWord(before, after) ? withoutRequest(after) : after
}

function withoutWord(it: JsonObject): JsonObject {
  const {
    syncState: _state,
    syncReason: _reason,
    syncedDateTime: _at,
    syncRequestedDateTime: _since,
    // What else stood in its message, and nothing here has a place for.
    [EXTENSION]: _kept,
    ...rest
  } = withoutRequest(it)
  return {
    ...rest,
    EndDevices: devicesOf(it).map(({ registrationStatus: _status, ...device }) => device),
  }
}

/** A device that came with a word of its registration, and with nothing else; or that nothing names. */
function isStrange(device: JsonObject, before: JsonObject): boolean {
  const isTold = registrationOf(device) !== undefined || deviceKeys(device).length === 0
  return isTold && !devicesOf(before).some((it) => isSameDevice(it, device))
}

/**
 * A device that has been replaced is gone here: that its head-end system says so, too, changes nothing. One that it could not take
 * out stays as one that takes part no longer, until it is out.
 */
function withLeft(before: JsonObject, after: JsonObject): JsonObject {
  const left = leftDevices(before)
  if (left.length === 0 || !('EndDevices' in after)) return after
  const isLeft = (it: JsonObject) =>
    isAmong(it, left) && isGoing(it) && (isStrange(it, before) || isExcluded(it))
  return {
    ...after,
    EndDevices: devicesOf(after).flatMap((it) => {
      if (!isLeft(it)) return [it]
      return registrationOf(it) === 'Deregistered' ? [] : [excluded(it)]
    }),
  }
}

/** Devices in whose place others have come, and that have not come back since. */
function leftDevices(subscription: JsonObject): readonly Json[] {
  const all = listOf(subscription, 'replacements')
  return all.flatMap((it, at) => {
    const old = member(it, 'oldDevice')
    const isBack = (one: Json) =>
      old !== undefined && isSameDevice(member(one, 'newDevice') ?? {}, old)
    return old === undefined || all.slice(at + 1).some(isBack) ? [] : [old]
  })
}

function isAmong(device: JsonObject, all: readonly Json[]): boolean {
  return all.some((it) => isSameDevice(it, device))
}

/** What a head-end system can say of a device that is to leave it. */
function isGoing(device: JsonObject): boolean {
  return ['Deregistered', 'Failed'].includes(registrationOf(device) ?? '')
}

/** Why something was as it is no longer is no reason any more. */
function withoutOldReasons(before: JsonObject, after: JsonObject): JsonObject {
  const { syncReason, ...rest } = after
  const isOld = syncReason !== undefined && syncReason === member(before, 'syncReason')
  const isOver = member(before, 'syncState') !== member(after, 'syncState')
  const known = devicesOf(before)
  return {
    ...(isOld && isOver ? rest : after),
    ...('EndDevices' in after
      ? { EndDevices: devicesOf(after).map((it) => withOwnReason(it, known)) }
      : {}),
  }
}

function withOwnReason(device: JsonObject, known: readonly JsonObject[]): JsonObject {
  const was = member(
    known.find((it) => isSameDevice(it, device)),
    'registrationStatus',
  )
  const { registrationStatus: is } = device
  if (!isObject(is) || !isObject(was) || was['value'] === is['value']) return device
  const { reason, ...rest } = is
  return reason === undefined || reason !== was['reason']
    ? device
    : { ...device, registrationStatus: rest }
}
