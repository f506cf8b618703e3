// The cancellation of a whole event before it starts, with all of its stages. Oracle REST reference 23A, Cancel Program Event;
// later releases cancel stage by stage.

import type { VendorRoute } from '../dialect.ts'
import { external } from '../oracle-names.ts'
import { named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const CANCELLATION: readonly Row[] = [
  named(external('eventExternalIdentifier')),
  {
    kind: 'inline',
    cim: 'status',
    rows: [
      { kind: 'value', vendor: 'cancelMessage', cim: 'reason', most: 100, cut: true },
      { kind: 'constant', cim: 'value', value: 'CANCELED' },
    ],
  },
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('ProgramEvent', CANCELLATION, {
  keeps: 'oracle-cpm/event-cancellations',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', noun: 'ProgramEvents', action: 'message', verbs: ['cancel', 'canceled'] },
    path: '/rest/apis/cross/service/programEventParticipation/preEventCancellation',
    ...{ shape: 'one', acknowledged: 'problem', namedBy: 'eventExternalIdentifier' },
    needs: ['eventExternalIdentifier'],
  },
]
