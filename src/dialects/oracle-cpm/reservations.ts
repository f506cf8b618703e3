// The devices that are reserved for a programme event. Oracle REST reference 23A to 26.4, Reserve Device; times are UTC in the
// form of XSD (mapping guide 22C, 2.6), and its examples have them otherwise.

import type { VendorRoute } from '../dialect.ts'
import { CATEGORIES } from '../oracle-codes.ts'
import { KEYED_DEVICE, interval, sharedStage } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const DEVICE: readonly Row[] = [
  KEYED_DEVICE,
  interval('reservation', 'reservationStartDateTime', 'reservationEndDateTime', 'utc'),
  sharedStage('eventExternalIdentifier'),
]

const EVENT: Row = {
  kind: 'inline',
  cim: 'ProgramEvent',
  rows: [
    { kind: 'code', vendor: 'eventType', cim: 'category', codes: CATEGORIES },
    interval('interval', 'eventStartDateTime', 'eventEndDateTime', 'utc'),
  ],
}

/** Both directions: devices of several stages are messages of their own. */
export const { toCim, toVendor, mapped } = mapping('EventParticipation', DEVICE, {
  around: { list: 'deviceList', rows: [EVENT] },
  keeps: 'oracle-cpm/reservations',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', noun: 'EventParticipations', action: 'message' },
    path: '/rest/apis/cross/service/programEventParticipation/reserveDevice',
    ...{ verbs: ['create', 'created'], shape: 'one', acknowledged: 'msg-ack', namedBy: 'nicId' },
    ...{ isReceipt: true, repeats: ['eventExternalIdentifier', 'headEndSystem'] },
  },
]
