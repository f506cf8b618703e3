// How far an enrollment is, as the customer programme side tells it of its own accord. That it does is ours: published is only that
// it can be asked (GET enroll/{Enrollment Id}, since 24C), and of the statuses only PENDING.

import type { VendorRoute } from '../dialect.ts'
import { ENROLLMENTS } from '../oracle-codes.ts'
import { EXTERNAL_ID } from '../oracle-names.ts'
import { codedWithReason, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const STATUS: readonly Row[] = [
  named({ vendor: 'enrollmentId', type: 'enrollmentId', most: EXTERNAL_ID }),
  { kind: 'value', vendor: 'transactionId', cim: 'transactionId', most: EXTERNAL_ID },
  codedWithReason(ENROLLMENTS),
]

/** Both directions; an enrollment is known by its transactionId, or by the enrollmentId once that has been told. */
export const { toCim, toVendor, mapped } = mapping('ProgramEnrollment', STATUS, {
  keeps: 'oracle-cpm/enrollment-statuses',
  ours: 'None of it is published, apart from transactionId and enrollmentId: it is ours.',
})

/** Below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/enrollment-status', noun: 'ProgramEnrollments', ours: true },
    ...{ action: 'message', verbs: ['changed'], shape: 'one', acknowledged: 'msg-ack' },
    ...{ namedBy: 'transactionId', needs: ['status', ['transactionId', 'enrollmentId']] },
  },
]
