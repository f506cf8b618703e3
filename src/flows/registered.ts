// By what a device is found in the register of DER: whatever it is known by there.

import { idKey } from '../envelope/mrid.ts'
import { member } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import type { Around, Placed, Reference } from './flow.ts'
import { firstKnown, listOf, nameText } from './reference.ts'

/** The claim of a registration to its device. */
export const REGISTERED = 'REG-DUP'

/** Every text by which a device is registered: its mRID, its serial number at its manufacturer, its names with their types. */
export function registeredKeys(device: Json | undefined): readonly string[] {
  const [mRID, serial] = [member(device, 'mRID'), member(device, 'serialNumber')]
  return [
    ...(typeof mRID === 'string' ? [`mRID ${idKey(mRID)}`] : []),
    ...(typeof serial === 'string'
      ? [`serial ${String(member(device, 'manufacturer') ?? '')} ${serial}`]
      : []),
    ...listOf(device, 'Names').map((it) => `name ${nameText(it)}`),
  ]
}

/** The registration of a device, wherever it may be found. */
export function registrationsOf(device: Json | undefined): readonly Reference[] {
  return registeredKeys(device).map((key) => ({
    noun: 'DERRegistrations',
    object: undefined,
    claim: { rule: REGISTERED, key },
  }))
}

/** The registration of a device; undefined where there is none. */
export function registered(device: Json | undefined, find: Around['find']): Placed | undefined {
  return firstKnown(registrationsOf(device), find)
}
