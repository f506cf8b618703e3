// Removing members, or other parts of a group, by an OperationSet with elementOperation.

import { ASKED_POLICIES, GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'
import { dissolveRefused } from './group-restoring.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-remove-members',
  noun: 'DERGroups',
  verbs: ['execute'],
  refused: dissolveRefused,
  policies: ASKED_POLICIES,
  pattern: 'RR',
  about: 'carry out several operations on DER groups, removal of members among them',
  source: 'GD-02, DERG-3',
})
