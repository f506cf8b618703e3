// A message that its party has, and whose reply has not come in time: a technical fault as any other, so that it is sent
// again under the same MessageID, by the plan of its route, and parked in the end.

import { slotOf } from '../delivery/lane.ts'
import { outcomeOf, shifted } from '../delivery/outcome.ts'
import { transition } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import { isCollection } from '../collections/draft.ts'
import { REPLY } from '../ledger.ts'
import type { Leg, LegStep } from '../ledger.ts'
import type { Way } from '../parties/party.ts'
import type { Random } from '../peer.ts'
import type { Clock, NewId, Store, Unit } from '../ports.ts'

/** What is done about it needs this. */
export interface UnansweredParts {
  readonly store: Pick<Store, 'leg' | 'attempts'>
  readonly clock: Clock
  readonly newId: NewId
  readonly random: Random
  /** the way that a leg was sent by */
  readonly wayOf: (leg: Leg) => Pick<Way, 'retry' | 'priority' | 'timeoutMs'>
}

/** What no reply in time means for a message. */
export const NO_REPLY: Verdict = {
  kind: 'failed',
  outcome: 'unknown',
  code: 'peer-timeout',
  reason: 'No reply in time.',
}

const NOTHING = { steps: [], slots: [], events: [] }

/** The next try, or none when all have been made. */
export async function unanswered(
  leg: Leg | undefined,
  { store, clock, random, wayOf }: UnansweredParts,
): Promise<Required<Pick<Unit, 'steps' | 'slots' | 'events'>>> {
  if (leg?.state !== 'SENT') return NOTHING
  const now = clock()
  const { retry: plan, priority } = wayOf(leg)
  const attempts = await store.attempts(leg.id)
  // Of this turn alone: a person who drives it again means all tries.
  const tries = attempts.at(-1)?.tries ?? 0
  const { to, reason, dueAt } = outcomeOf(NO_REPLY, { tries, plan, random, now })
  const step: LegStep = { leg: leg.id, from: 'SENT', to, reason }
  const slots = dueAt === undefined ? [] : [{ ...slotOf(leg, priority, dueAt), tries }]
  const told = transition(leg, step, { at: now, revision: attempts.length, verdict: NO_REPLY })
  return { steps: [step], slots, events: [told] }
}

/** What is awaited of a try after which nobody else waits any more: the first one is awaited by its sender. */
export async function awaitedAnew(
  leg: Leg,
  { store, clock, newId, wayOf }: UnansweredParts,
): Promise<Pick<Unit, 'awaits'>> {
  const origin = leg.answers === '' ? undefined : await store.leg(leg.answers)
  // Of a list nobody waits for the end: each of its collections is awaited by itself.
  if (origin?.state === 'ACCEPTED' && !isCollection(leg)) return {}
  const { id, exchangeId } = leg
  const dueAt = shifted(clock(), wayOf(leg).timeoutMs)
  const it = {
    id: newId(),
    kind: REPLY,
    key: id,
    exchangeId,
    leg: id,
    dueAt,
    state: 'open',
  } as const
  return { awaits: [it] }
}
