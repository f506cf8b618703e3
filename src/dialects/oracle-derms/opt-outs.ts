// A customer does not want to take part in an event: told to the DERMS, device by device (integration name Customer Event Opt-Out
// Update). Path and field names are not published: they are ours.

import type { VendorRoute } from '../dialect.ts'
import { external } from '../oracle-names.ts'
import { KEYED_DEVICE, known } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const OPT_OUT: readonly Row[] = [
  { kind: 'value', vendor: 'participationId', cim: 'mRID' },
  known('stage', external('stageId')),
  known('ProgramEvent', external('eventId')),
  KEYED_DEVICE,
  { kind: 'value', vendor: 'preemptiveOptOut', cim: 'preemptiveOptOut' },
  { kind: 'value', vendor: 'requestedBy', cim: 'requestedBy' },
  {
    kind: 'inline',
    cim: 'status',
    // The reason of a status is a code (6.5, cancelled by a user); what the customer has said is its remark.
    rows: [
      { kind: 'value', vendor: 'reason', cim: 'remark' },
      { kind: 'value', vendor: 'reasonCode', cim: 'reason' },
    ],
  },
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('EventParticipation', OPT_OUT, {
  keeps: 'oracle-derms/opt-outs',
  ours: 'None of it is published, apart from nicId and headEndSystem: it is ours.',
})

/** Below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/event-opt-out', noun: 'EventParticipations', ours: true },
    ...{ action: 'message', verbs: ['change', 'changed'], shape: 'one' },
    ...{
      acknowledged: 'msg-ack',
      namedBy: ['participationId', 'nicId'],
      holds: ['preemptiveOptOut'],
      // Who opts out cannot come back, so that it is never understood from what is left out.
      needs: ['preemptiveOptOut', ['participationId', 'nicId'], ['participationId', 'stageId']],
    },
  },
]
