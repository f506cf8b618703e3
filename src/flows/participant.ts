// The device of a participation or of an unavailability: by what it is found, the subscription by which it takes part, and
// when it is reserved.

import { idKey } from '../envelope/mrid.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { SUBSCRIBED_DEVICE, deviceKeyText } from './device-key.ts'
import type { Around, Placed, Reference } from './flow.ts'
import { firstKnown } from './reference.ts'
import { registeredKeys } from './registered.ts'

/** Every text by which a device is meant: its key, its mRID; one that has neither is known by whatever it has. */
export function participantTexts(device: Json | undefined): readonly string[] {
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
