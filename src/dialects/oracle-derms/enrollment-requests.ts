// Enrollments as the DERMS passes them on from aggregators: a message around a list of requests, each answered by itself.
// Path and field names: Oracle mapping guide 22C, 2.2; the message around the list is ours (EN-01).

import type { VendorRoute } from '../dialect.ts'
import { enrollment } from '../oracle-enrollment.ts'
import { interval } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const REQUEST: readonly Row[] = enrollment(
  interval('validityInterval', 'startDateTimeISO', 'endDateTimeISO', 'as-is'),
)

/** Both directions; a request is known by its transactionId. */
export const { toCim, toVendor, mapped } = mapping('ProgramEnrollment', REQUEST, {
  around: { list: 'requests', id: 'messageId', rows: [] },
  keeps: 'oracle-derms/enrollment-requests',
  ours: 'The responses are published as the answer to the request. Where that is only acknowledged (0.3), or not answered in time (4.1, 5.2), they are posted in the end, as MsgAck with the messageId of the request, to /enroll-to-dacs-ack of the DERMS: that is ours.',
})

/** The paths of the DERMS, below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/enroll-to-dacs', noun: 'ProgramEnrollments' },
    ...{ action: 'message', verbs: ['create'], shape: 'one', acknowledged: 'msg-ack' },
    ...{ repeatedBy: 'messageId', namedBy: 'transactionId', tellsId: true },
    concludedAt: '/enroll-to-dacs-ack',
  },
]
