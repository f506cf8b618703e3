// Enrollments as the customer programme side takes them: one by one, with a date of start where others have an instant.
// Oracle REST reference 23A to 26.4, Create Program Enrollment.

import type { VendorRoute } from '../dialect.ts'
import { ENROLLMENTS } from '../oracle-codes.ts'
import { day, enrollment } from '../oracle-enrollment.ts'
import { coded } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const ENROLLMENT: readonly Row[] = [
  { kind: 'value', vendor: 'enrollmentId', cim: 'mRID', answer: true },
  ...enrollment(day('startDate', 'start')),
  { ...coded(ENROLLMENTS), answer: true },
]

const BASE = '/rest/apis/cross/digitalAssets/programEnrollments'
const NOUN = 'ProgramEnrollments'

/** Both directions; the date of start is the one at the place, never one that is cut off a time. */
export const { toCim, toVendor, mapped } = mapping('ProgramEnrollment', ENROLLMENT, {
  keeps: 'oracle-cpm/enrollments',
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
