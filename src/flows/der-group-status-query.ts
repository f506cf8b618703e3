// Asking for the status of DER groups.

import { defineFlow } from './flow.ts'
import { RECORDED } from './record.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-group-status-query',
  noun: 'DERGroupStatuses',
  objectType: 'DERGroupStatus',
  verbs: ['get'],
  pattern: 'RR',
  about: 'query the last status reported of DER groups',
  source: 'DERGS-1a to DERGS-1d',
})
