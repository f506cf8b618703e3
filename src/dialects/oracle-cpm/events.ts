// Programme events as the customer programme side takes them: one for each stage of an event of the DERMS. Oracle REST reference
// 23C to 26.4, Create Program Event: created as pending, then scheduled by itself.

import type { VendorRoute } from '../dialect.ts'
import { CATEGORIES } from '../oracle-codes.ts'
import { external } from '../oracle-names.ts'
import { interval, known, named } from '../oracle-rows.ts'
import type { Row } from '../row.ts'
import { mapping } from '../translate.ts'

const EVENT: readonly Row[] = [
  named(external('eventExternalIdentifier')),
  { kind: 'code', vendor: 'programEventCategory', cim: 'category', codes: CATEGORIES },
  known('DemandResponseProgram', external('programExternalIdentifier')),
  {
    kind: 'only',
    cim: 'stages',
    rows: [
      named(external('externalIdentifier')),
      interval('interval', 'startDateTime', 'endDateTime', 'utc'),
      {
        kind: 'inline',
        cim: 'status',
        rows: [{ kind: 'constant', cim: 'value', value: 'SCHEDULED' }],
      },
    ],
  },
]

/** Both directions: n stages are n programme events, each with the ids of its stage and of its event. */
export const { toCim, toVendor, mapped } = mapping('ProgramEvent', EVENT, {
  each: 'stages',
  keeps: 'oracle-cpm/events',
})

/** The path of the REST service, below `/vendor/oracle-cpm`. */
export const routes: readonly VendorRoute[] = [
  {
    ...{ method: 'POST', path: '/rest/apis/cross/service/programEvent/', noun: 'ProgramEvents' },
    ...{ action: 'message', verbs: ['create', 'change', 'created'], isEither: true, shape: 'one' },
    ...{ acknowledged: 'problem', holds: ['startDateTime'], namedBy: 'externalIdentifier' },
  },
]
