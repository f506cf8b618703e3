// The contracts of the members of a group: an agreement names the groups of its DER (CustomerAgreement.EndDeviceGroups) from
// before Operations is told of a member until the member, or the group, is about to go (GF-03, GD-03; EPRI 3002014619 §5).

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { deviceText } from './device.ts'
import { statusOf } from './document-status.ts'
import type { Around, Placed, Reference } from './flow.ts'
import { actionOf } from './group-order.ts'
import { agreementsAt } from './group-request-rules.ts'
import { membersOf, notAmong } from './members.ts'
import type { Finished } from './next.ts'
import { named } from './notice.ts'
import { keysOf, listOf, sameReference } from './reference.ts'
import { registered, registrationsOf } from './registered.ts'

type Find = Around['find']

/** States of a request in which contracts are to be updated, or released, and after a refusal to be put back again. */
export const [TO_UPDATE, TO_RELEASE] = ['approved', 'dissolving'] as const
export const [TO_UNDO, TO_RESTORE] = ['addRefused', 'dissolveRefused'] as const

/** The agreements that a request is carried out by first, and what leads to them. */
export function contractRefers(request: JsonObject, find: Find): readonly Reference[] {
  const state = statusOf(request) ?? ''
  if (![TO_UPDATE, TO_RELEASE, TO_UNDO, TO_RESTORE].some((it) => it === state)) return []
  const devices =
    state === TO_UPDATE
      ? membersOf(request)
      : [...leaving(request, find), ...staying(request, find)]
  return [
    groupIn(request),
    ...devices.flatMap((it) => [...registrationsOf(it), ...agreementsOf(it, find)]),
  ]
}

/** The agreements in force of its members as they are to be; none where all name the group already. */
export function updating(request: JsonObject, find: Find): Finished {
  const members = membersOf(request)
  if (members.length === 0) return { missing: WITHHELD }
  const bare = members.filter((it) => inForce(it, find).length === 0)
  if (bare.length > 0) return { missing: uncovered(bare) }
  const group = member(request, 'EndDeviceGroup')
  return apart(members.flatMap((it) => inForce(it, find)))
    .filter(({ object }) => groupsIn(object, [group]).length === 0)
    .map(({ object }) => ({ ...named(object), EndDeviceGroups: [named(group)] }))
}

const WITHHELD =
  'The request names no EndDevices, so whose contracts are to be updated is not known here: update them, and take the step updateContracts (POST /api/v1/der-group-requests/{mRID}:update-contracts).'

function uncovered(devices: readonly JsonObject[]): string {
  const names = devices.slice(0, MOST_NAMED).map(deviceText).join(', ')
  const more = devices.length > MOST_NAMED ? ` and ${devices.length - MOST_NAMED} more` : ''
  return `No agreement in force is known here for ${names}${more}: register each with its UsagePoint, and have an agreement about that signed.`
}

const MOST_NAMED = 5

/** True where all members are under a contract that names the group. */
export function isUpdated(request: JsonObject, find: Find): boolean {
  const left = updating(request, find)
  return Array.isArray(left) && left.length === 0
}

/** What is to be taken out of agreements: the group, where none of their DER stays in it. */
export function releasing(request: JsonObject, find: Find): Finished {
  const group = [member(request, 'EndDeviceGroup'), find(groupIn(request))?.object]
  const kept = new Set(
    staying(request, find)
      .flatMap((it) => agreed(it, find))
      .map(keyOf),
  )
  const all = apart(leaving(request, find).flatMap((it) => agreed(it, find)))
    .filter((it) => !kept.has(keyOf(it)))
    .filter(({ object }) => groupsIn(object, group).length > 0)
  return all.map(({ object }) => ({
    ...named(object),
    EndDeviceGroups: groupsIn(object, group),
  }))
}

/** The agreements of those that were to leave, as they are to be when these stay. */
export function restoring(request: JsonObject, find: Find): Finished {
  const members = leaving(request, find)
  const bare = members.filter((it) => agreed(it, find).length === 0)
  if (bare.length > 0) return { missing: uncovered(bare) }
  const group = member(request, 'EndDeviceGroup')
  return nameless(request, find).map(({ object }) => ({
    ...named(object),
    EndDeviceGroups: [named(group)],
  }))
}

/** The agreements, in force or suspended, of those that were to leave that do not name the group. */
export function nameless(request: JsonObject, find: Find): readonly Placed[] {
  const group = [member(request, 'EndDeviceGroup'), find(groupIn(request))?.object]
  return apart(leaving(request, find).flatMap((it) => agreed(it, find))).filter(
    ({ object }) => groupsIn(object, group).length === 0,
  )
}

/** True where all of them are under a contract that names the group again. */
export function isRestored(request: JsonObject, find: Find): boolean {
  const left = restoring(request, find)
  return Array.isArray(left) && left.length === 0
}

/** True where no contract names the group any more of a DER that is to leave it. */
export function isReleased(request: JsonObject, find: Find): boolean {
  const left = releasing(request, find)
  return Array.isArray(left) && left.length === 0
}

/** Whom a request takes out of its group: all of its members, where it names none. */
export function leaving(request: JsonObject, find: Find): readonly JsonObject[] {
  const members = membersOf(find(groupIn(request))?.object)
  return !isOfSome(request) && members.length > 0 ? members : membersOf(request)
}

function staying(request: JsonObject, find: Find): readonly JsonObject[] {
  if (!isOfSome(request)) return []
  return notAmong(membersOf(find(groupIn(request))?.object), membersOf(request))
}

/** True where it is about the members that it names, and others may stay: so it is, too, where these were refused. */
function isOfSome(request: JsonObject): boolean {
  return actionOf(request) === 'removeMembers' || statusOf(request) === TO_UNDO
}

function groupIn(request: JsonObject): Reference {
  return { noun: 'DERGroups', object: member(request, 'EndDeviceGroup') }
}

/** The groups of an agreement that are this one, by whatever it is known. */
function groupsIn(
  agreement: JsonObject,
  group: readonly (Json | undefined)[],
): readonly JsonObject[] {
  return listOf(agreement, 'EndDeviceGroups').filter((it) =>
    group.some((one) => keysOf(one).length > 0 && sameReference(it, one)),
  )
}

function agreementsOf(device: JsonObject, find: Find): readonly Reference[] {
  return agreementsAt(member(registered(device, find)?.object, 'UsagePoint'))
}

/** Those that are in force or suspended at the usage point of a device. */
function agreed(device: JsonObject, find: Find): readonly Placed[] {
  return agreementsOf(device, find).flatMap((it) => find(it) ?? [])
}

function inForce(device: JsonObject, find: Find): readonly Placed[] {
  return agreed(device, find).filter(({ state }) => state === 'active')
}

/** Each once: several DER may be at one usage point. */
function apart(all: readonly Placed[]): readonly Placed[] {
  return [...new Map(all.map((it) => [keyOf(it), it])).values()]
}

function keyOf({ object }: Placed): string {
  return keysOf(object)[0] ?? ''
}
