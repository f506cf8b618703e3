// The device of a participation or of an unavailability: by what it is found, the subscription by which it takes part, and
// when it is reserved.

import { idKey } from '../envelope/mrid.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { SUBSCRIBED_DEVICE, deviceKeyText } from './device-key.ts'
import type { Around, Placed, Reference } from './flow.ts'
import { firstKnown } from './reference.ts'
import { registeredKeys } from './registered.ts'
import { remembered } from './remembered.ts'

/** Every text by which a device is meant: its key, its mRID; one that has neither is known by whatever it has. */
export const participantTexts: (device: Json | undefined) => readonly string[] = remembered(textsOf)

function textsOf(device: Json | undefined): readonly string[] {
  const [key, mRID] = [deviceKeyText(device), member(device, 'mRID')]
  const own = [
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(typeof mRID === 'string' ? [`mRID ${idKey(mRID)}`] : []),
  ]
  return own.length === 0 ? registeredKeys(device) : own
}

/** True for whatever means the same device; made once, and asked of many. */
export function meansDevice(device: Json | undefined): (other: Json | undefined) => boolean {
  const own = participantTexts(device)
  return (other) => participantTexts(other).some((it) => own.includes(it))
}

/** The first device of a list that is meant; found at once, however many devices the list has. */
export function participantIn(
  devices: Json | undefined,
  device: Json | undefined,
): JsonObject | undefined {
  if (!Array.isArray(devices)) return undefined
  const known = placesIn(devices as readonly Json[])
  const found = participantTexts(device).flatMap((it) => known.get(it) ?? [])
  return found.toSorted((one, other) => one.at - other.at)[0]?.device
}

interface Place {
  readonly at: number
  readonly device: JsonObject
}

/** A list is asked for each device of a message, and nearly all of them are in that of one subscription. */
const places = new WeakMap<readonly Json[], ReadonlyMap<string, Place>>()

/** By every text by which a device of the list is meant. */
function placesIn(devices: readonly Json[]): ReadonlyMap<string, Place> {
  const before = places.get(devices)
  if (before !== undefined) return before
  const known = new Map<string, Place>()
  for (const [at, device] of devices.entries())
    if (isObject(device))
      for (const text of participantTexts(device))
        if (!known.has(text)) known.set(text, { at, device })
  places.set(devices, known)
  return known
}

/** Texts under which all that belongs to a device is found. */
export function underDevice(device: Json | undefined): readonly string[] {
  return participantTexts(device).map((it) => `device ${it}`)
}

/** Where the subscription may be by which a device takes part. @param named the subscription, where it is named too */
export function subscriptionReferences(
  device: Json | undefined,
  named: Json | undefined,
): readonly Reference[] {
  const noun = 'ProgramSubscriptions'
  const key = deviceKeyText(device)
  return [
    ...(named === undefined ? [] : [{ noun, object: named }]),
    ...(key === undefined
      ? []
      : [{ noun, object: undefined, claim: { rule: SUBSCRIBED_DEVICE, key } }]),
  ]
}

/** The subscription by which a device takes part; undefined where there is none, or nobody knows. */
export function subscriptionOf(
  it: JsonObject,
  device: Json | undefined,
  find: Around['find'],
): Placed | undefined {
  return firstKnown(subscriptionReferences(device, member(it, 'ProgramSubscription')), find)
}
