// Being told that a DER group was formed, changed or dissolved elsewhere.

import { GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-notice',
  noun: 'DERGroups',
  verbs: ['created', 'changed', 'deleted', 'executed'],
  pattern: 'EV',
  about: 'take over what another system says has happened to DER groups',
  source: 'GF-05, GN-01, GN-03, DERG-6 to DERG-9',
})
