// A message that goes to its party piece by piece stops where that cannot be reached: what stands behind is not attempted, and its
// sender hears of each piece (EN-01). What has been carried out before stays so.

import type { IdObject } from '../../envelope/message-object.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import { transition } from '../delivery/transition.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { LegFacts } from '../ledger.ts'
import type { Unit } from '../ports.ts'
import { failing } from './said.ts'

/** True for a fault that has surely kept a message from its party, and is none of the message. */
export function isUnreached({ kind, outcome, underWay }: Verdict): boolean {
  return kind === 'failed' && outcome === 'technical' && underWay !== true
}

const REASON = 'What stands before it in its message could not be sent.'

/** True for a piece that has been left out so, or could not be sent itself, by what is kept of it. */
export function isLeft({ state, reason, replyStatus }: LegFacts): boolean {
  return (state === 'CANCELED' && reason === REASON) || (state === 'PARKED' && replyStatus === 0)
}

/** Pieces leave the outbox unsent. */
export function leftOut(
  all: readonly LegFacts[],
  at: string,
): Required<Pick<Unit, 'steps' | 'events'>> {
  const [from, to] = ['QUEUED', 'CANCELED'] as const
  return {
    steps: all.map(({ id }) => ({ leg: id, from, to, reason: REASON, slot: { kind: 'drop' } })),
    events: all.map((leg) => transition(leg, { from, to }, { at, revision: 0 })),
  }
}

/** A unit with the pieces that leave the outbox in it. */
export function withLeft(unit: Partial<Unit>, left: ReturnType<typeof leftOut>): Partial<Unit> {
  if (left.steps.length === 0) return unit
  const { steps = [], events = [] } = unit
  return { ...unit, steps: [...steps, ...left.steps], events: [...events, ...left.events] }
}

/** What is said of a piece that has not been attempted. */
export function notAttempted(party: string): Said {
  const known = `${party} could not be reached with what stands before it: not attempted.`
  return { result: 'FAILED', errors: [failing('peer-unreachable', 'PEER-DOWN', known).error] }
}

/**
 * What is told of a message that has stopped: FAILED as a whole, and of each object what has become of it.
 * @param done ids of the pieces that have been carried out
 */
export function asStopped(said: Said, done: readonly IdObject[]): Said {
  const rest = (said.errors ?? []).filter(({ code }) => code !== PART.code)
  const carried = done.map((id): ReplyError => ({ ...CARRIED_OUT, id }))
  return { ...said, result: 'FAILED', errors: [...rest, ...carried] }
}

const CARRIED_OUT = { code: '0.0', level: 'INFORM', reason: 'It has been carried out.' } as const
