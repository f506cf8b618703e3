// What all flows of a DER group share: its lifecycle steps, its members, its version, and the request that it follows.

import { DER_GROUP } from '../lifecycles/der-group.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'

import { runsOf, stateByNow } from './dispatch-runs.ts'
import type { Around, Reference } from './flow.ts'
import {
  mayDissolve,
  orderBreaches,
  requestEnds,
  requestMoves,
  requestsAbout,
} from './group-order.ts'
import { EXCLUSIVE, EXCLUSIVE_AS_TOLD, dissolvingWhenEmpty } from './group-policies.ts'
import { membersOf, notAmong } from './members.ts'
import type { Stay } from './part.ts'
import { listOf } from './reference.ts'
import { GROUP_SIDE, only } from './role.ts'

/** Shared by every flow whose object is a group. */
export const GROUP = {
  objectType: 'DERGroup',
  lifecycle: DER_GROUP,
  trigger,
  by: only(...GROUP_SIDE),
  // A member listed twice is a mistake of the sender, not a stronger member (GF-01).
  parts: {
    EndDevices: {
      objectType: 'EndDevice',
      twice: 'GRP-DUPM',
      history: { noun: 'DERGroupMemberships', told: membership },
    },
  },
  version: 'version',
  // Whoever gives a group a name has it: so a DMS says which third party is to pick the members (F32-D).
  servedBy: (group: JsonObject) =>
    listOf(group, 'Names').flatMap(
      (it) => member(member(member(it, 'NameType'), 'NameTypeAuthority'), 'name') ?? [],
    ),
  rules: orderBreaches,
  guards: { 'GRP-ORDER': mayDissolve },
  refers: requestsAbout,
  leadsTo: dispatchesOf,
  byNow: stateByNow,
  moves: requestMoves,
  ends: requestEnds,
  policies: { exclusiveMembership: EXCLUSIVE_AS_TOLD },
} as const

/** Of the flows by which members are added or taken out as somebody asks. */
export const ASKED_POLICIES = {
  dissolveWhenEmpty: dissolvingWhenEmpty(trigger),
  exclusiveMembership: EXCLUSIVE,
} as const

/** Only of a group that is dispatched, so that no other message has to look for them. */
function dispatchesOf(group: JsonObject, find: Around['find']): readonly Reference[] {
  const held = find({ noun: 'DERGroups', object: group })
  return held?.state === 'dispatched' ? runsOf(held.object) : []
}

/** GD-01: who was in a group is known also when the group is gone. */
function membership({ of, item, interval, reason }: Stay): JsonObject {
  return { reason, EndDevice: item, EndDeviceGroup: of, interval }
}

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  const [was, is] = [membersOf(before), membersOf(after)]
  if (before === undefined) return is.length > 0 ? 'create' : 'createEmpty'
  if (after === undefined) return 'dissolve'
  if (was.length === 0) return is.length > 0 ? 'add' : 'change'
  if (is.length === 0) return 'removeLast'
  return notAmong(was, is).length > 0 ? 'remove' : 'change'
}
