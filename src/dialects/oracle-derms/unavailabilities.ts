// Times in which devices of a customer are not to be called (integration name Customer Unavailability Update). Path and field
// names are not published: they are ours.

import type { VendorRoute } from '../dialect.ts'
import { UNAVAILABILITIES } from '../oracle-codes.ts'
import { DEVICE_KEY } from '../oracle-names.ts'
import { coded, interval, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const UNAVAILABILITY: readonly Row[] = [
  { kind: 'value', vendor: 'unavailabilityId', cim: 'mRID' },
  {
    kind: 'inline',
    cim: 'ProgramSubscription',
    rows: [{ kind: 'value', vendor: 'subscriptionId', cim: 'mRID' }],
  },
  interval('period', 'startDateTime', 'endDateTime', 'as-is'),
  { kind: 'value', vendor: 'reason', cim: 'reason' },
  { kind: 'value', vendor: 'requestedBy', cim: 'requestedBy' },
  {
    kind: 'list',
    vendor: 'devices',
    cim: 'EndDevices',
    rows: [named(DEVICE_KEY)],
  },
  coded(UNAVAILABILITIES),
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('DeviceUnavailability', UNAVAILABILITY, {
  keeps: 'oracle-derms/unavailabilities',
  ours: 'None of it is published, apart from nicId and headEndSystem: it is ours.',
})

/** Below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/customer-unavailability', noun: 'DeviceUnavailabilities' },
    ...{ action: 'message', isEither: true, shape: 'one', ours: true },
    verbs: ['create', 'change', 'cancel', 'created', 'changed', 'canceled'],
    ...{ acknowledged: 'msg-ack', namedBy: 'unavailabilityId' },
  },
]
