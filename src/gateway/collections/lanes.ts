// The order in which the collections of a list are carried out. Where the route keeps an order, it is that of the list, one behind
// the other. Where it keeps none, a few are under way at a time: what has come of one is noted while the next is carried out,
// and one that does not get through holds up only what is behind it in its own lane.

import { slotOf } from '../delivery/lane.ts'
import type { Leg, Slot } from '../ledger.ts'

/** collections of one list that are under way at once; more of them only wait for each other */
const SIDE_BY_SIDE = 2

/** The places of collections in the outbox. @param legs of one list, in its order */
export function slotsOf(
  legs: readonly Leg[],
  { priority, dueAt }: Pick<Slot, 'priority' | 'dueAt'>,
): readonly Slot[] {
  const [first] = legs
  return legs.map((leg, at) => {
    const slot = slotOf(leg, priority, dueAt)
    if (leg.orderKey !== '' || first === undefined) return slot
    return { ...slot, lane: `${leg.party} ${first.id} ${at % SIDE_BY_SIDE}` }
  })
}
