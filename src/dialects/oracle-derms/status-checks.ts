// The question whether a device can be reached, as the DERMS takes it. Path and field names: Oracle mapping guide 22C, 2.4.

import type { VendorRoute } from '../dialect.ts'
import { checkedDevice } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const CHECK: readonly Row[] = [
  { kind: 'value', vendor: 'dacsMessageId', cim: 'mRID' },
  checkedDevice('DeviceInfo'),
]

/** Both directions; dacsMessageId is the communicationId of the customer programme side. */
export const { toCim, toVendor, mapped } = mapping('EndDeviceStatus', CHECK, {
  keeps: 'oracle-derms/status-checks',
})

/** The path of the DERMS, below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/status_check', noun: 'EndDeviceStatuses', action: 'message' },
    ...{ verbs: ['get'], shape: 'one', acknowledged: 'msg-ack', namedBy: 'dacsMessageId' },
    answeredLater: true,
    needs: ['dacsMessageId'],
    namesMessage: true,
  },
]
