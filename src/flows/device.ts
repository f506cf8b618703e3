// Devices as messages name them, and what is said where one is named by nothing.

import { member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import type { About, Breach } from './flow.ts'
import { keysOf, sameIdentity } from './reference.ts'

/** Every text by which a device may be known: mRID, names, serial number. */
export function deviceKeys(device: Json | undefined): readonly string[] {
  const serial = member(device, 'serialNumber')
  return [...keysOf(device), ...(typeof serial === 'string' ? [`serial ${serial}`] : [])]
}

/** True where both are one. */
export function isSameDevice(a: Json, b: Json): boolean {
  return sameIdentity(a, b)
}

/** The device as a reply names it; a serial number stands for a name. */
export function aboutDevice(device: Json | undefined): About {
  const [serial = ''] = deviceKeys(device)
  const named = keysOf(device).length > 0 ? device : { Names: [{ name: serial }] }
  return { objectType: 'EndDevice', object: named ?? {} }
}

/** A device by the first of its texts, for sentences. */
export function deviceText(device: Json | undefined): string {
  return deviceKeys(device)[0] ?? 'without mRID, name and serial number'
}

/** ID-1: what is referred to has to be named. */
export function unnamed(what: string, keys: readonly string[]): readonly Breach[] {
  if (keys.length > 0) return []
  const reason = `The ${what} is named by no mRID and no Names.`
  return [{ rule: 'ID-1', code: '5.8', reason }]
}
