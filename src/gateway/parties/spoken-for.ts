// Whose word it is that somebody has been told: that of the parties that have the role. Our own counts for it only where the
// role is the DSO's, as in the presets with a DERMS of its own, and where there are no parties at all.

import type { Topology } from './party.ts'
import { matched } from './patterns.ts'
import { resolved } from './routing.ts'

/** True for a party that has one of these roles, as routes name them; an alias leads to whoever has it. */
export function hasRole(
  party: string,
  roles: readonly string[],
  { aliases }: Pick<Topology, 'aliases'>,
): boolean {
  return roles.some((role) => matched(resolved(role, aliases), party) !== undefined)
}

/** True where some party has one of these roles. */
export function isThere(roles: readonly string[], topology: Topology): boolean {
  return topology.parties.some(({ id }) => hasRole(id, roles, topology))
}

/** True where what is here has arrived with the DERMS side as well, because that is the DSO's. */
export function isOwn({ parties, deployment }: Topology): boolean {
  return parties.length === 0 || deployment === 'centralized' || deployment === 'distributed'
}
