// What both of Oracle's products say of a subscription: contactInfo, subscriptionInfo and locationInfo of an enrollment sync
// (mapping guide 22C, 2.3). Where each of them stands in the draft nouns is ours.

import { INCLUSIONS, SUBSCRIPTIONS } from './oracle-codes.ts'
import {
  ACCOUNT,
  DEVICE_KEY,
  PERSON,
  PREMISE,
  PROGRAM_CODE,
  SERVICE_POINT,
  external,
} from './oracle-names.ts'
import { coded, interval, known, named } from './oracle-rows.ts'
import type { Row } from './row.ts'

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
