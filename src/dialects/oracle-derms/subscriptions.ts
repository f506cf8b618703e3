// Enrollment sync as the DERMS takes it, one subscription at a time. Path and field names: Oracle mapping guide 22C, 2.3. What it
// says of the connection (ConnectivityProperties) is a matter of its own instances, and kept.

import type { VendorRoute } from '../dialect.ts'
import { named } from '../oracle-rows.ts'
import { subscription } from '../oracle-subscription.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const SYNC: readonly Row[] = [
  named({ vendor: 'dacsMessageId', type: 'syncRequestId', ofMessage: true }),
  ...subscription('startDateTimeISO', 'endDateTimeISO'),
]

/** Both directions; dacsMessageId is the syncRequestId of the customer programme side, or else the id of our message. */
export const { toCim, toVendor, mapped } = mapping('ProgramSubscription', SYNC, {
  keeps: 'oracle-derms/subscriptions',
  ours: 'Fields of controllableDevices other than nicId and headEndSystem are not published: they are ours.',
})

/** The path of the DERMS, below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/enroll', noun: 'ProgramSubscriptions', action: 'message' },
    ...{ verbs: ['create', 'change', 'close', 'created', 'changed', 'closed'], isEither: true },
    ...{ shape: 'one', acknowledged: 'msg-ack', namedBy: 'dacsMessageId' },
    namesMessage: true,
    whole: { without: 'syncRequestId' },
  },
]
