// What a subscription says of itself and of how far its DERMS has taken that: the state of SM-SUB written into status and
// syncState, and the word of the DERMS read out of the same members, message by message and device by device (EN-04).

import { isObject, member, sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { deviceKeySaid } from './device-key.ts'
import { aboutDevice } from './device.ts'
import { statusOf } from './document-status.ts'
import type { Breach } from './flow.ts'
import { listOf } from './reference.ts'

type Value = 'INACTIVE' | 'ACTIVE' | 'CLOSED'
const SYNC_STATES = ['pending', 'synced', 'partial', 'failed'] as const
type Sync = (typeof SYNC_STATES)[number] | 'overdue'

/** True where it is closed: not active, and with no device that takes part; one that is yet to begin has devices that will. */
export function isClosed(subscription: JsonObject | undefined): boolean {
  const hasDevices = member(subscription, 'EndDevices') !== undefined
  const isLeft = hasDevices && listOf(subscription, 'EndDevices').every(isExcluded)
  return statusOf(subscription) === 'INACTIVE' && isLeft
}

/** True for a device that takes part no longer. */
export function isExcluded(device: Json | undefined): boolean {
  return member(member(device, 'status'), 'value') === 'excluded'
}

/** The device as one that takes part no longer. */
export function excluded(device: JsonObject): JsonObject {
  const status = member(device, 'status')
  return { ...device, status: { ...(isObject(status) ? status : {}), value: 'excluded' } }
}

/** What the head-end system has made of a device: Registered, Deregistered, Failed; undefined where nobody has said. */
export function registrationOf(device: Json | undefined): string | undefined {
  const value = member(member(device, 'registrationStatus'), 'value')
  return typeof value === 'string' ? value : undefined
}

/** Whether it is active, or closed, whatever the other side knows; undefined where it does not say. */
export function valueOf(subscription: JsonObject | undefined): Value | undefined {
  const value = statusOf(subscription)
  if (value === 'ACTIVE') return value
  if (value !== 'INACTIVE') return undefined
  return isClosed(subscription) ? 'CLOSED' : value
}

/** The state that a subscription says it is in; what it does not say of its synchronization is pending. */
export function saidState(subscription: JsonObject): string | undefined {
  const value = valueOf(subscription)
  return value === undefined ? undefined : `${value}_${syncOf(subscription)}`
}

function syncOf(subscription: JsonObject): Sync {
  const said = member(subscription, 'syncState')
  const isOverdue = said === 'pending' && member(subscription, 'syncReason') === OVERDUE
  return isOverdue ? 'overdue' : (SYNC_STATES.find((it) => it === said) ?? 'pending')
}

/** With its state, and with the times at which it was told and acknowledged. */
export function withState(
  subscription: JsonObject,
  state: string,
  now: string,
  was?: JsonObject,
): JsonObject {
  const [value, sync] = state.split('_') as [Value, Sync | undefined]
  const isTold = was === undefined && 'syncRequestedDateTime' in subscription
  if (sync === undefined || (isTold && saidState(subscription) === state)) return subscription
  const { syncState: _state, syncedDateTime, syncReason, ...rest } = subscription
  const syncState = sync === 'overdue' ? 'pending' : sync
  const isOpen = sync === 'pending' || sync === 'overdue'
  const told = isOpen ? { syncRequestedDateTime: now } : {}
  const synced = isOpen ? {} : { syncedDateTime: saidNow(syncedDateTime, was, now) }
  const reason = sync === 'overdue' ? OVERDUE : sync === 'pending' ? undefined : syncReason
  return {
    ...rest,
    ...told,
    ...synced,
    ...(reason === undefined ? {} : { syncReason: reason }),
    syncState,
    ...(value === 'CLOSED' ? { EndDevices: listOf(subscription, 'EndDevices').map(excluded) } : {}),
    status: statusWith(subscription, value === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE', now, was),
  }
}

const OVERDUE = 'The DERMS has not acknowledged it in its time (4.1); it has been told again.'

/** A time that is told with the acknowledgement, else now. */
function saidNow(told: Json | undefined, was: JsonObject | undefined, now: string): Json {
  return told === undefined || told === member(was, 'syncedDateTime') ? now : told
}

function statusWith(
  subscription: JsonObject,
  value: string,
  now: string,
  was: JsonObject | undefined,
): JsonObject {
  const status = member(subscription, 'status')
  const own = isObject(status) ? status : {}
  const isNew = was !== undefined && statusOf(was) !== value
  const isOld = member(own, 'dateTime') === member(member(was, 'status'), 'dateTime')
  const dateTime = (isNew && isOld) || own['dateTime'] === undefined ? now : own['dateTime']
  return { ...own, dateTime, value }
}

/** The step that the word of a DERMS is; undefined where it has said nothing that was not known. */
export function acknowledgement(before: JsonObject, after: JsonObject): string | undefined {
  const isSame =
    member(before, 'syncState') === member(after, 'syncState') &&
    sameJson(registrationsIn(before), registrationsIn(after))
  if (isSame) return undefined
  const said = member(after, 'syncState')
  if (said === 'failed' && said !== member(before, 'syncState')) return 'fail'
  return byDevices(after) ?? (said === 'pending' ? undefined : 'acknowledge')
}

function registrationsIn(subscription: JsonObject): Json {
  return listOf(subscription, 'EndDevices').map((it) => registrationOf(it) ?? null)
}

/** By what has become of each of them; undefined where that has been said of none. */
function byDevices(subscription: JsonObject): string | undefined {
  const all = listOf(subscription, 'EndDevices')
  if (all.every((it) => registrationOf(it) === undefined)) return undefined
  const done = all.filter(isAsWanted)
  if (done.length === all.length) return 'acknowledge'
  return done.length === 0 ? 'fail' : 'acknowledgePartly'
}

/** A device that takes part is to be registered, one that does not is to be no longer. */
function isAsWanted(device: JsonObject): boolean {
  return registrationOf(device) === (isExcluded(device) ? 'Deregistered' : 'Registered')
}

/** The devices that are not as they are to be, each with what its head-end system has said. */
export function unregistered(subscription: JsonObject): readonly Breach[] {
  return listOf(subscription, 'EndDevices')
    .map((device, at) => ({ device, at }))
    .filter(({ device }) => !isAsWanted(device))
    .map(({ device, at }) => {
      const why = member(member(device, 'registrationStatus'), 'reason')
      const because = typeof why === 'string' ? `: ${why}` : ''
      const said = registrationOf(device) ?? 'not acknowledged'
      const reason = `EndDevices[${at}] (${deviceKeySaid(device)}) is ${said}${because}.`
      return { rule: 'SUB-DEVICE', code: '5.3', reason, about: aboutDevice(device) }
    })
}
