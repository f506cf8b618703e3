// Forming a DER group: the owner creates it with its members and functions.

import { ASKED_POLICIES, GROUP } from './der-group.ts'
import { defineFlow } from './flow.ts'
import { capabilityShort } from './group-capability.ts'
import { refusedFor } from './group-compensation.ts'
import { MEMBERS_REQUIRED, formBreaches } from './group-members.ts'

export default defineFlow({
  ...GROUP,
  id: 'der-group-form',
  noun: 'DERGroups',
  verbs: ['create'],
  rules: formBreaches,
  short: capabilityShort,
  refused: refusedFor('form'),
  policies: { ...ASKED_POLICIES, membersRequired: MEMBERS_REQUIRED },
  pattern: 'RR',
  about: 'form DER groups; an mRID is assigned where none is given',
  source: 'GF-04, F31-D, DERG-1a to DERG-1e',
})
