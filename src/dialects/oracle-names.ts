// The names by which Oracle's customer programme side and its DERMS know things: each with its type, its length and, of a device,
// its issuer. Lengths: Oracle REST reference 23A to 26.4.

import type { NameField } from './row.ts'

/** Characters of ids of other systems */
export const EXTERNAL_ID = 120

/** A device is known by its NIC id and its head-end system together */
export const DEVICE_KEY: NameField = {
  ...{ vendor: 'nicId', type: 'nicId', most: 100 },
  ...{ issuer: 'headEndSystem', issuerMost: 50, pair: true },
}

/** The code of a programme. */
export const PROGRAM_CODE: NameField = { vendor: 'programCode', type: 'programCode' }

/** The person. */
export const PERSON: NameField = { vendor: 'cisPersonId', type: 'cisPersonId', most: 30 }

/** The account that is meant. */
export const ACCOUNT: NameField = { vendor: 'cisAccountId', type: 'cisAccountId', most: 30 }

/** The premise in the customer system. */
export const PREMISE: NameField = { vendor: 'cisPremiseId', type: 'cisPremiseId', most: 14 }

/** The point of service in the customer system. */
export const SERVICE_POINT: NameField = {
  ...{ vendor: 'cisServicePointId', type: 'cisServicePointId', most: 12 },
}

/** An id that another system gives an object of its own. */
export function external(vendor: string): NameField {
  return { vendor, type: 'externalId', most: EXTERNAL_ID }
}
