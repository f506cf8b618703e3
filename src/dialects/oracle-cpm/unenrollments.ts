// The end of an enrollment as the customer programme side takes it. Oracle REST reference 23A to 26.4, Create Program
// Unenrollment. Its reasons are configured by each customer, so they are no codes here.

import type { VendorRoute } from '../dialect.ts'
import { REMOVALS } from '../oracle-codes.ts'
import { CUSTOMER_NAMED, LOCATION_INFO, day } from '../oracle-enrollment.ts'
import { EXTERNAL_ID, PROGRAM_CODE } from '../oracle-names.ts'
import { known, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const UNENROLLMENT: readonly Row[] = [
  named({ vendor: 'transactionId', type: 'transactionId', most: EXTERNAL_ID }),
  {
    kind: 'inline',
    cim: 'status',
    rows: [
      { kind: 'value', vendor: 'unenrollReason', cim: 'reason' },
      { kind: 'constant', cim: 'value', value: 'INACTIVE' },
    ],
  },
  // A subscription names its customer, and has no place for how to call on them: that is kept beside it.
  CUSTOMER_NAMED,
  {
    kind: 'nest',
    vendor: 'programInfo',
    rows: [known('DemandResponseProgram', PROGRAM_CODE), day('endDate', 'end')],
  },
  LOCATION_INFO,
  {
    kind: 'nest',
    vendor: 'assetInfo',
    rows: [{ kind: 'code', vendor: 'removalMethod', cim: 'removalMethod', codes: REMOVALS }],
  },
]

/** Both directions; where the end stands is ours. */
export const { toCim, toVendor, mapped } = mapping('ProgramSubscription', UNENROLLMENT, {
  keeps: 'oracle-cpm/unenrollments',
  ours: 'programInfo.endDate is not published: it is ours.',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/rest/apis/cross/digitalAssets/programEnrollments/unenroll' },
    ...{ noun: 'ProgramSubscriptions', action: 'message', verbs: ['close', 'closed'] },
    ...{ shape: 'one', acknowledged: 'problem', namedBy: 'transactionId', isSought: true },
  },
]
