// What is urgent, as far as that can be known before a message is read: by its party, and by its path where that names a
// noun. What is due by a time (`expires`) or goes first (`priority` above 0) is.

import { resolved } from '../parties/routing.ts'
import { matched } from '../parties/patterns.ts'
import type { Topology, Way } from '../parties/party.ts'

/** As much of a request as is known before it is read. */
export interface Unread {
  readonly party: string
  /** absent = the path names none, or it has not been looked at */
  readonly noun?: string | undefined
}

/** True for a request that may be of a way that is urgent. Of a way that names neither its senders nor nouns nothing is known. */
export function isUrgent({ party, noun }: Unread, topology: Topology): boolean {
  if (topology.parties.some((it) => it.id === party && it.urgent === true)) return true
  return urgentWays(topology).some(({ when }) => {
    if (when.from === undefined && (when.noun === undefined || noun === undefined)) return false
    const isFrom = when.from?.some((it) => isNamed(it, party, topology)) ?? true
    return isFrom && (noun === undefined || (when.noun?.includes(noun) ?? true))
  })
}

function isNamed(pattern: string, party: string, { aliases }: Topology): boolean {
  return matched(resolved(pattern, aliases), party) !== undefined
}

/** True where anything can be urgent at all. */
export function hasUrgent(topology: Topology): boolean {
  return urgentWays(topology).length > 0 || topology.parties.some(({ urgent }) => urgent === true)
}

/** True where a path can make a request urgent whatever its party. */
export function isByNoun(topology: Topology): boolean {
  return urgentWays(topology).some(({ when }) => when.noun !== undefined)
}

/** looked for at every request, in a configuration that hardly ever changes */
const known = new WeakMap<Topology, readonly Way[]>()

function urgentWays(topology: Topology): readonly Way[] {
  const found =
    known.get(topology) ??
    topology.ways.filter((it) => it.priority > 0 || it.expiresMs !== undefined)
  known.set(topology, found)
  return found
}
