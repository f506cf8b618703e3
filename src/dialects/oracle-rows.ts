// What the messages of Oracle's customer programme side and of its DERMS have in common, part by part: the customer, the place,
// the devices. Field names and lengths: Oracle REST reference 23A to 26.4 and mapping guide 22C. Where each of them stands in
// the draft nouns is ours.

import {
  ENROLLMENT_SOURCES,
  INCLUSIONS,
  INSTALLATIONS,
  OWNERSHIPS,
  SUBSCRIPTIONS,
} from './oracle-codes.ts'
import type { CodeRow, InlineRow, NameField, NamesRow, Row } from './row.ts'

/** characters of ids of other systems */
export const EXTERNAL_ID = 120

/** a device is known by its NIC id and its head-end system together */
export const DEVICE_KEY: NameField = {
  ...{ vendor: 'nicId', type: 'nicId', most: 100 },
  ...{ issuer: 'headEndSystem', issuerMost: 50, pair: true },
}

/** Names of the object itself. */
export function named(...names: readonly NameField[]): NamesRow {
  return { kind: 'names', cim: 'Names', names }
}

/** A member of CIM that the vendor knows by names of its own. */
export function known(cim: string, ...names: readonly NameField[]): Row {
  return { kind: 'inline', cim, rows: [named(...names)] }
}

/** The status, where the vendor says it by one code. */
export function coded(codes: CodeRow['codes']): InlineRow {
  return {
    kind: 'inline',
    cim: 'status',
    rows: [{ kind: 'code', vendor: 'status', cim: 'value', codes }],
  }
}

/** The code of a programme. */
export const PROGRAM_CODE: NameField = { vendor: 'programCode', type: 'programCode' }

/** How somebody is called. */
export const CALLED: Row = named({ vendor: 'name', type: 'name', most: 254 })

/** Where somebody is written to. */
export const EMAIL: Row = {
  kind: 'inline',
  cim: 'electronicAddress',
  rows: [{ kind: 'value', vendor: 'email', cim: 'email1', most: 254 }],
}

/** Where somebody is called up. */
export function telephone(vendor: string, cim: string): Row {
  return {
    kind: 'inline',
    cim,
    rows: [{ kind: 'value', vendor, cim: 'localNumber', most: 24 }],
  }
}

const ORGANISATION: readonly Row[] = [
  CALLED,
  telephone('homePhone', 'phone1'),
  telephone('businessPhone', 'phone2'),
  EMAIL,
]

/** The person, and the account that is meant. */
const PERSON: NameField = { vendor: 'cisPersonId', type: 'cisPersonId', most: 30 }
const ACCOUNT: NameField = { vendor: 'cisAccountId', type: 'cisAccountId', most: 30 }

/** customerInfo */
export const CUSTOMER_INFO: Row = {
  kind: 'nest',
  vendor: 'customerInfo',
  rows: [
    {
      kind: 'inline',
      cim: 'Customer',
      rows: [
        named(PERSON),
        known('CustomerAccount', ACCOUNT),
        { kind: 'inline', cim: 'Organisation', rows: ORGANISATION },
      ],
    },
  ],
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

/** The premise and the point of service in the customer system. */
const PREMISE: NameField = { vendor: 'cisPremiseId', type: 'cisPremiseId', most: 14 }
const SERVICE_POINT: NameField = {
  ...{ vendor: 'cisServicePointId', type: 'cisServicePointId', most: 12 },
}

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
        { kind: 'value', vendor: 'timeZone', cim: 'timeZone' },
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

/** From when to when, in members that the vendor calls so. */
export function interval(cim: string, start: string, end: string, how: 'as-is' | 'utc'): Row {
  const written = how === 'utc' ? ({ local: true, utc: true } as const) : {}
  return {
    kind: 'inline',
    cim,
    rows: [
      { kind: 'stamp', vendor: start, cim: 'start', ...written },
      { kind: 'stamp', vendor: end, cim: 'end', ...written },
    ],
  }
}

/** A device by its key, as the one member of CIM that names it. */
export const KEYED_DEVICE: Row = known('EndDevice', DEVICE_KEY)

/** An id that another system gives an object of its own. */
export function external(vendor: string): NameField {
  return { vendor, type: 'externalId', most: EXTERNAL_ID }
}

/** The stage that a message of the vendor is about, once for all of its devices. */
export function sharedStage(vendor: string): Row {
  return { kind: 'shared', rows: [known('stage', external(vendor))] }
}

/** A device of a subscription. The names of its fields are not published, apart from the key: they are ours. */
const CONTROLLABLE_DEVICE: readonly Row[] = [
  { kind: 'value', vendor: 'deviceId', cim: 'mRID' },
  { kind: 'value', vendor: 'deviceType', cim: 'deviceType' },
  { kind: 'value', vendor: 'specification', cim: 'specification' },
  { kind: 'value', vendor: 'serialNumber', cim: 'serialNumber', most: 60 },
  named(DEVICE_KEY, { vendor: 'badgeNumber', type: 'badgeNumber' }),
  coded(INCLUSIONS),
]

/** contactInfo, subscriptionInfo and locationInfo of an enrollment sync (mapping guide 22C, 2.3). */
export function subscription(start: string, end: string): readonly Row[] {
  return [
    {
      kind: 'nest',
      vendor: 'contactInfo',
      rows: [known('Customer', PERSON, { vendor: 'contactId', type: 'contactId' })],
    },
    {
      kind: 'nest',
      vendor: 'subscriptionInfo',
      rows: [
        { kind: 'value', vendor: 'subscriptionId', cim: 'mRID' },
        { kind: 'inline', cim: 'Customer', rows: [known('CustomerAccount', ACCOUNT)] },
        { kind: 'value', vendor: 'subscriptionType', cim: 'type' },
        coded(SUBSCRIPTIONS),
        known('DemandResponseProgram', PROGRAM_CODE, external('programId')),
        interval('validityInterval', start, end, 'as-is'),
      ],
    },
    {
      kind: 'nest',
      vendor: 'locationInfo',
      rows: [
        {
          kind: 'inline',
          cim: 'ServiceLocation',
          rows: [{ kind: 'value', vendor: 'division', cim: 'division' }, named(PREMISE)],
        },
        known('UsagePoint', SERVICE_POINT, { vendor: 'servicePointId', type: 'servicePointId' }),
        {
          kind: 'list',
          vendor: 'controllableDevices',
          cim: 'EndDevices',
          rows: CONTROLLABLE_DEVICE,
        },
      ],
    },
  ]
}

/** The device that a status check is about; its key is spelled nicid there (mapping guide 22C, 2.4). */
export function checkedDevice(vendor: string): Row {
  return {
    kind: 'nest',
    vendor,
    rows: [
      { kind: 'value', vendor: 'division', cim: 'division' },
      {
        kind: 'inline',
        cim: 'EndDevice',
        rows: [
          { kind: 'value', vendor: 'deviceType', cim: 'deviceType' },
          { kind: 'value', vendor: 'specification', cim: 'specification' },
          named({ ...DEVICE_KEY, vendor: 'nicid' }),
        ],
      },
    ],
  }
}
