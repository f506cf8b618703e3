// Enrollments as the customer programme side takes them: one by one, with a date of start where others have an instant.
// Oracle REST reference 23A to 26.4, Create Program Enrollment.

import type { VendorRoute } from '../dialect.ts'
import { ENROLLMENTS, ENROLLMENT_SOURCES } from '../oracle-codes.ts'
import {
  ASSET_INFO,
  CUSTOMER_INFO,
  EXTERNAL_ID,
  LOCATION_INFO,
  PROGRAM_CODE,
  known,
} from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const ZONE = { vendor: ['locationInfo', 'timeZone'], cim: ['ServiceLocation', 'timeZone'] } as const

const ENROLLMENT: readonly Row[] = [
  { kind: 'value', vendor: 'enrollmentId', cim: 'mRID', answer: true },
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
      {
        kind: 'inline',
        cim: 'validityInterval',
        rows: [{ kind: 'date', vendor: 'startDate', cim: 'start', zone: ZONE }],
      },
    ],
  },
  LOCATION_INFO,
  ASSET_INFO,
  {
    kind: 'inline',
    cim: 'status',
    answer: true,
    rows: [{ kind: 'code', vendor: 'status', cim: 'value', codes: ENROLLMENTS }],
  },
]

const BASE = '/rest/apis/cross/digitalAssets/programEnrollments'
const NOUN = 'ProgramEnrollments'

/** Both directions; the date of start is the one at the place, never one that is cut off a time. */
export const { toCim, toVendor, mapped } = mapping('ProgramEnrollment', ENROLLMENT, {
  keeps: 'oracle-cpm',
})

/** The paths of the REST services, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: `${BASE}/enroll`, noun: NOUN },
    ...{ action: 'message', verbs: ['create'], shape: 'one', acknowledged: 'problem' },
    namedBy: 'transactionId',
  },
  {
    ...{ method: 'GET', path: `${BASE}/enroll/{enrollmentId}`, noun: NOUN },
    ...{ action: 'read', shape: 'one' },
  },
]
