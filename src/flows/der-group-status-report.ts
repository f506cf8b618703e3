// Being told the status of DER groups.

import { defineFlow } from './flow.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-status-report',
  noun: 'DERGroupStatuses',
  objectType: 'DERGroupStatus',
  verbs: REPORT_VERBS,
  pattern: 'EV',
  about: 'report the aggregated status of DER groups',
  source: 'F31-F, DERGS-2',
})
