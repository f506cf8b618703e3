// What all flows of a DER group share: its lifecycle steps, its members, its version.

import { DER_GROUP } from '../lifecycles/der-group.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { listOf } from './reference.ts'

/** Shared by every flow whose object is a group. */
export const GROUP = {
  objectType: 'DERGroup',
  lifecycle: DER_GROUP,
  trigger,
  // A member listed twice is a mistake of the sender, not a stronger member (GF-01).
  parts: { EndDevices: { objectType: 'EndDevice', twice: 'GRP-DUPM' } },
  version: 'version',
  // Whoever gives a group a name has it: so a DMS says which third party is to pick the members (F32-D).
  servedBy: (group: JsonObject) =>
    listOf(group, 'Names').flatMap(
      (it) => member(member(member(it, 'NameType'), 'NameTypeAuthority'), 'name') ?? [],
    ),
} as const

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  const [had, has] = [hasMembers(before), hasMembers(after)]
  if (before === undefined) return has ? 'create' : 'createEmpty'
  if (after === undefined) return 'dissolve'
  return had === has ? 'change' : has ? 'add' : 'removeLast'
}

function hasMembers(group: JsonObject | undefined): boolean {
  const members = member(group, 'EndDevices')
  return Array.isArray(members) && members.length > 0
}
