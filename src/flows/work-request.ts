// A request for work: Engineering approves it before anything is done, and its end is told.

import { defineFlow } from './flow.ts'
import { WORKS, WORK_VERBS, steppedBy, withStatus, workTrigger } from './work.ts'

export default defineFlow({
  ...WORKS,
  id: 'work-request',
  noun: 'WorkRequests',
  objectType: 'WorkRequest',
  verbs: WORK_VERBS,
  pattern: 'RR',
  about: 'ask for work; nothing is scheduled that Engineering has not approved',
  source: 'WR-01 to WR-04, EPRI 3002014619 §5.6',
  stepped: steppedBy((status) =>
    status === 'waitingOnApproval' ? 'create' : workTrigger('', status),
  ),
  steps: {
    approve: (it) => withStatus(it, 'approved'),
    reject: (it) => withStatus(it, 'cancelled'),
  },
})
