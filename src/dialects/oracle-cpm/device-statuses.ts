// Whether a device could be reached, as the customer programme side is told. Oracle REST reference 23A to 26.4, Controllable
// Device Status. It has a place for success or failure and for the id of the question alone: what is neither is not sent, and what
// a head end says besides is kept with the check, and listed with the message as what was not told (UNMAPPED).

import type { VendorRoute } from '../dialect.ts'
import { CHECKS } from '../oracle-codes.ts'
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
        rows: [{ kind: 'code', vendor: 'status', cim: 'commState', codes: CHECKS }],
      },
    ],
  },
  {
    kind: 'inline',
    cim: 'status',
    rows: [{ kind: 'constant', cim: 'value', value: 'answered' }],
  },
]

/** Both directions; transactionID is the communicationId of the question. */
export const { toCim, toVendor, mapped } = mapping('EndDeviceStatus', RESPONSE, {
  keeps: 'oracle-cpm/device-statuses',
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
