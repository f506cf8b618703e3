// What is asked of a group that is being formed: its members, unless somebody else is to choose them.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Flow, Placed } from './flow.ts'
import { openRequest, orderBreaches } from './group-order.ts'
import { membersOf } from './members.ts'
import { listOf } from './reference.ts'

/**
 * The rules of every change of a group, and that a group is formed of members where groups are kept here: who keeps them
 * elsewhere says so itself.
 */
export function formBreaches(
  group: JsonObject,
  around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  const breaches = orderBreaches(group, around, before)
  return around.makes('DERGroups')
    ? [...breaches, ...withoutMembers(group, around, before)]
    : breaches
}

/** Wherever groups are kept. */
export const MEMBERS_REQUIRED: Partial<Flow> = {
  rules: (group, around, before) => [
    ...orderBreaches(group, around, before),
    ...withoutMembers(group, around, before),
  ],
}

/** Where a capability is required, a third party picks the members (F32-D): the group begins without any. */
function withoutMembers(
  group: JsonObject,
  { find }: Around,
  before: Placed | undefined,
): readonly Breach[] {
  if (before !== undefined || membersOf(group).length > 0) return []
  if (listOf(openRequest(group, find)?.object, 'requiredCapability').length > 0) return []
  const reason = 'The group has no EndDevices, and no capability is required of it.'
  return [{ rule: 'GRP-EMPTY', code: '6.1', reason }]
}
