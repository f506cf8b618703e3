// Changing a DER group: merged by member identity, so that a change holds only what it adds or alters.

import { ASKED_POLICIES, GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'
import { refusedFor } from './group-compensation.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-change',
  noun: 'DERGroups',
  verbs: ['change'],
  refused: refusedFor('addMembers'),
  policies: ASKED_POLICIES,
  pattern: 'RR',
  about: 'add members or alter a DER group; what is not named stays',
  source: 'GF-06, DERG-2a, DERG-2b',
})
