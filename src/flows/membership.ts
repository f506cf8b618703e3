// Who was in which group, and when: the stays of a device in a group, one after the other, found by both.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { deviceKeys } from './device.ts'
import type { Around, Claim, Reference } from './flow.ts'
import { isCovered, overlaps } from './interval.ts'
import { keysOf } from './reference.ts'

const NOUN = 'DERGroupMemberships'
const RULE = 'MEM-OVERLAP'

/** stays of one device in one group that are told apart */
const MOST_STAYS = 16

/** A device is in a group once at a time. */
export function stayClaims(membership: JsonObject): readonly Claim[] {
  const [group, device] = [member(membership, 'EndDeviceGroup'), member(membership, 'EndDevice')]
  return pairs(group, device).map((key) => ({
    key,
    rule: RULE,
    reason: 'The device is in the group at that time already.',
    places: MOST_STAYS,
    clashes: (other) => overlaps(member(membership, 'interval'), member(other, 'interval')),
  }))
}

/** The stays to be looked at: the first, and behind each that is known the next one. */
export function stayReferences(
  group: Json | undefined,
  device: Json | undefined,
  find: Around['find'],
): readonly Reference[] {
  return pairs(group, device).flatMap((key) => {
    const places = Array.from({ length: MOST_STAYS }, (_, place) => referenceTo(key, place))
    const first = places.findIndex((it) => find(it) === undefined)
    return first < 0 ? places : places.slice(0, first + 1)
  })
}

/** True where a device was in a group all the time. */
export function wasMember(
  group: Json | undefined,
  device: Json | undefined,
  interval: Json | undefined,
  find: Around['find'],
): boolean {
  const stays = stayReferences(group, device, find).flatMap((it) => find(it)?.object ?? [])
  return isCovered(
    interval,
    stays.map((it) => member(it, 'interval')),
  )
}

function referenceTo(key: string, place: number): Reference {
  return { noun: NOUN, object: undefined, claim: { rule: RULE, key, place } }
}

function pairs(group: Json | undefined, device: Json | undefined): readonly string[] {
  return keysOf(group).flatMap((one) => deviceKeys(device).map((it) => JSON.stringify([one, it])))
}
