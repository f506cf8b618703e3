// What has to be sent next, where the gateway does that itself: the messages that an orchestrated flow names when an object
// has changed. They are written with the change, kept in its unit, and received here in the name of whoever would send them:
// from there they go the way of every message, and a crash in between loses none and doubles none.

import type { Following, Making, Placed, Reference } from '../../flows/flow.ts'
import type { Decision } from '../decide.ts'
import type { Memory } from '../guarded.ts'
import { sameIdentity } from '../identity.ts'
import { lookedUp } from '../looked-up.ts'
import type { Outcome } from '../outcome.ts'
import { providerOf, wayOf } from '../parties/index.ts'
import type { Topology } from '../parties/party.ts'
import { placesIn } from '../parties/patterns.ts'
import { resolved } from '../parties/routing.ts'
import { referred } from '../placed.ts'
import type { StatusEvent } from '../ports.ts'
import type { World } from '../world.ts'
import type { Origin } from './awaited.ts'
import { NOTHING_SENT, joined } from './outgoing.ts'
import type { Outgoing } from './outgoing.ts'
import { inwardOn } from './inward.ts'
import type { InwardParts, Next } from './inward.ts'

/** What following needs from outside. */
export interface FollowingParts extends InwardParts {
  readonly store: Pick<Memory, 'objects'>
  readonly topology: () => Topology
}

/** What is to be sent next, to be kept in the unit of the change. */
export type Follow = (decision: Decision, origin: Origin) => Promise<Outgoing>

/** One object that has changed. */
interface Step {
  readonly event: StatusEvent
  readonly before?: Placed
  readonly after: Placed
}

/** Over one store. */
export function followingOn(parts: FollowingParts): Follow {
  const { topology, flow } = parts
  const inward = inwardOn(parts)

  const follow: Follow = async (decision, origin) => {
    const { orchestrated = [] } = topology()
    if (orchestrated.length === 0) return NOTHING_SENT
    const steps = decision.outcomes
      .flatMap(changesIn)
      .filter(({ event }) => orchestrated.includes(event.flow))
    const all = await Promise.all(steps.map((it) => after(it, decision.world, origin)))
    return joined(all.flat())
  }

  async function after(step: Step, world: World, origin: Origin): Promise<readonly Outgoing[]> {
    const { noun, verb, subject, flow: id } = step.event
    const because = { origin, flow: id, about: [noun, subject] } as const
    const following = flow(noun, verb)?.next ?? []
    const all = await Promise.all(
      following.map(async (it) => {
        const from = senderOf(it.from)
        // What is the part of a third party is left to it.
        if (from === undefined) return []
        const making = await makingOf(it, step.after, { world, now: origin.at })
        const objects = it.objects(step.before, step.after, making)
        return objects
          .map((object) => ({ ...it, from, object }))
          .filter((next) => !isHere(next, step))
      }),
    )
    return Promise.all(all.flat().map((it) => inward(it, because)))
  }

  /** What the decision has looked at, as it has left it, and what besides the messages are made of. */
  async function makingOf(
    { refers }: Following,
    after: Placed,
    { world, now }: { readonly world: World; readonly now: string },
  ): Promise<Making> {
    const own = (it: Reference) => referred(world, it)
    const find = await lookedUp(refers, after.object, parts.store, own)
    return { now, newId: parts.newId, find }
  }

  /** Where the object itself is to be made, and is made here, there is nothing to be done. */
  function isHere({ noun, verb, from, object }: Next, { event, after }: Step): boolean {
    const isItself = verb === 'create' && noun === event.noun && sameIdentity(object, after.object)
    return isItself && wayOf(topology(), { noun, verb, from }).kind === 'local'
  }

  /** The party that has the role; where there is none, the gateway speaks for itself; undefined for a provider's. */
  function senderOf(role: string): string | undefined {
    const now = topology()
    const name = resolved(role, now.aliases)
    if (placesIn(name).length > 0 || providerOf(name, now) !== undefined) return undefined
    return now.parties.some(({ id }) => id === name) ? name : parts.source
  }

  return follow
}

/** The change itself, and the steps of others that went with it. */
function changesIn({ event, before, after, moved = [] }: Outcome): readonly Step[] {
  const object = (after ?? before)?.object
  const own =
    event === undefined || object === undefined
      ? []
      : [{ event, ...(before && { before }), after: { state: event.state, object } }]
  return [
    ...own,
    ...moved.map((it) => ({
      event: it.event,
      before: { state: it.event.previous, object: it.was },
      after: { state: it.event.state, object: it.object },
    })),
  ]
}
