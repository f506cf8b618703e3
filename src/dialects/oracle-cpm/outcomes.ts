// How devices took part in a programme event. Oracle REST reference 23A to 26.4, Post Event Outcome.

import type { VendorRoute } from '../dialect.ts'
import { OUTCOMES } from '../oracle-codes.ts'
import { external } from '../oracle-names.ts'
import { KEYED_DEVICE, interval, known } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const OUTCOME: readonly Row[] = [
  known('stage', external('eventExternalIdentifier')),
  KEYED_DEVICE,
  { kind: 'code', vendor: 'outcome', cim: 'outcome', codes: OUTCOMES },
  { kind: 'value', vendor: 'errorMessage', cim: 'errorMessage', most: 100, cut: true },
  interval('outcomeInterval', 'participationStartDateTime', 'participationEndDateTime', 'utc'),
]

/** Both directions. */
export const { toCim, toVendor, mapped } = mapping('EventParticipation', OUTCOME, {
  around: { list: 'postOutcomeList', rows: [] },
  keeps: 'oracle-cpm/outcomes',
  ours: 'The name of the list is that of release 23A; later releases do not publish one. That a response repeats eventExternalIdentifier and headEndSystem beside its id, the nicId, is ours.',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', noun: 'EventParticipations', action: 'message' },
    path: '/rest/apis/cross/service/programEventParticipation/postEventOutcome',
    ...{ verbs: ['changed', 'change', 'closed'], shape: 'one', acknowledged: 'msg-ack' },
    ...{ namedBy: 'nicId', repeats: ['eventExternalIdentifier', 'headEndSystem'] },
    holds: ['postOutcomeList/outcome'],
    needs: ['eventExternalIdentifier', 'nicId', 'outcome'],
    mends: {
      'OUT-STATE':
        'Tell first that the stage is IN PROGRESS and, when it is over, that it is COMPLETED (POST /vendor/oracle-derms/program-event-status), then the outcomes.',
    },
  },
]
