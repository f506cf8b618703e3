// Whoever waits here for an answer that another gateway on the same store has brought about: heard of by the status feed,
// answered with what is kept.

import { DELIVERY } from '../delivery/transition.ts'
import { storedReply } from '../message-record.ts'
import type { Timers } from '../peer.ts'
import type { Log, SequencedEvent, Store } from '../ports.ts'
import type { Waiting } from './waiting.ts'

/** What hearing of it needs. */
export interface ElsewhereParts {
  readonly store: Pick<Store, 'leg'> & Partial<Pick<Store, 'onDue' | 'onEvents'>>
  readonly timers: Timers
  readonly log: Log
}

/** Answers those who wait. */
export interface Elsewhere {
  /** Answers whoever waits on a leg, where its answer is kept. */
  readonly look: (leg: string) => Promise<void>
  /** Begins to listen. @returns how to stop */
  readonly listen: () => () => void
}

/** @param waiting those who wait in this process */
export function answeredElsewhere(
  { store, timers, log }: ElsewhereParts,
  waiting: Waiting,
): Elsewhere {
  async function look(id: string): Promise<void> {
    if (waiting.pending(id) === undefined) return
    const leg = await store.leg(id)
    if (leg === undefined || leg.state === 'ACCEPTED' || leg.replyStatus === 0) return
    const kept = storedReply(leg, leg.bodyHash)
    if (kept !== undefined) waiting.answer(id, { ...kept, repeated: false })
  }

  function heard(events: readonly SequencedEvent[]): void {
    const concluded = events.filter((it) => it.noun === DELIVERY && it.previous === 'ACCEPTED')
    const legs = concluded.flatMap(({ exchangeId }) => waiting.legsOf(exchangeId))
    // What this process has concluded it answers itself, as soon as it has noted it.
    if (legs.length > 0) timers.after(0, () => legs.forEach(lookAt))
  }

  function lookAt(leg: string): void {
    look(leg).catch((err: unknown) => log.error({ err, leg }, 'an answer could not be read'))
  }

  return {
    look,
    // Where one process has the store nobody else concludes anything.
    listen: () => (store.onDue === undefined ? none : (store.onEvents?.(heard) ?? none)),
  }
}

function none(): void {}
