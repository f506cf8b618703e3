// Enrollment sync as the customer programme side sends it, one subscription at a time. Field names: Oracle mapping guide 22C,
// 2.3; the address that it is sent to is configured there, so the path is ours.

import type { VendorRoute } from '../dialect.ts'
import { named } from '../oracle-rows.ts'
import { subscription } from '../oracle-subscription.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const SYNC: readonly Row[] = [
  {
    kind: 'nest',
    vendor: 'sendDetails',
    rows: [
      named({ vendor: 'syncRequestId', type: 'syncRequestId' }),
      ...subscription('startDateTime', 'endDateTime'),
    ],
  },
]

/** What is not published, and holds here. */
const OURS = [
  'Fields of controllableDevices other than nicId and headEndSystem are not published: they are ours.',
  'So is that the list is all of them: a device that it names no longer, or names as INACTIVE, leaves the subscription and what it is reserved for; one that comes in the same message takes its place (device replacement).',
].join(' ')

/** Both directions; a subscription is known by its subscriptionId. */
export const { toCim, toVendor, mapped } = mapping('ProgramSubscription', SYNC, {
  keeps: 'oracle-cpm/subscriptions',
  ours: OURS,
})

/** Below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/enrollment-sync', noun: 'ProgramSubscriptions' },
    ...{ action: 'message', verbs: ['create', 'change'], isEither: true, shape: 'one' },
    ...{ acknowledged: 'msg-ack', ours: true },
    ...{ namedBy: 'sendDetails/syncRequestId', namesMessage: true },
    mends: {
      'SUB-SM':
        'Tell first that the enrollment is COMPLETED (POST /vendor/oracle-cpm/enrollment-status with its transactionId), then send this again; where enrollments do not pass here, see prematureActive in the configuration.',
      'SUB-CLOSE':
        'Write endDateTime and status INACTIVE in subscriptionInfo, and status INACTIVE on each of controllableDevices.',
    },
    wholly: { list: 'EndDevices', left: { status: { value: 'excluded' } } },
  },
]
