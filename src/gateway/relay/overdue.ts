// A reply that has not come in time: whoever waits is told so, and whether the message has been sent at all.

import type { Consequence } from '../delivery/dispatcher.ts'
import { transition } from '../delivery/transition.ts'
import type { Awaited, Leg, LegStep, MessageState } from '../ledger.ts'
import type { AskedUnits } from './asked.ts'
import { toldLater } from './later-reply.ts'
import { joined } from './outgoing.ts'
import type { Relay, RelayParts } from './relay.ts'
import { restored } from './restored.ts'
import { failed, notItsTurn, notSent, stepTo, timedOut as noReply, verdictOf } from './said.ts'
import { NO_REPLY, unanswered } from './unanswered.ts'
import { isCollection } from '../collections/draft.ts'
import type { Failing } from './said.ts'
import type { Waiting } from './waiting.ts'

/** States of a leg that is not with its party, as far as the tries do not say otherwise. */
const UNSENT: readonly MessageState[] = ['QUEUED', 'FAILED']

const NOTHING = { puts: [], removals: [], events: [] }
const NOTHING_FOLLOWS: Consequence = { unit: {} }

/** @param waiting those who wait in this process @param settled what comes of a collection that is over */
export function overdueOn(
  parts: RelayParts & { readonly asked: Pick<AskedUnits, 'timedOut'> },
  waiting: Waiting,
  settled: Relay['settled'],
): {
  readonly overdue: (awaited: Awaited) => Promise<Consequence>
  readonly timedOut: (awaited: Awaited) => Promise<void>
} {
  const { store, responder } = parts

  function told(leg: Leg, step: LegStep, { error }: Failing) {
    const verdict = verdictOf({ result: 'FAILED', errors: [error] })
    return transition(leg, step, { at: parts.clock(), revision: 0, verdict })
  }

  /** What was never sent cannot have been done. */
  async function failureNow(asked: Leg | undefined, isSentAgain: boolean): Promise<Failing> {
    if (asked === undefined || !UNSENT.includes(asked.state))
      return noReply(asked, isSentAgain || asked?.state === 'SENDING')
    const attempts = await store.attempts(asked.id)
    const isReached = attempts.some((it) => it.outcome !== 'technical' || it.status !== 0)
    if (isReached) return noReply(asked, true)
    const { state = 'closed', until = 0 } = parts.circuits().get(asked.party) ?? {}
    const isBehind = asked.state === 'QUEUED' && attempts.length === 0 && asked.orderKey !== ''
    if (isBehind && state === 'closed') return notItsTurn(asked)
    const retryAfterMs = Math.max(0, until - Date.parse(parts.clock()))
    return notSent(asked, state === 'closed' ? undefined : retryAfterMs)
  }

  async function overdue(awaited: Awaited): Promise<Consequence> {
    const origin = await store.leg(awaited.leg)
    if (origin?.direction === 'out') return missedAgain(origin, awaited)
    if (origin?.state !== 'ACCEPTED') return { unit: { overdue: [awaited.id] } }
    const it = waiting.pending(origin.id) ?? (await restored(origin, parts))
    if (it === undefined) return { unit: { overdue: [awaited.id] } }
    const asked = await store.leg(origin.answers)
    const again = await unanswered(asked, parts)
    const failure = await failureNow(asked, again.slots.length > 0)
    const answer = await failed(failure, it, responder)
    const step = {
      ...stepTo(origin, { result: 'FAILED' }, answer),
      to: 'EXPIRED',
      reason: 'No reply in time.',
    } as const
    const { unit: ended, decision } = await parts.asked.timedOut(origin, it, failure)
    const later = toldLater(origin, it, answer, parts, { decision })
    const sent = joined([later, ended])
    return {
      unit: {
        ...ended,
        ...sent,
        steps: [step, ...again.steps],
        events: [told(origin, step, failure), ...again.events, ...later.events, ...ended.events],
        overdue: [awaited.id],
        slots: [...sent.slots, ...again.slots],
      },
      committed: () => {
        waiting.answer(origin.id, answer)
        if (sent.legs.length + again.slots.length > 0) parts.wake()
      },
    }
  }

  /** A try that was made when its sender had been told already. */
  async function missedAgain(leg: Leg, { id }: Awaited): Promise<Consequence> {
    const again = await unanswered(leg, parts)
    const isParked = again.steps.some(({ to }) => to === 'PARKED')
    const own = isParked ? await endedBy(leg) : NOTHING_FOLLOWS
    return {
      unit: {
        ...own.unit,
        steps: [...again.steps, ...(own.unit.steps ?? [])],
        slots: [...again.slots, ...(own.unit.slots ?? [])],
        events: [...again.events, ...(own.unit.events ?? [])],
        overdue: [id],
      },
      committed: () => {
        own.committed?.()
        parts.wake()
      },
    }
  }

  /** What comes of what nobody else waits for: a collection of a list, a question of a comparison. */
  async function endedBy(leg: Leg): Promise<Consequence> {
    if (isCollection(leg)) return settled(leg, NO_REPLY)
    return (await parts.reconciled?.(leg, NO_REPLY)) ?? NOTHING_FOLLOWS
  }

  async function timedOut(awaited: Awaited): Promise<void> {
    const { unit, committed } = await overdue(awaited)
    const done = await store.commit({ ...NOTHING, ...unit })
    // Otherwise the reply has come in the same moment.
    if (done.kind === 'committed') committed?.()
  }

  return { overdue, timedOut }
}
