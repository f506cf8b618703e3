// What Oracle's customer programme side and its DERMS say of an enrollment, part by part: the customer, the place, the devices.
// Field names and lengths: Oracle REST reference 23A to 26.4. Where each of them stands in the draft nouns is ours.

import { ENROLLMENT_SOURCES, INSTALLATIONS, OWNERSHIPS } from './oracle-codes.ts'
import {
  ACCOUNT,
  DEVICE_KEY,
  EXTERNAL_ID,
  PERSON,
  PREMISE,
  PROGRAM_CODE,
  SERVICE_POINT,
} from './oracle-names.ts'
import { CALLED, EMAIL, known, named, telephone } from './oracle-rows.ts'
import type { Row } from './row.ts'

const ORGANISATION: readonly Row[] = [
  CALLED,
  telephone('homePhone', 'phone1'),
  telephone('businessPhone', 'phone2'),
  EMAIL,
]

/** customerInfo, as far as it says who is meant. */
export const CUSTOMER_NAMED: Row = customerInfo([])

/** customerInfo */
const CUSTOMER_INFO: Row = customerInfo([
  { kind: 'inline', cim: 'Organisation', rows: ORGANISATION },
])

function customerInfo(more: readonly Row[]): Row {
  const rows = [named(PERSON), known('CustomerAccount', ACCOUNT), ...more]
  return { kind: 'nest', vendor: 'customerInfo', rows: [{ kind: 'inline', cim: 'Customer', rows }] }
}

const ADDRESS: readonly Row[] = [
  {
    kind: 'inline',
    cim: 'streetDetail',
    rows: [
      { kind: 'value', vendor: 'address1', cim: 'addressGeneral', most: 254 },
      { kind: 'value', vendor: 'address2', cim: 'addressGeneral2', most: 254 },
      { kind: 'value', vendor: 'address3', cim: 'addressGeneral3', most: 254 },
      { kind: 'value', vendor: 'address4', cim: 'addressGeneral4', most: 254 },
    ],
  },
  {
    kind: 'inline',
    cim: 'townDetail',
    rows: [
      { kind: 'value', vendor: 'city', cim: 'name' },
      { kind: 'value', vendor: 'county', cim: 'county' },
      { kind: 'value', vendor: 'state', cim: 'stateOrProvince' },
      { kind: 'value', vendor: 'country', cim: 'country' },
    ],
  },
  { kind: 'value', vendor: 'postal', cim: 'postalCode' },
]

/** locationInfo of an enrollment */
export const LOCATION_INFO: Row = {
  kind: 'nest',
  vendor: 'locationInfo',
  rows: [
    {
      kind: 'inline',
      cim: 'ServiceLocation',
      rows: [
        { kind: 'value', vendor: 'division', cim: 'division' },
        { kind: 'value', vendor: 'timeZone', cim: 'timeZone', isZone: true },
        named(PREMISE, { vendor: 'locationId', type: 'locationId' }),
        { kind: 'inline', cim: 'mainAddress', rows: ADDRESS },
      ],
    },
    known('UsagePoint', SERVICE_POINT),
  ],
}

/** One entry of assetList */
const ASSET: readonly Row[] = [
  { kind: 'value', vendor: 'sequence', cim: 'sequence' },
  { kind: 'value', vendor: 'assetId', cim: 'mRID' },
  { kind: 'value', vendor: 'specification', cim: 'specification' },
  { kind: 'value', vendor: 'assetType', cim: 'deviceType' },
  { kind: 'value', vendor: 'serialNo', cim: 'serialNumber', most: 60 },
  named(DEVICE_KEY, { vendor: 'badgeNo', type: 'badgeNumber' }),
]

/** assetInfo of an enrollment */
const ASSET_INFO: Row = {
  kind: 'nest',
  vendor: 'assetInfo',
  rows: [
    { kind: 'code', vendor: 'assetOwnership', cim: 'assetOwnership', codes: OWNERSHIPS },
    { kind: 'code', vendor: 'installationMethod', cim: 'installationMethod', codes: INSTALLATIONS },
    { kind: 'list', vendor: 'assetList', cim: 'EndDevices', rows: ASSET },
  ],
}

/** What both sides say of an enrollment. @param validity from when on it counts, which each has its own way to say */
export function enrollment(validity: Row): readonly Row[] {
  return [
    { kind: 'value', vendor: 'transactionId', cim: 'transactionId', most: EXTERNAL_ID },
    {
      kind: 'code',
      vendor: 'enrollmentSource',
      cim: 'enrollmentSource',
      codes: ENROLLMENT_SOURCES,
    },
    CUSTOMER_INFO,
    {
      kind: 'nest',
      vendor: 'programInfo',
      rows: [
        known('DemandResponseProgram', PROGRAM_CODE),
        known('CustomerAgreement', {
          ...{ vendor: 'cisServiceAgreementId', type: 'cisServiceAgreementId' },
        }),
        validity,
      ],
    },
    LOCATION_INFO,
    ASSET_INFO,
  ]
}

const ZONE = { vendor: ['locationInfo', 'timeZone'], cim: ['ServiceLocation', 'timeZone'] } as const

/** The date at the place of LOCATION_INFO on which it starts or ends. */
export function day(vendor: string, cim: 'start' | 'end'): Row {
  return {
    kind: 'inline',
    cim: 'validityInterval',
    rows: [{ kind: 'date', vendor, cim, zone: ZONE }],
  }
}
