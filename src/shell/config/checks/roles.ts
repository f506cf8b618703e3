// Checks of roles: whose steps can be judged. Where nobody has a role, nobody's are.

import { ROLE_NAMES } from '../../../flows/role.ts'
import { rolelessParties, rolesOf } from '../../../gateway/parties/roles.ts'
import type { Check } from './check.ts'

/** A party beside others of which it is known what they are. */
export const unknownRoles: Check = ({ topology }) => {
  const isJudged = topology.parties.some((it) => rolesOf(it, topology).length > 0)
  if (!isJudged) return []
  return rolelessParties(topology).map((id) => ({
    path: ['parties', id],
    ofKey: true,
    because: [['partyAliases'], ['parties', id, 'roles']],
    severity: 'warning',
    message: `nobody knows which steps of flows are its part, so it may take all; write roles: one or more of ${ROLE_NAMES.join(', ')}`,
  }))
}
