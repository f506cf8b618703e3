// The question whether a device can be reached, as the customer programme side asks it. Field names: Oracle mapping guide 22C,
// 2.4; the address that it is sent to is configured there, so the path is ours.

import type { VendorRoute } from '../dialect.ts'
import { checkedDevice } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const CHECK: readonly Row[] = [
  {
    kind: 'nest',
    vendor: 'sendDetails',
    rows: [
      { kind: 'value', vendor: 'communicationId', cim: 'mRID', most: 30 },
      checkedDevice('deviceInfo'),
    ],
  },
]

/** Both directions; a check is known by its communicationId. */
export const { toCim, toVendor, mapped } = mapping('EndDeviceStatus', CHECK, {
  keeps: 'oracle-cpm/device-status-checks',
})

/** Below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/device-status-check', noun: 'EndDeviceStatuses' },
    ...{ action: 'message', verbs: ['get'], shape: 'one', acknowledged: 'msg-ack', ours: true },
    ...{ repeatedBy: 'sendDetails/communicationId', namedBy: 'sendDetails/communicationId' },
    needs: ['sendDetails/communicationId'],
    namesMessage: true,
    answeredLater: true,
  },
]
