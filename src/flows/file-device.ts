// The device key as files have it: NIC id and head-end system, which together are one device (C2).

import type { JsonObject } from '../schema/json-text.ts'
import { namesBy, textOfKey } from './device-key.ts'
import type { Column, Row } from './file-kind.ts'

/** In every file about devices; lengths are those of Oracle's REST reference. */
export const DEVICE_COLUMNS: readonly Column[] = [
  { name: 'headEndSystem', about: 'head-end system of the device', required: true, most: 50 },
  { name: 'nicId', about: 'id of its network interface there', required: true, most: 100 },
]

/** As text, so that no two keys have the same. */
export function deviceKeyOf({ headEndSystem = '', nicId = '' }: Row): string {
  return textOfKey({ headEndSystem, nicId })
}

/** The device by its key, and by its mRID where that is known. */
export function deviceIn({ headEndSystem = '', nicId = '' }: Row, mRID = ''): JsonObject {
  return { ...(mRID === '' ? {} : { mRID }), Names: namesBy({ headEndSystem, nicId }) }
}

/** Something by its id elsewhere. */
export function externally(name: string): JsonObject {
  return { Names: [{ name, NameType: { name: 'externalId' } }] }
}
