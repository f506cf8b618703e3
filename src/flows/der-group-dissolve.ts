// Dissolving a DER group as a whole.

import { GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'
import { dissolveRefused } from './group-restoring.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-dissolve',
  noun: 'DERGroups',
  verbs: ['delete'],
  refused: dissolveRefused,
  pattern: 'RR',
  about: 'dissolve DER groups, named by mRID, by name or by Payload/ID',
  source: 'GD-01, DERG-4',
})
