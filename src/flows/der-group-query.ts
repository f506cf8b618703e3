// Asking for DER groups.

import { GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-query',
  noun: 'DERGroups',
  verbs: ['get'],
  pattern: 'RR',
  about: 'query DER groups by mRID or name, or all of them',
  source: 'GF-06, DERG-5a to DERG-5c',
})
