// What has to be sent next, where the gateway does that itself: the messages that an orchestrated flow names when an object
// has changed. They are written with the change, kept in its unit, and received here in the name of whoever would send them:
// from there they go the way of every message, and a crash in between loses none and doubles none.

import type { Flow, Placed } from '../../flows/flow.ts'
import type { Following, Making } from '../../flows/next.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Decision } from '../deciding/decide.ts'
import { identityOf, sameIdentity } from '../identity.ts'
import { lookedUp } from '../looked-up.ts'
import type { MovedObject, Outcome } from '../outcome.ts'
import { providerOf, wayOf } from '../parties/index.ts'
import { placesIn } from '../parties/patterns.ts'
import { resolved } from '../parties/routing.ts'
import { referred } from '../deciding/placed.ts'
import { heldOf } from '../world.ts'
import type { World } from '../world.ts'
import type { Origin } from './awaited.ts'
import { joined } from './outgoing.ts'
import type { Outgoing } from './outgoing.ts'
import { inwardOn } from './inward.ts'
import type { InwardParts, Next } from './inward.ts'
import { makingOf } from './making.ts'
import type { MakingParts } from './making.ts'

/** What following needs from outside. */
export interface FollowingParts extends InwardParts, MakingParts {}

/** What is to be sent next, to be kept in the unit of the change. */
export type Follow = (decision: Decision, origin: Origin) => Promise<Outgoing>

/** One object that has changed, or that something has changed for. */
interface Step {
  readonly noun: string
  readonly subject: string
  readonly flow: Flow
  readonly before?: Placed
  readonly after: Placed
  readonly moved: Making['moved']
  /** of its event; absent where something else has changed */
  readonly verb?: string
}

/** Over one store. */
export function followingOn(parts: FollowingParts): Follow {
  const { topology, flow: flowOf } = parts
  const inward = inwardOn(parts)

  const follow: Follow = async (decision, origin) => {
    const steps = decision.outcomes.flatMap(changesIn)
    const others = isOrchestrating() ? await furthered(steps, decision.world) : []
    const all = [...steps, ...others]
    const due = all.filter(({ flow }) => nextIn(flow).length > 0)
    const sent = await Promise.all(due.map((it) => after(it, decision.world, origin)))
    return joined(sent.flat())
  }

  function isOrchestrating(): boolean {
    return (topology().orchestrated ?? []).length > 0
  }

  /** What the gateway sends: where it orchestrates the flow all, else what is no step of anybody's business. */
  function nextIn({ id, next = [] }: Flow): readonly Following[] {
    const { orchestrated = [] } = topology()
    return orchestrated.includes(id) ? next : next.filter(({ isOurs }) => isOurs)
  }

  async function after(step: Step, world: World, origin: Origin): Promise<readonly Outgoing[]> {
    const { noun, subject, flow } = step
    const because = { origin, flow: flow.id, about: [noun, subject] } as const
    const making = await makingOf(step, { world, now: origin.at }, parts)
    const next = nextIn(flow).flatMap((it) => nextOf(it, step, making))
    return Promise.all(next.map((it) => inward(it, because)))
  }

  function nextOf(it: Following, step: Step, making: Making): readonly Next[] {
    const from = senderOf(it.from)
    // What is the part of a third party is left to it.
    if (from === undefined) return []
    return it
      .objects(step.before, step.after, making)
      .filter((object) => !isDoneHere({ ...it, from }, object, step))
      .flatMap((object) => written({ ...it, from }, object, step.after, making))
  }

  /** Where the object itself is to be made, and is made here, there is nothing to be done; nor where it has been done. */
  function isDoneHere(
    { noun, verb, from, isDoneHere: isDone }: Following,
    object: JsonObject,
    { noun: own, after: it }: Step,
  ): boolean {
    const isItself = verb === 'create' && noun === own && sameIdentity(object, it.object)
    return (isItself || isDone === true) && wayOf(topology(), { noun, verb, from }).kind === 'local'
  }

  /** The party that has the role; where there is none, the gateway speaks for itself; undefined for a provider's. */
  function senderOf(role: string): string | undefined {
    const now = topology()
    const name = resolved(role, now.aliases)
    if (placesIn(name).length > 0 || providerOf(name, now) !== undefined) return undefined
    return now.parties.some(({ id }) => id === name) ? name : parts.source
  }

  /** The change itself, and the steps of others that went with it. */
  function changesIn({ event, before, after: now, moved = [] }: Outcome): readonly Step[] {
    const object = (now ?? before)?.object
    const all = moved.map(({ event: { noun }, was, object: is }) => ({ noun, was, object: is }))
    const own =
      event === undefined || object === undefined
        ? []
        : [{ event, ...(before && { before }), after: { state: event.state, object }, moved: all }]
    return [...own, ...moved.map(movedStep)].flatMap(
      ({ event: { noun, verb, subject }, ...it }) => {
        const flow = flowOf(noun, verb)
        return flow === undefined ? [] : [{ ...it, noun, subject, flow, verb }]
      },
    )
  }

  /** Objects that have waited for a change: each once, however many changes there are. */
  async function furthered(steps: readonly Step[], world: World): Promise<readonly Step[]> {
    const all = steps.flatMap(
      ({ flow, before, after: now }) => flow.furthers?.(before?.object, now.object) ?? [],
    )
    const searches = steps.flatMap(({ flow, after: now }) => flow.awaits?.(now.object) ?? [])
    const found = searches.length === 0 ? [] : (await parts.searched(searches)).map(heldOf)
    if (all.length === 0 && found.length === 0) return []
    const find = await lookedUp(
      () => all,
      {},
      parts.store,
      (it) => referred(world, it),
    )
    const own = new Set(steps.map(({ noun, after: now }) => keyOf(noun, now)))
    const waiting = new Map<string, Step>()
    const named = all.map((it) => ({ noun: it.noun, held: find(it) }))
    for (const { noun, held } of [...named, ...found.map((it) => ({ noun: it.noun, held: it }))]) {
      const flow = flowOf(noun, 'change')
      if (held === undefined || flow === undefined || own.has(keyOf(noun, held))) continue
      const { mRID: subject = '' } = identityOf(held.object)
      const step = { noun, subject, flow, before: held, after: held, moved: [] }
      waiting.set(keyOf(noun, held), step)
    }
    return [...waiting.values()]
  }

  return follow
}

function keyOf(noun: string, { object }: Placed): string {
  return `${noun} ${identityOf(object).mRID ?? ''}`
}

function movedStep({ event, was, object }: MovedObject) {
  const before = { state: event.previous, object: was }
  return { event, before, after: { state: event.state, object }, moved: [] }
}

/** A message as it is to be received, or what is missing for it; none where nothing is left to be said. */
export function written(
  { finished, dueIn, ...it }: Following,
  draft: JsonObject,
  { object }: Placed,
  making: Making,
): readonly Next[] {
  const { from, verb, noun } = it
  const made = finished?.(draft, object, making) ?? [draft]
  const next = { from, verb, noun, draft, ...(dueIn === undefined ? {} : { dueIn }) }
  if ('missing' in made) return [{ ...next, missing: made.missing }]
  return made.length === 0 ? [] : [{ ...next, objects: made }]
}
