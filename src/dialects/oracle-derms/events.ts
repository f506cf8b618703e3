// Events of the DERMS with their stages, and how far they are. Its statuses are published, spelled with one l, and its event
// types; path and field names are not: they are ours.

import type { VendorRoute } from '../dialect.ts'
import { DERMS_STAGES, EVENT_TYPES } from '../oracle-codes.ts'
import { PROGRAM_CODE, external } from '../oracle-names.ts'
import { codedWithReason, interval, known, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const EVENT: readonly Row[] = [
  named(external('eventId')),
  { kind: 'code', vendor: 'eventType', cim: 'category', codes: EVENT_TYPES },
  { kind: 'value', vendor: 'strategy', cim: 'strategy' },
  known('DemandResponseProgram', PROGRAM_CODE),
  {
    kind: 'list',
    vendor: 'stages',
    cim: 'stages',
    rows: [
      named(external('stageId')),
      { kind: 'value', vendor: 'objective', cim: 'objective' },
      interval('interval', 'startDateTime', 'endDateTime', 'utc'),
      codedWithReason(DERMS_STAGES),
    ],
  },
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('ProgramEvent', EVENT, {
  keeps: 'oracle-derms/events',
  ours: 'Statuses and event types are published; the names of the fields are ours.',
})

const NOUN = 'ProgramEvents'

/** Below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/program-event', noun: NOUN, action: 'message', ours: true },
    ...{ verbs: ['create', 'created'], shape: 'one', acknowledged: 'msg-ack', namedBy: 'eventId' },
  },
  {
    ...{ method: 'POST', path: '/program-event-status', noun: NOUN, action: 'message', ours: true },
    ...{ verbs: ['changed', 'change', 'closed', 'close'], shape: 'one', acknowledged: 'msg-ack' },
    ...{ namedBy: 'eventId', needs: ['eventId', 'stages'] },
    isAboutKnown: { unless: 'category', items: { list: 'stages', unless: 'interval' } },
  },
  {
    ...{ method: 'POST', path: '/event-cancel', noun: NOUN, action: 'message', ours: true },
    ...{ verbs: ['cancel', 'canceled'], shape: 'one', acknowledged: 'msg-ack', namedBy: 'eventId' },
    needs: ['eventId'],
    partly: { list: 'stages', verb: 'change', as: { status: { value: 'CANCELED' } } },
  },
]
