// Dispatching a DER group by a schedule.

import { DISPATCH } from '../lifecycles/dispatch.ts'
import { defineFlow } from './flow.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'

export default defineFlow({
  ...RECORDED,
  lifecycle: DISPATCH,
  id: 'der-group-dispatch',
  noun: 'DERGroupDispatches',
  objectType: 'DERGroupDispatch',
  verbs: [...REPORT_VERBS, 'get', 'cancel', 'canceled'],
  pattern: 'RR',
  about: 'record and cancel dispatches of DER groups',
  source: 'DERGD-1a to DERGD-1e, GN-02',
})
