// What all flows of a DER group share: its lifecycle steps, its rules, its version.

import { DER_GROUP } from '../lifecycles/der-group.ts'
import { member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach } from './flow.ts'

/** Shared by every flow whose object is a group. */
export const GROUP = {
  objectType: 'DERGroup',
  lifecycle: DER_GROUP,
  trigger,
  rules,
  version: 'version',
} as const

function trigger(before: JsonObject | undefined, after: JsonObject | undefined): string {
  const [had, has] = [membersOf(before).length > 0, membersOf(after).length > 0]
  if (before === undefined) return has ? 'create' : 'createEmpty'
  if (after === undefined) return 'dissolve'
  return had === has ? 'change' : has ? 'add' : 'removeLast'
}

/** A member listed twice is a mistake of the sender, not a stronger member (GF-01, rule GRP-DUPM). */
function rules(after: JsonObject): readonly Breach[] {
  const keys = membersOf(after).map(memberKey)
  const twice = keys.find((it, at) => keys.indexOf(it) !== at)
  return twice === undefined
    ? []
    : [{ rule: 'GRP-DUPM', code: '6.1', reason: `The member ${twice} is listed twice.` }]
}

function membersOf(group: JsonObject | undefined): readonly Json[] {
  const members = member(group, 'EndDevices')
  return Array.isArray(members) ? members : []
}

function memberKey(device: Json): string {
  const mRID = member(device, 'mRID')
  return typeof mRID === 'string' ? mRID.toLowerCase() : writeJson(member(device, 'Names') ?? null)
}
