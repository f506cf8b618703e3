// Whether a device could be reached, as the DERMS tells it when its head end has answered. Path, dacsMessageId and responseCode:
// Oracle mapping guide 22C, 2.5.

import type { VendorRoute } from '../dialect.ts'
import { DERMS_CHECK } from '../oracle-checks.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const ANSWER: readonly Row[] = [
  { kind: 'value', vendor: 'dacsMessageId', cim: 'mRID' },
  DERMS_CHECK,
  { kind: 'stamp', vendor: 'responseTimeISO', cim: 'responseDateTime' },
  { kind: 'stamp', vendor: 'lastSeen', cim: 'lastCommunication' },
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('EndDeviceStatus', ANSWER, {
  keeps: 'oracle-derms/status-check-acks',
  ours: 'lastSeen is not published: it is ours; so is which words of value there are, and what each code says with them.',
})

const ASKED = 'Write the dacsMessageId of the status_check that it answers.'

/** The path of the DERMS, below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/status-check-ack-to-dacs', noun: 'EndDeviceStatuses' },
    ...{ action: 'message', verbs: ['changed', 'created', 'reply'], shape: 'one' },
    ...{ acknowledged: 'msg-ack', namedBy: 'dacsMessageId', holds: ['responseCode'] },
    needs: ['dacsMessageId', 'responseCode'],
    namesMessage: true,
    mends: { '2.15': ASKED, 'DSC-UNASKED': ASKED },
  },
]
