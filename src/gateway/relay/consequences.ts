// A decision that no message has asked for, as the unit in which it is kept: what has changed, who is told of it, and what has
// to be sent next.

import type { Decision } from '../deciding/decide.ts'
import { entered } from '../delivery/transition.ts'
import type { Unit } from '../ports.ts'
import type { Origin } from './awaited.ts'
import type { Follow } from './following.ts'
import { joined } from './outgoing.ts'
import type { Outgoing } from './outgoing.ts'
import type { Publish } from './publishing.ts'

/** What a unit has at least. */
export type Changes = Outgoing & Pick<Unit, 'puts' | 'removals' | 'events'>

/** @param because the leg that it comes from, and now */
export async function consequencesOf(
  decision: Decision,
  because: Origin,
  { publish, follow }: { readonly publish: Publish; readonly follow: Follow },
): Promise<Changes> {
  const sent = joined([await publish(decision, because), await follow(decision, because)])
  const events = [...decision.events, ...entered(sent.legs, because.at)]
  return { ...decision.world.difference(), ...sent, events }
}

/** What has been done of a message, and what has been refused of it: they are about different objects. */
export function together(one: Changes, other: Changes): Changes {
  return {
    ...joined([one, other]),
    puts: [...one.puts, ...other.puts],
    removals: [...one.removals, ...other.removals],
    events: [...one.events, ...other.events],
  }
}
