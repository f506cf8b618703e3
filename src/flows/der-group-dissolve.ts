// Dissolving a DER group as a whole.

import { GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-dissolve',
  noun: 'DERGroups',
  verbs: ['delete'],
  pattern: 'RR',
  about: 'dissolve DER groups, named by mRID, by name or by Payload/ID',
  source: 'GD-01, DERG-4',
})
