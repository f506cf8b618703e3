// Aggregators, who speak for the devices of a head-end system, as they are told to the DERMS (integration name Aggregator Sync).
// Path and field names are not published: they are ours.

import type { VendorRoute } from '../dialect.ts'
import { AGGREGATORS } from '../oracle-codes.ts'
import { PROGRAM_CODE, interval } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const AGGREGATOR: readonly Row[] = [
  { kind: 'value', vendor: 'aggregatorId', cim: 'mRID' },
  { kind: 'value', vendor: 'headEndSystem', cim: 'headEndSystem', most: 50 },
  {
    kind: 'inline',
    cim: 'Organisation',
    rows: [
      { kind: 'names', cim: 'Names', names: [{ vendor: 'name', type: 'name', most: 254 }] },
      {
        kind: 'inline',
        cim: 'electronicAddress',
        rows: [{ kind: 'value', vendor: 'email', cim: 'email1', most: 254 }],
      },
      {
        kind: 'inline',
        cim: 'phone1',
        rows: [{ kind: 'value', vendor: 'phone', cim: 'localNumber', most: 24 }],
      },
    ],
  },
  {
    kind: 'list',
    vendor: 'programs',
    cim: 'DemandResponsePrograms',
    rows: [{ kind: 'names', cim: 'Names', names: [PROGRAM_CODE] }],
  },
  interval('validityInterval', 'startDateTime', 'endDateTime', 'as-is'),
  {
    kind: 'inline',
    cim: 'status',
    rows: [{ kind: 'code', vendor: 'status', cim: 'value', codes: AGGREGATORS }],
  },
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('Aggregator', AGGREGATOR, {
  keeps: 'oracle-derms',
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
