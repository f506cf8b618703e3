// Aggregators, who speak for the devices of a head-end system, as they are told to the DERMS (integration name Aggregator Sync).
// Path and field names are not published: they are ours.

import type { VendorRoute } from '../dialect.ts'
import { AGGREGATORS } from '../oracle-codes.ts'
import { PROGRAM_CODE } from '../oracle-names.ts'
import { CALLED, EMAIL, coded, interval, named, telephone } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const AGGREGATOR: readonly Row[] = [
  { kind: 'value', vendor: 'aggregatorId', cim: 'mRID' },
  { kind: 'value', vendor: 'headEndSystem', cim: 'headEndSystem', most: 50 },
  {
    kind: 'inline',
    cim: 'Organisation',
    rows: [CALLED, EMAIL, telephone('phone', 'phone1')],
  },
  {
    kind: 'list',
    vendor: 'programs',
    cim: 'DemandResponsePrograms',
    rows: [named(PROGRAM_CODE)],
  },
  interval('validityInterval', 'startDateTime', 'endDateTime', 'as-is'),
  coded(AGGREGATORS),
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('Aggregator', AGGREGATOR, {
  keeps: 'oracle-derms/aggregators',
  ours: 'None of it is published, apart from headEndSystem: it is ours.',
})

/** Below `/vendor/oracle-derms`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/aggregator-sync', noun: 'Aggregators', action: 'message' },
    ...{ verbs: ['create', 'change', 'close', 'created', 'changed', 'closed'], isEither: true },
    ...{ shape: 'one', acknowledged: 'msg-ack', namedBy: 'aggregatorId', ours: true },
  },
]
