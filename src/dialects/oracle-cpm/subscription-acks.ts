// What the DERMS says of an enrollment sync, device by device, as the customer programme side takes it (postAcknowledgement,
// readiness notes 25.10). Its body is not published: it is ours.

import type { VendorRoute } from '../dialect.ts'
import { REGISTRATIONS } from '../oracle-codes.ts'
import { DEVICE_KEY } from '../oracle-names.ts'
import { named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const ACK: readonly Row[] = [
  { kind: 'value', vendor: 'subscriptionId', cim: 'mRID' },
  named({ vendor: 'syncRequestId', type: 'syncRequestId' }),
  {
    kind: 'code',
    vendor: 'ackType',
    cim: 'syncState',
    codes: { SUCCESS: 'synced', ERROR: 'failed' },
  },
  { kind: 'value', vendor: 'message', cim: 'syncReason', most: 254, cut: true },
  { kind: 'stamp', vendor: 'whenISO', cim: 'syncedDateTime' },
  {
    kind: 'list',
    vendor: 'deviceList',
    cim: 'EndDevices',
    rows: [
      named(DEVICE_KEY),
      {
        kind: 'inline',
        cim: 'registrationStatus',
        rows: [
          { kind: 'code', vendor: 'headEndRegistration', cim: 'value', codes: REGISTRATIONS },
          { kind: 'value', vendor: 'errorMessage', cim: 'reason', most: 100, cut: true },
        ],
      },
    ],
  },
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('ProgramSubscription', ACK, {
  keeps: 'oracle-cpm/subscription-acks',
  ours: 'The path is published, the body is not: all of its names but nicId and headEndSystem are ours.',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{
      method: 'POST',
      path: '/rest/apis/cross/digitalAssets/programEnrollments/postAcknowledgement',
    },
    ...{ noun: 'ProgramSubscriptions', action: 'message', verbs: ['changed', 'created'] },
    ...{ shape: 'one', acknowledged: 'problem', holds: ['ackType'] },
    isAboutKnown: { unless: 'Customer' },
    needs: ['ackType', ['subscriptionId', 'syncRequestId']],
    answers: { by: 'syncRequestId', to: 'dacsMessageId' },
    mends: {
      'SUB-STRANGE':
        'List the devices as /enroll has told of them, and those of no other subscription.',
    },
  },
]
