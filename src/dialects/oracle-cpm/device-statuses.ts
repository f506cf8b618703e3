// Whether a device could be reached, as the customer programme side is told. Oracle REST reference 23A to 26.4, Controllable
// Device Status. Published are a status and the id of the question alone: what a device has answered is said by these, and for what
// is no answer value and message say which it is, and why. What a head end says besides is kept with the check, and listed with
// the message as what was not told (UNMAPPED).

import type { VendorRoute } from '../dialect.ts'
import { CPM_CHECK } from '../oracle-checks.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const RESPONSE: readonly Row[] = [
  {
    kind: 'nest',
    vendor: 'responseDetail',
    rows: [
      { kind: 'value', vendor: 'transactionID', cim: 'mRID', most: 30 },
      {
        kind: 'nest',
        vendor: 'result',
        rows: [CPM_CHECK],
      },
    ],
  },
]

/** Both directions; transactionID is the communicationId of the question. */
export const { toCim, toVendor, mapped } = mapping('EndDeviceStatus', RESPONSE, {
  keeps: 'oracle-cpm/device-statuses',
  ours: 'value and message are not published: they are ours, and so is what each status says of a device.',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/rest/apis/cross/digitalAssets/controllableDeviceStatus/response' },
    ...{ noun: 'EndDeviceStatuses', action: 'message', verbs: ['changed', 'created', 'reply'] },
    ...{ shape: 'one', acknowledged: 'problem', holds: ['responseDetail'] },
    needs: ['responseDetail/transactionID', 'responseDetail/result/status'],
  },
]
