// What is over by the clock is closed when its time has come, without a message from anybody: its state, the steps of others
// that go with it, the events, and what has to be sent next, as if whoever carries it out had closed it.

import type { Flow } from '../../flows/flow.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Awaited } from '../ledger.ts'
import type { Clock, Store } from '../ports.ts'
import { foundIn } from '../deciding/placed.ts'
import { consequencesOf } from '../relay/consequences.ts'
import type { Changes } from '../relay/consequences.ts'
import type { Follow } from '../relay/following.ts'
import type { Outgoing } from '../relay/outgoing.ts'
import type { Publish } from '../relay/publishing.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import type { Work } from '../tasks.ts'
import { CLOCK, aboutOf, endingOf } from '../watched.ts'
import { heldOf, worldOf } from '../world.ts'
import type { Held } from '../world.ts'
import type { Consequence } from './dispatcher.ts'

/** What closing needs from outside. */
export interface OverParts {
  readonly store: Pick<Store, 'objects'>
  readonly deciding: Pick<Deciding, 'readAll' | 'decided' | 'searched' | 'stepped'>
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
  /** true for a noun whose objects are kept here alone */
  readonly isKept: (noun: string) => boolean
  readonly publish: Publish
  readonly follow: Follow
  readonly clock: Clock
  /** something is to be sent */
  readonly wake: () => void
}

/** What becomes of an object whose time is over; undefined for what is awaited from somebody. */
export type Over = (awaited: Awaited) => Promise<Consequence | undefined>

/** Over one record. */
export function endingBy(parts: OverParts): Over {
  const { store, deciding, clock, isKept } = parts

  return async (awaited) => {
    if (awaited.kind !== CLOCK) return undefined
    const { kind, key, exchangeId, leg } = awaited
    const { noun, subject } = aboutOf(awaited)
    const met = [{ kind, key }]
    const [stored] = await store.objects(noun, [subject], [])
    const held = stored === undefined ? undefined : heldOf(stored)
    const at = held === undefined ? undefined : endingOf(noun)?.(held)
    const due = Date.parse(awaited.dueAt)
    const turns = held === undefined ? undefined : parts.flow(noun, 'get')?.turns
    if (held !== undefined && turns?.times(held).includes(due) === true) {
      const changes = await turned(held, turns, { due, leg, exchangeId })
      return { unit: { ...changes, met }, committed: () => waking(changes) }
    }
    // It is gone, has been closed, or ends at another time by now.
    if (held === undefined || at !== due) return { unit: { met } }
    const work = closing(held, !isKept(noun))
    const whose = { owner: '', isShown: EVERYBODYS, serving: NOBODY }
    const ids = { messageID: '', exchangeId, isLocal: false, isCarriedOut: true, ...whose }
    const decision = await deciding.decided(work, await deciding.readAll(work), ids)
    const because = { id: leg, exchangeId, at: clock(), traceparent: '' }
    const changes = await consequencesOf(decision, because, parts)
    return { unit: { ...changes, met }, committed: () => waking(changes) }
  }

  /** Nobody has asked for it: what of it can be done is done. */
  async function turned(
    held: Held,
    turns: NonNullable<Flow['turns']>,
    { due, leg, exchangeId }: { readonly due: number } & Pick<Awaited, 'leg' | 'exchangeId'>,
  ): Promise<Changes> {
    const own = await store.objects(held.noun, [held.id], [])
    const hits = await deciding.searched(turns.searches?.(held.object, due) ?? [])
    const known = { stored: [...own, ...hits], gone: [], kept: new Set<string>() }
    const world = worldOf(known.stored)
    const moves = turns.moves(held, due, (search) => foundIn(world, search))
    const whose = { owner: '', isShown: EVERYBODYS, serving: NOBODY }
    const decision = deciding.stepped(moves, known, { messageID: '', exchangeId, ...whose })
    return consequencesOf(decision, { id: leg, exchangeId, at: clock(), traceparent: '' }, parts)
  }

  function waking({ slots }: Outgoing): void {
    if (slots.length > 0) parts.wake()
  }
}

/** Of what others carry out it is only told. */
function closing({ noun, object }: Held, reported: boolean): Work {
  const verb = reported ? 'closed' : 'close'
  return {
    tasks: [{ kind: 'close', noun, object, verb, reported }],
    integrity: false,
    sequence: false,
  }
}
