// Which messages are sent one after the other: those of one party with one order key.

import type { Leg, Slot } from '../ledger.ts'

/** A leg without order has a lane of its own. */
export function laneOf({ id, party, orderKey }: Pick<Leg, 'id' | 'party' | 'orderKey'>): string {
  return `${party} ${orderKey === '' ? id : orderKey}`
}

/** The place of a leg in the outbox, behind all that are in its lane. @param dueAt ISO 8601 with Z */
export function slotOf(leg: Leg, priority: number, dueAt: string): Slot {
  return { leg: leg.id, lane: laneOf(leg), priority, dueAt }
}
