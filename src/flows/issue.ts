// An issue that a DERMS has detected at a device, and the service order that it leads to: one for a device and a kind of
// issue within a window, and none behind the network of a third party (SO-03, EPRI 3002014619 §5.5).

import { sameId } from '../envelope/mrid.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Claim, Reference } from './flow.ts'
import { linked, linksIn } from './links.ts'
import { listOf } from './reference.ts'
import { registered, registeredKeys, registrationsOf } from './registered.ts'
import { worksOf } from './work.ts'

/** milliseconds within which an issue of a kind at a device is the same issue: a day */
const WINDOW_MS = 86_400_000

/** orders whose windows may begin in the same stretch of time */
const MOST_IN_STRETCH = 4

/** The devices at which an event happened. */
export function devicesOf(event: JsonObject): readonly Json[] {
  const assets = member(event, 'Assets')
  return assets === undefined ? [] : [assets]
}

/** The kind of issue, as the type of the event. */
function kindOf(event: JsonObject): string {
  return String(member(member(event, 'EndDeviceEventType'), '@ref'))
}

/** The events that an order says it comes from: by links of it or of its works. */
function eventsOf(order: JsonObject): readonly Reference[] {
  const own = [order, ...worksOf(order)].flatMap((it) => linksIn(it, 'EndDeviceEvent'))
  return [...new Set(own)].map((it) => ({ noun: 'EndDeviceEvents', object: linked(it) }))
}

function issuesOf(order: JsonObject, find: Around['find']): readonly JsonObject[] {
  const found = eventsOf(order).map((it) => find(it)?.object)
  return found.filter((it) => it !== undefined)
}

/** The events, the registrations of their devices. */
export function issueRefers(order: JsonObject, find: Around['find']): readonly Reference[] {
  const devices = issuesOf(order, find).flatMap(devicesOf)
  return [...eventsOf(order), ...devices.flatMap(registrationsOf)]
}

/** SO-SCOPE: what is behind a third party's own network is not seen by the DSO, and none of its work. */
export function issueBreaches(order: JsonObject, find: Around['find']): readonly Breach[] {
  return issuesOf(order, find).some((it) => isThirdPartys(it, find)) ? [OUT_OF_SCOPE] : []
}

/** True where a device of the event is registered with a third party. */
export function isThirdPartys(event: JsonObject, find: Around['find']): boolean {
  return devicesOf(event).some(
    (it) => member(registered(it, find)?.object, 'thirdPartyProvider') !== undefined,
  )
}

const OUT_OF_SCOPE: Breach = {
  rule: 'SO-SCOPE',
  code: '6.1',
  reason:
    'The device is behind the own network of a third party: its issues are no work of the DSO.',
}

/**
 * One order for a device and a kind of issue within the window. Time is cut into stretches as long as the window: an order
 * has that of its own and the next, so that any two within a window of each other meet in one.
 */
export function issueClaims(
  order: JsonObject,
  state: string,
  find: Around['find'],
): readonly Claim[] {
  const at = requestedAt(order)
  if (state === 'cancelled' || state === 'deleted' || at === undefined) return []
  const keys = issuesOf(order, find).flatMap(issueKeys)
  return keys.flatMap((key) => withinWindow(key, at, requestedAt))
}

/** An event is the first of its issue, or does without: it is kept all the same, and leads to no order. */
export function eventClaims(event: JsonObject, state: string): readonly Claim[] {
  const at = happenedAt(event)
  if (state !== 'present' || at === undefined) return []
  const claims = issueKeys(event).flatMap((key) => withinWindow(key, at, happenedAt))
  return claims.map((it) => ({ ...it, yields: true }))
}

/** True for the event that has begun its issue. */
export function isFirst(event: JsonObject, find: Around['find']): boolean {
  const [claim] = eventClaims(event, 'present')
  if (claim === undefined) return false
  return Array.from({ length: MOST_IN_STRETCH }, (_, place) =>
    find({ noun: 'EndDeviceEvents', object: undefined, claim: { ...claim, place } }),
  ).some((it) => sameId(member(it?.object, 'mRID'), member(event, 'mRID')))
}

/** Of each device at which it happened. */
function issueKeys(event: JsonObject): readonly string[] {
  const devices = devicesOf(event).flatMap(registeredKeys)
  return devices.map((device) => `${kindOf(event)} ${device}`)
}

function withinWindow(
  key: string,
  at: number,
  timeOf: (other: JsonObject) => number | undefined,
): readonly Claim[] {
  const stretch = Math.floor(at / WINDOW_MS)
  return [stretch, stretch + 1].map((one) => ({
    key: `${one} ${key}`,
    rule: 'SO-ISSUE',
    reason: 'An order for this device and kind of issue has been given within a day.',
    places: MOST_IN_STRETCH,
    clashes: (other) => Math.abs((timeOf(other) ?? at) - at) < WINDOW_MS,
  }))
}

function happenedAt(event: JsonObject): number | undefined {
  const at = Date.parse(String(member(event, 'createdDateTime')))
  return Number.isNaN(at) ? undefined : at
}

/** When the first of its works was asked for. */
function requestedAt(order: JsonObject): number | undefined {
  const times = worksOf(order).map((it) => Date.parse(String(member(it, 'requestDateTime'))))
  return times.filter((it) => !Number.isNaN(it)).toSorted((a, b) => a - b)[0]
}

/** What people read of an event. */
export function issueText(event: JsonObject): string {
  const [first] = devicesOf(event)
  const names = listOf(first, 'Names').map((it) => String(member(it, 'name')))
  const device = names[0] ?? String(member(first, 'mRID') ?? '')
  const reason = member(event, 'reason')
  return `${typeof reason === 'string' ? reason : kindOf(event)} at ${device}`
}
