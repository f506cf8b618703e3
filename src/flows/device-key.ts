// The device key: NIC id and head-end system together say which device is meant (C2, K3). It is carried as a name of the type
// nicId whose authority is the head-end system; either part alone names nothing.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { listOf } from './reference.ts'
import { remembered } from './remembered.ts'

/** NameType of the one part, whose authority is the other */
export const NIC_ID = 'nicId'

/** Rule of the claim by which the subscription is found that a device takes part by, and of the refusal of a second one. */
export const SUBSCRIBED_DEVICE = 'DEV-DUP'

/** A device by its key. */
export interface DeviceKey {
  readonly headEndSystem: string
  readonly nicId: string
}

/** Undefined for a device that has no NIC id, or no head-end system; a blank one is none, for it would be that of many. */
export function deviceKeyOf(device: Json | undefined): DeviceKey | undefined {
  for (const { name, NameType: type } of listOf(device, 'Names')) {
    const headEndSystem = member(member(type, 'NameTypeAuthority'), 'name')
    const isKey = member(type, 'name') === NIC_ID && isSaid(headEndSystem)
    if (isKey && isSaid(name)) return { headEndSystem, nicId: name }
  }
  return undefined
}

function isSaid(part: Json | undefined): part is string {
  return typeof part === 'string' && part.trim() !== ''
}

/** The Names of a device that is known by its key alone. */
export function namesBy({ headEndSystem, nicId }: DeviceKey): readonly JsonObject[] {
  return [{ name: nicId, NameType: { name: NIC_ID, NameTypeAuthority: { name: headEndSystem } } }]
}

/** A key as one text, which no other key has. */
export function textOfKey({ headEndSystem, nicId }: DeviceKey): string {
  return JSON.stringify([headEndSystem, nicId])
}

/** The same of a device. */
export const deviceKeyText: (device: Json | undefined) => string | undefined = remembered(
  (device) => {
    const key = deviceKeyOf(device)
    return key === undefined ? undefined : textOfKey(key)
  },
)

/** The same for sentences. */
export function deviceKeySaid(device: Json | undefined): string {
  const key = deviceKeyOf(device)
  return key === undefined ? 'without a device key' : `${key.nicId} at ${key.headEndSystem}`
}

/** Where in a list the device is that has a key, from 0; below that where there is none. @param key as deviceKeyText has it */
export function placeOfKey(devices: readonly JsonObject[], key: string | undefined): number {
  return devices.findIndex((it) => deviceKeyText(it) === key)
}

/** Devices that have the key of one before them in the list, with the places of both, from 0. */
export function sameKeys(
  devices: readonly JsonObject[],
): readonly { readonly device: JsonObject; readonly at: number; readonly first: number }[] {
  const places = new Map<string, number>()
  return devices.flatMap((device, at) => {
    const key = deviceKeyText(device)
    if (key === undefined) return []
    const first = places.get(key)
    if (first === undefined) places.set(key, at)
    return first === undefined ? [] : [{ device, at, first }]
  })
}
