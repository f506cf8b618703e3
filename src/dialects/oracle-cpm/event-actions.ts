// The steps of a programme event, one at a time. Oracle REST reference 23C to 26.4, Action Program Event. A programme event is a
// stage, so that its id is that of the stage.

import type { VendorRoute } from '../dialect.ts'
import { ACTIONS } from '../oracle-codes.ts'
import { external } from '../oracle-names.ts'
import { named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const ACTION: readonly Row[] = [
  {
    kind: 'only',
    cim: 'stages',
    rows: [
      named(external('eventExternalIdentifier')),
      {
        kind: 'inline',
        cim: 'status',
        rows: [
          { kind: 'code', vendor: 'action', cim: 'value', codes: ACTIONS },
          { kind: 'value', vendor: 'cancelReason', cim: 'reason', most: 254, cut: true },
        ],
      },
    ],
  },
]

/** Both directions: each stage of an event takes its own step. */
export const { toCim, toVendor, mapped } = mapping('ProgramEvent', ACTION, {
  each: 'stages',
  keeps: 'oracle-cpm/event-actions',
  ours: 'Whether eventExternalIdentifier names the event or its stage is not published; as a programme event is a stage, ours is the stage.',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/rest/apis/cross/service/programEvent/lifecycle' },
    ...{ noun: 'ProgramEvents', action: 'message' },
    ...{ verbs: ['change', 'changed', 'close', 'closed', 'canceled', 'cancel'], shape: 'one' },
    ...{
      acknowledged: 'problem',
      holds: ['action'],
      needs: ['eventExternalIdentifier', 'action'],
      foundBy: { list: 'stages', rule: 'STG-DUP' },
      namedBy: 'eventExternalIdentifier',
    },
  },
]
