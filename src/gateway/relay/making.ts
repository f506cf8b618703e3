// What a message that has to be sent next is made of: what its cause refers to, read as often as that leads on, what went
// with the change, and what the configuration says.

import type { Flow, Placed } from '../../flows/flow.ts'
import type { Making } from '../../flows/next.ts'
import type { Memory } from '../guarded.ts'
import { lookedUp } from '../looked-up.ts'
import type { Topology } from '../parties/party.ts'
import { referred } from '../placed.ts'
import type { NewId } from '../ports.ts'
import type { World } from '../world.ts'

/** What making needs from outside. */
export interface MakingParts {
  readonly store: Pick<Memory, 'objects'>
  readonly topology: () => Topology
  readonly newId: NewId
}

/** An object, the flow that it belongs to, and what has gone with its change. */
export interface Cause extends Pick<Making, 'moved' | 'verb'> {
  /** whose next messages are made */
  readonly flow: Flow
  readonly after: Placed
}

/** @param world what a decision has looked at, as it has left it; it counts before what is on disk */
export async function makingOf(
  { flow, after, moved, verb }: Cause,
  { world, now }: { readonly world: World; readonly now: string },
  parts: MakingParts,
): Promise<Making> {
  // Followings that need the same name it by one function: what ten thousand members refer to is looked up once for all.
  const refers = new Set((flow.next ?? []).flatMap((it) => it.refers ?? []))
  const find = await lookedUp(
    (object, known) => [...refers].flatMap((it) => it(object, known)),
    after.object,
    parts.store,
    (it) => referred(world, it),
  )
  const given = parts.topology().given?.[flow.id] ?? {}
  const told = verb === undefined ? {} : { verb }
  return { now, newId: parts.newId, find, given, moved, ...told }
}
