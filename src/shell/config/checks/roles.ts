// Checks of roles: whose steps can be judged. Where nobody has a role, nobody's are.

import { ROLE_NAMES } from '../../../flows/role.ts'
import { rightsOf } from '../../../gateway/access/rights.ts'
import { providerOf } from '../../../gateway/parties/provider.ts'
import { rolelessParties, rolesOf } from '../../../gateway/parties/roles.ts'
import type { Across, Check } from './check.ts'

/** A party that may do nothing of what it is there for. */
export const idleRights: Check = ({ topology: { parties, ways } }) =>
  parties.flatMap(({ id, rights, operator, proofs }): readonly Across[] => {
    if (rights === undefined || operator === true || proofs.length === 0) return []
    const path = ['parties', id, 'rights']
    if (rights.length === 0)
      return [
        {
          path,
          severity: 'warning',
          message: `${id} may do nothing; write what it may, or leave out auth`,
        },
      ]
    const at = ways.findIndex((it) => it.when.from?.includes(id) === true)
    const message = `routes[${at}] waits for its messages, and without the right exchange it may send none; add exchange, or leave out the route`
    return rights.includes('exchange') || at < 0 ? [] : [{ path, severity: 'warning', message }]
  })

/** A provider that sees what is of others: for each of them only its own is there, unless somebody has written this. */
export const seeingProviders: Check = ({ topology }) =>
  topology.parties.flatMap((party): readonly Across[] => {
    const { id, operator } = party
    const isSeeing = rightsOf(party).includes('allParties') && party.proofs.length > 0
    if (!isSeeing || providerOf(id, topology) === undefined) return []
    const path = ['parties', id, operator === true ? 'operator' : 'rights']
    const message = `${id} is a provider, and would see the messages and objects of all others; take allParties away from it`
    return [{ path, severity: 'warning', message }]
  })

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
