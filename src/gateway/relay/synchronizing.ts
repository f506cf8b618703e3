// What the acknowledgement of a message tells of its party: that it knows the objects in it, in the revision that the
// message was about. Kept in the unit in which the leg is over.

import { acknowledgedBy, ledgerOf } from '../../flows/sync-ledger.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { ContentOf } from '../content.ts'
import type { Deciding } from '../deciding/deciding.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { formOf } from '../form.ts'
import type { Leg } from '../ledger.ts'
import type { Clock, Put, Store } from '../ports.ts'
import { isSynchronized, ledgerHeld } from '../deciding/synchronized.ts'
import { octetsOf } from '../tracking/shown.ts'
import { judgeForm } from '../translate.ts'
import type { TranslateParts } from '../translate.ts'
import { heldOf, worldOf } from '../world.ts'
import { acceptedOf } from './accepted.ts'

/** What it needs from outside. */
export interface SynchronizingParts extends TranslateParts {
  readonly store: Pick<Store, 'leg' | 'objects'>
  readonly deciding: Deciding
  readonly contentOf: ContentOf
  readonly clock: Clock
  /** a party knows something by now that it did not, or has answered for something that it was asked to make */
  readonly known?: () => void
}

/** Adds to what comes of a leg what its party knows by it. */
export type Synchronize = (leg: Leg, verdict: Verdict, own: Consequence) => Promise<Consequence>

/** Over one store. */
export function synchronizingOn(parts: SynchronizingParts): Synchronize {
  const { store, deciding, contentOf, clock } = parts

  return async (leg, verdict, own) => {
    const flow = deciding.flow(leg.noun, 'get')
    const noted = await withKnown(leg, verdict, own)
    // What is held until an object is made goes on, or is refused, when that is over.
    const isOfMaking = flow?.making !== undefined && leg.verb === 'create'
    return isOfMaking || noted !== own ? withWord(noted) : own
  }

  async function withKnown(leg: Leg, verdict: Verdict, own: Consequence): Promise<Consequence> {
    const flow = deciding.flow(leg.noun, 'get')
    const isOurs = leg.direction === 'out' && verdict.kind === 'done'
    if (!isOurs || !isSynchronized(flow)) return own
    const message = await messageOf(leg)
    const taken = message && acceptedOf(message, verdict.reply ?? {}, contentOf)
    if (taken === undefined) return own
    const stored = await deciding.read(deciding.workOf(taken))
    const puts = await putsFor(
      stored.filter(({ noun }) => noun === leg.noun),
      leg,
    )
    if (puts.length === 0) return own
    const unit = { ...own.unit, puts: [...(own.unit.puts ?? []), ...puts] }
    return { ...own, unit }
  }

  /** When it is on disk, what is held is looked at. */
  function withWord(own: Consequence): Consequence {
    return { ...own, committed: () => (parts.known?.(), own.committed?.()) }
  }

  async function putsFor(
    objects: Awaited<ReturnType<Deciding['read']>>,
    { noun, party, exchangeId }: Leg,
  ): Promise<readonly Put[]> {
    if (objects.length === 0) return []
    const ledgers = await store.objects(
      ledgerOf(noun),
      objects.map(({ id }) => id),
      [],
    )
    const world = worldOf(ledgers)
    for (const it of ledgers.map(heldOf)) {
      const object = acknowledgedBy(it.object, party, { exchangeId, at: clock() })
      if (object !== undefined) world.put(ledgerHeld({ ...it, noun }, object, it))
    }
    return world.difference().puts
  }

  /** What was sent; where that is no CIM, what it was made of, as far as that was about one object. */
  async function messageOf(leg: Leg): Promise<JsonObject | undefined> {
    const sent = await read(leg)
    if (sent !== undefined || leg.answers === '') return sent
    const origin = await store.leg(leg.answers)
    const made = origin === undefined ? undefined : await read(origin)
    const tasks = made === undefined ? [] : deciding.workOf(made).tasks
    return tasks.length === 1 ? made : undefined
  }

  async function read({ request }: Leg): Promise<JsonObject | undefined> {
    const bytes = octetsOf(request)
    return (await judgeForm(bytes, formOf(bytes), parts, { json: true, own: true })).validated.json
  }
}
