// Dispatching a DER group by a schedule.

import { defineFlow } from './flow.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-dispatch',
  noun: 'DERGroupDispatches',
  objectType: 'DERGroupDispatch',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'RR',
  about: 'record dispatches of DER groups',
  source: 'DERGD-1a to DERGD-1e, GN-02',
})
