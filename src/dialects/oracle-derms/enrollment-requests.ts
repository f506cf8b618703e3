// Enrollments as the DERMS passes them on from aggregators: a message around a list of requests, each answered by itself.
// Path and field names: Oracle mapping guide 22C, 2.2; the message around the list is that of flows.md EN-01.

import type { VendorRoute } from '../dialect.ts'
import { ENROLLMENT_SOURCES } from '../oracle-codes.ts'
import {
  ASSET_INFO,
  CUSTOMER_INFO,
  EXTERNAL_ID,
  LOCATION_INFO,
  PROGRAM_CODE,
  interval,
  known,
} from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const REQUEST: readonly Row[] = [
  { kind: 'value', vendor: 'transactionId', cim: 'transactionId', most: EXTERNAL_ID },
  { kind: 'code', vendor: 'enrollmentSource', cim: 'enrollmentSource', codes: ENROLLMENT_SOURCES },
  CUSTOMER_INFO,
  {
    kind: 'nest',
    vendor: 'programInfo',
    rows: [
      known('DemandResponseProgram', PROGRAM_CODE),
      known('CustomerAgreement', {
        ...{ vendor: 'cisServiceAgreementId', type: 'cisServiceAgreementId' },
      }),
      interval('validityInterval', 'startDateTimeISO', 'endDateTimeISO', 'as-is'),
    ],
  },
  LOCATION_INFO,
  ASSET_INFO,
]

/** Both directions; a request is known by its transactionId. */
export const { toCim, toVendor, mapped } = mapping('ProgramEnrollment', REQUEST, {
  around: { list: 'requests', id: 'messageId', rows: [] },
  keeps: 'oracle-derms',
})

/** The paths of the DERMS, below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/enroll-to-dacs', noun: 'ProgramEnrollments' },
    ...{ action: 'message', verbs: ['create'], shape: 'one', acknowledged: 'msg-ack' },
    ...{ repeatedBy: 'messageId', namedBy: 'transactionId', tellsId: true },
  },
]
