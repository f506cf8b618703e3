// Which messages are sent one after the other: those of one party with one order key, or with a part of it in common.

import type { Leg, Slot } from '../ledger.ts'
import { partsOf } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'

/** milliseconds for which a lane is leased beyond the longest try */
const LEASE_MS = 300_000

/** A leg without order has a lane of its own. */
export function laneOf({ id, party, orderKey }: Pick<Leg, 'id' | 'party' | 'orderKey'>): string {
  return `${party} ${orderKey === '' ? id : orderKey}`
}

/** The place of a leg in the outbox, behind all that share a lane with it. @param dueAt ISO 8601 with Z */
export function slotOf(leg: Leg, priority: number, dueAt: string): Slot {
  const { id, party, orderKey } = leg
  const also = partsOf(orderKey).map((it) => laneOf({ id, party, orderKey: it }))
  return { leg: id, lane: laneOf(leg), also, priority, dueAt }
}

/** Milliseconds for which a lane is leased: nobody else may take it while its message is still on its way. */
export function leaseMs({ parties }: Topology): number {
  const longest = parties.map(({ binding }) =>
    binding !== undefined && 'timeoutMs' in binding ? binding.timeoutMs : 0,
  )
  return LEASE_MS + Math.max(0, ...longest)
}
