// How far programme events are, as the customer programme side spells it: cancelled with two l, in progress with a space. The
// statuses are published (functional overview, Event Participation); that they can be listed by this path is ours.

import type { VendorRoute } from '../dialect.ts'
import { CPM_STAGES } from '../oracle-codes.ts'
import { external } from '../oracle-names.ts'
import { coded, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const EVENT_STATUS: readonly Row[] = [
  named(external('eventExternalIdentifier')),
  {
    kind: 'only',
    cim: 'stages',
    rows: [named(external('externalIdentifier')), coded(CPM_STAGES)],
  },
]

/** Both directions: each stage of an event is a programme event with a status of its own. */
export const { toCim, toVendor, mapped } = mapping('ProgramEvent', EVENT_STATUS, {
  each: 'stages',
  keeps: 'oracle-cpm/event-statuses',
  ours: 'The statuses are published; the path by which they are listed is ours.',
})

/** Below `/vendor/oracle-cpm`, where programme events are also created. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'GET', path: '/rest/apis/cross/service/programEvent/', noun: 'ProgramEvents' },
    ...{ action: 'list', shape: 'many', ours: true },
  },
]
