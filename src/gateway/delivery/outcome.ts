// What a try has come to, as rows: the next state of the leg, the try itself, what was answered.

import type { Attempt, Leg, LegStep } from '../ledger.ts'
import type { RetryPlan } from '../parties/party.ts'
import type { PeerAnswer, Random } from '../peer.ts'
import { waitAfter } from './retry.ts'
import type { Verdict } from './verdict.ts'

/** octets of an answer that are kept with the try */
const MOST_ANSWER = 64 * 1024

/** What a leg becomes. */
export interface Outcome {
  readonly to: LegStep['to']
  readonly reason: string
  /** ISO 8601 with Z: tried again */
  readonly dueAt?: string
}

/** One try. */
export interface Tried {
  readonly answer: PeerAnswer
  readonly verdict: Verdict
  /** ISO 8601 with Z */
  readonly startedAt: string
}

/** Nothing was sent, because what the store has is not what was written. */
export const DAMAGED: Verdict = {
  kind: 'refused',
  outcome: 'technical',
  reason: 'The store of the gateway has lost what was to be sent.',
  code: 'internal',
}

/**
 * Given up by the gateway itself: it is tried again, whatever the plan says.
 * @param now ISO 8601 with Z @param isEnding else others may have what it has leased
 */
export function interrupted(now: string, isEnding: boolean): Outcome {
  const why = isEnding ? 'has ended' : 'was cut off from its store'
  const reason = `The gateway ${why} before an answer came; the message may have arrived.`
  return { to: 'FAILED', reason, dueAt: now }
}

/** @param tries that have been made, this one included */
export function outcomeOf(
  verdict: Verdict,
  it: {
    readonly tries: number
    readonly plan: RetryPlan
    readonly random: Random
    readonly now: string
  },
): Outcome {
  const { kind, reason } = verdict
  if (kind === 'done')
    return { to: verdict.said?.result === 'PARTIAL' ? 'PARTIAL' : 'ACKED', reason }
  if (kind === 'received') return { to: 'SENT', reason: 'The peer has it; its reply is to come.' }
  if (kind === 'refused') return { to: 'PARKED', reason }
  if (kind === 'canceled') return { to: 'CANCELED', reason }
  const wait = waitAfter(it.tries, it.plan, it.random, verdict.retryAfterMs)
  if (wait === undefined) return { to: 'PARKED', reason: `${reason} Tried ${it.tries} times.` }
  return { to: 'FAILED', reason, dueAt: shifted(it.now, wait) }
}

/** The row of a try. @param count of all tries, and of those of this turn @param now ISO 8601 with Z */
export function attemptOf(
  { id }: Leg,
  count: Pick<Attempt, 'n' | 'tries'>,
  { answer, verdict, startedAt }: Tried,
  now: string,
): Attempt {
  const { outcome, reason } = verdict
  return {
    leg: id,
    ...count,
    at: startedAt,
    tookMs: Math.max(0, Date.parse(now) - Date.parse(startedAt)),
    outcome,
    status: answer.kind === 'answered' ? answer.status : 0,
    answer: answer.kind === 'answered' ? textOf(answer.bytes) : reason,
  }
}

/** What a step keeps of an answer. */
export function answeredBy(
  { replyMessageID = '', kept }: Verdict,
  it: Tried | undefined,
): Pick<LegStep, 'answered'> | object {
  if (kept !== undefined) return { answered: answeredWith(kept, replyMessageID) }
  if (it?.answer.kind !== 'answered') return {}
  const { status, contentType, bytes } = it.answer
  const reply = textOf(bytes)
  return {
    answered: { reply, replyMessageID, replyStatus: status, replyContentType: contentType },
  }
}

/** What is kept in place of an answer. */
export function answeredWith(
  kept: string,
  replyMessageID: string,
): NonNullable<LegStep['answered']> {
  const replyContentType = 'application/json'
  return { reply: kept, replyMessageID, replyStatus: 200, replyContentType }
}

/** Answers are kept as text: what is no UTF-8 is for people to look at. */
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, MOST_ANSWER))
  return text.replaceAll('\0', '\ufffd')
}

/** @param at ISO 8601 with Z */
export function shifted(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString()
}
