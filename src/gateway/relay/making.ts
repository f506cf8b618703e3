// What a message that has to be sent next is made of: what its cause refers to, read as often as that leads on, what went
// with the change, and what the configuration says.

import type { Flow, Placed } from '../../flows/flow.ts'
import type { Making } from '../../flows/next.ts'
import type { Memory } from '../guarded.ts'
import { lookedUp } from '../looked-up.ts'
import type { Topology } from '../parties/party.ts'
import type { Search } from '../../flows/search.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { foundIn, referred } from '../deciding/placed.ts'
import type { NewId } from '../ports.ts'
import type { StoredObject } from '../ports.ts'
import { worldOf } from '../world.ts'
import type { World } from '../world.ts'

/** What making needs from outside. */
export interface MakingParts {
  readonly store: Pick<Memory, 'objects'>
  readonly topology: () => Topology
  readonly newId: NewId
  readonly searched: Deciding['searched']
}

/** An object, the flow that it belongs to, and what has gone with its change. */
export interface Cause extends Pick<Making, 'moved' | 'verb'> {
  /** whose next messages are made */
  readonly flow: Flow
  readonly before?: Placed | undefined
  readonly after: Placed
}

/** @param world what a decision has looked at, as it has left it; it counts before what is on disk */
export async function makingOf(
  { flow, before, after, moved, verb }: Cause,
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
  const searches = (flow.next ?? []).flatMap((it) => it.searches?.(before, after) ?? [])
  const found = searches.length === 0 ? [] : await parts.searched(searches)
  const left = nowIn(world, found, searches)
  const all = (it: Search) => foundIn(left, it)
  return { now, newId: parts.newId, find, all, given, moved, ...told }
}

/** What is on disk, as a decision has left it. */
function nowIn(world: World, stored: readonly StoredObject[], searches: readonly Search[]): World {
  const all = worldOf(stored)
  for (const noun of new Set(searches.map((it) => it.noun)))
    for (const it of world.all(noun)) all.put(it)
  return all
}
