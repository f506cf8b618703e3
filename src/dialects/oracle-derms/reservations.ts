// The devices that the DERMS has reserved for a stage of an event, inline. Field names: Oracle mapping guide 22C, 2.6, where the
// list is a CSV beside the message; the path is not published and ours.

import type { VendorRoute } from '../dialect.ts'
import { DERMS_STAGES, EVENT_TYPES } from '../oracle-codes.ts'
import { DEVICE_KEY } from '../oracle-names.ts'
import { interval, known, sharedStage } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const RECORD: readonly Row[] = [
  { kind: 'value', vendor: 'recordId', cim: 'recordId' },
  known('EndDevice', { ...DEVICE_KEY, issuer: 'headEndSystemId' }),
  interval('reservation', 'reservationStartDateTime', 'reservationEndDateTime', 'utc'),
  sharedStage('eventId'),
]

const EVENT: Row = {
  kind: 'inline',
  cim: 'ProgramEvent',
  rows: [
    { kind: 'code', vendor: 'eventType', cim: 'category', codes: EVENT_TYPES },
    {
      kind: 'inline',
      cim: 'status',
      rows: [{ kind: 'code', vendor: 'eventStatus', cim: 'value', codes: DERMS_STAGES }],
    },
    interval('interval', 'eventStartDateTime', 'eventEndDateTime', 'utc'),
  ],
}

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('EventParticipation', RECORD, {
  around: { list: 'records', id: 'messageId', rows: [EVENT] },
  keeps: 'oracle-derms/reservations',
  ours: 'The list is a CSV beside the message; inline, its name is ours. That its end is acknowledged is published, where and with which members is not: MsgAck at /event-device-reserve-ack of the DERMS, with the messageId of the list and a response for each recordId, is ours.',
})

/** Below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/event-device-reserve', noun: 'EventParticipations' },
    ...{ action: 'message', verbs: ['create', 'created'], shape: 'one', ours: true },
    ...{ acknowledged: 'msg-ack', repeatedBy: 'messageId', namedBy: ['recordId', 'nicId'] },
    ...{ isReceipt: true, concludedAt: '/event-device-reserve-ack' },
  },
]
