// The way that leads to a party what is on its way to it already, as the topology in force has it.

import { RETRY } from './delivery/retry.ts'
import type { Leg } from './ledger.ts'
import type { Topology, Way } from './parties/party.ts'
import { matched } from './parties/patterns.ts'
import { resolved } from './parties/routing.ts'

/** For what no way leads to its party any more. */
export const NO_WAY = {
  retry: RETRY,
  priority: 0,
  timeoutMs: 30_000,
  whenTargetDown: 'queue',
} as const

/** The way that leads such messages to the party now; undefined where there is none any more. */
export function wayOfLeg(topology: Topology, { noun, verb, party }: Leg): Way | undefined {
  const ways = topology.ways.filter(
    ({ when }) =>
      (when.noun?.includes(noun) ?? true) && (when.verb?.some((it) => it === verb) ?? true),
  )
  const isTo = (it: Way) =>
    it.to.some((to) => matched(resolved(to, topology.aliases), party) !== undefined)
  return ways.find(isTo) ?? ways[0]
}
