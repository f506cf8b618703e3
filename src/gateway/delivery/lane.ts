// Which messages are sent one after the other: those of one party with one order key.

import type { Leg, Slot } from '../ledger.ts'
import type { Topology } from '../parties/party.ts'

/** milliseconds for which a lane is leased beyond the longest try */
const LEASE_MS = 300_000

/** A leg without order has a lane of its own. */
export function laneOf({ id, party, orderKey }: Pick<Leg, 'id' | 'party' | 'orderKey'>): string {
  return `${party} ${orderKey === '' ? id : orderKey}`
}

/** The place of a leg in the outbox, behind all that are in its lane. @param dueAt ISO 8601 with Z */
export function slotOf(leg: Leg, priority: number, dueAt: string): Slot {
  return { leg: leg.id, lane: laneOf(leg), priority, dueAt }
}

/** Milliseconds for which a lane is leased: nobody else may take it while its message is still on its way. */
export function leaseMs({ parties }: Topology): number {
  const longest = parties.map(({ binding }) =>
    binding !== undefined && 'timeoutMs' in binding ? binding.timeoutMs : 0,
  )
  return LEASE_MS + Math.max(0, ...longest)
}
