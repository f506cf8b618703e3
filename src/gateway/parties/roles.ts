// Which roles of the flows a party has: by its own name, by the aliases that lead to it, and by what the configuration adds.

import { ROLES } from '../../flows/role.ts'
import type { Role } from '../../flows/role.ts'
import type { Party, Topology } from './party.ts'
import { matched } from './patterns.ts'
import { resolved } from './routing.ts'

const ALL = Object.entries(ROLES) as readonly (readonly [Role, readonly string[]])[]

/** Empty for a party of which nobody can tell. */
export function rolesOf(
  { id, roles = [] }: Pick<Party, 'id' | 'roles'>,
  { aliases }: Pick<Topology, 'aliases'>,
): readonly Role[] {
  return ALL.filter(([role, names]) => {
    const patterns = [...names, ...names.map((it) => resolved(it, aliases))]
    return roles.includes(role) || patterns.some((it) => matched(it, id) !== undefined)
  }).map(([role]) => role)
}

/** The roles of a sender; empty where it is no party. */
export function rolesOfSender(party: string, topology: Topology): readonly Role[] {
  return byParty(topology).get(party) ?? []
}

/** Asked for every message, and the same as long as the topology is in force. */
const known = new WeakMap<Topology, ReadonlyMap<string, readonly Role[]>>()

function byParty(topology: Topology): ReadonlyMap<string, readonly Role[]> {
  const roles =
    known.get(topology) ?? new Map(topology.parties.map((it) => [it.id, rolesOf(it, topology)]))
  known.set(topology, roles)
  return roles
}

/** Parties that may come in, and whose steps cannot be judged, because nobody has said what they are. */
export function rolelessParties(topology: Topology): readonly string[] {
  return topology.parties
    .filter((it) => it.proofs.length > 0 && it.operator !== true)
    .filter((it) => it.rights?.includes('exchange') ?? true)
    .filter((it) => rolesOf(it, topology).length === 0)
    .map(({ id }) => id)
}

/** Whose steps are judged, in a few words for whoever looks after it. */
export function judgedByRole(topology: Topology): string {
  const judged = topology.parties.filter((it) => rolesOf(it, topology).length > 0).length
  if (judged === 0)
    return 'steps of flows: nobody has a role, so whoever comes in may take all of them'
  return `steps of flows: judged by role, of ${judged} of ${topology.parties.length} parties`
}
