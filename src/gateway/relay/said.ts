// What is said to the sender of a relayed message when it is not the peer that speaks.

import type { ErrorCode } from '../../envelope/errors.ts'
import type { Capability, Ended } from '../../flows/asking.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import type { Said } from '../answer.ts'
import type { Circuit } from '../delivery/breaker.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Leg, LegStep } from '../ledger.ts'
import { reasonOf, stateOf } from '../message-record.ts'
import type { Party, Way } from '../parties/party.ts'
import type { Answer } from '../received.ts'
import { errorOf } from '../refusals.ts'
import type { Responder } from '../responder.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { repliesTo } from './later-reply.ts'
import { saidOfAll } from './refused-here.ts'
import type { Pending } from './waiting.ts'

/**
 * Received, and on its way (0.3): what becomes of it is told at an address, or found where the message is.
 * @param id its leg @param payload what is kept of it already
 */
export function acknowledged(id: string, message: JsonObject, payload?: JsonObject): Said {
  const where =
    repliesTo(message) === undefined ? `found at /api/v1/messages/${id}` : 'told at ReplyAddress'
  const reason = `Received; what becomes of it is ${where}.`
  const errors = [{ code: '0.3', level: 'INFORM', reason }] as const
  return { result: 'OK', errors, ...(payload === undefined ? {} : { payload }) }
}

/** An error of the table, with what is known of this case. */
export interface Failing {
  readonly code: ErrorCode
  readonly error: ReplyError
  /** milliseconds after which it may be otherwise (Retry-After) */
  readonly retryAfterMs?: number
  /** what becomes of what was asked; `failed` where it is absent */
  readonly kind?: Ended['kind']
}

/** @param known what is known of this case, before what the table says */
export function failing(code: ErrorCode, rule: string, known: string): Failing {
  const error = errorOf(code, rule)
  return { code, error: { ...error, details: `${known} ${error.details ?? ''}`.trim() } }
}

/** No reply in time. @param goesOn it is sent again by itself, or may still be answered */
export function timedOut(asked: Leg | undefined, goesOn: boolean): Failing {
  const { party = '', reason = '', state } = asked ?? {}
  const last = state === 'FAILED' && reason !== '' ? `The last try: ${reason}` : ''
  const next = goesOn
    ? `It stays in the outbox, and goes on to ${party} by itself: this is not the end of it. The same message again is told what has become of it.`
    : 'It is not sent again by itself.'
  const known = ['The time of its route is over.', last, next].filter((it) => it !== '').join(' ')
  return failing('peer-timeout', 'PEER-TIMEOUT', known)
}

/** The party is not able to do what is asked, by its profile: that says nothing of what was asked for. */
export function unable(party: string, capability: Capability): Failing {
  const known = `${party} is not able to (profile ${capability}: unsupported); it has not been asked.`
  return { ...failing('peer-unable', 'PEER-UNABLE', known), kind: 'unsupported' }
}

/** The party is away, and its route does not wait. @param retryAfterMs until it is tried again */
export function peerDown(party: string, retryAfterMs: number): Failing {
  const known = `${party} is down, and its route does not wait: nothing has been sent.`
  return { ...failing('peer-unreachable', 'PEER-DOWN', known), retryAfterMs }
}

/** The same where its circuit is open; undefined where it is tried, or waited for. */
export function downNow(
  party: Party | undefined,
  { whenTargetDown }: Pick<Way, 'whenTargetDown'>,
  circuits: ReadonlyMap<string, Circuit>,
  now: string,
): Failing | undefined {
  const circuit = party && circuits.get(party.id)
  if (party === undefined || whenTargetDown === 'queue' || circuit?.state !== 'open')
    return undefined
  return peerDown(party.id, circuit.until - Date.parse(now))
}

/** The time of its route is over, and the party has never been reached. @param retryAfterMs until it is tried again */
export function notSent({ party, reason }: Leg, retryAfterMs: number | undefined): Failing {
  const why =
    retryAfterMs === undefined ? reason : `${party} is spared after faults in a row. ${reason}`
  const known = `Nothing has been sent to ${party}. ${why}`.trim()
  const next = `It stays in the outbox, and goes when ${party} takes messages again.`
  const it = failing('peer-unreachable', 'PEER-NOT-SENT', `${known} ${next}`)
  return retryAfterMs === undefined ? it : { ...it, retryAfterMs }
}

/** The same of one that has never been tried, because another one of its order is still before it. */
export function notItsTurn({ party, orderKey }: Leg): Failing {
  const it = failing('peer-unreachable', 'PEER-NOT-SENT', '')
  const reason = `The message waits behind another one to ${party}, which is not over yet.`
  const details = `Nothing of it has been sent to ${party}: those with the order key ${orderKey} go one after the other. It stays in the outbox, and goes by itself when that one is over.`
  return { ...it, error: { ...it.error, reason, details } }
}

/** A refusal of the whole, as its sender hears it. */
export async function failed(
  { code, error, retryAfterMs }: Failing,
  { received, validated }: Pick<Pending, 'received' | 'validated'>,
  responder: Responder,
): Promise<Answer> {
  const said = saidOfAll({ result: 'FAILED', errors: [error] }, received)
  const answer = await responder.reply(received, validated, said, { failure: code })
  return retryAfterMs === undefined ? answer : { ...answer, retryAfterMs }
}

/** A leg that has been parked before anybody was asked. */
export function unsendable(leg: Leg | undefined): Failing | undefined {
  if (leg !== undefined && leg.state !== 'PARKED') return undefined
  return leg === undefined
    ? failing('no-route', 'NOT-SENT', 'The route leads to nobody.')
    : failing('unsendable', 'NOT-SENT', leg.reason)
}

/** No route takes a message. */
export function noRoute(reason: string): Failing {
  return failing('no-route', 'NO-ROUTE', reason)
}

/** What a peer says that does not speak CIM; undefined when it has done what was asked. */
export function failureOf(
  { party }: Leg,
  { kind, outcome, code, rule, reason }: Verdict,
): Failing | undefined {
  if (kind === 'done') return undefined
  const known = `${party}: ${reason}`
  if (code !== undefined) return failing(code, rule ?? RULES[code] ?? 'PEER-FAULT', known)
  return outcome === 'business'
    ? failing('peer-rejected', 'PEER-REJECTED', known)
    : failing('peer-unreachable', 'PEER-FAULT', known)
}

/** by which a verdict with a code of its own is told */
const RULES: Partial<Record<ErrorCode, string>> = {
  'peer-invalid-reply': 'PEER-INVALID-REPLY',
  'peer-refuses-proof': 'PEER-PROOF',
}

/** An answer that has been given already (0.3) stays what it was. */
export function stepTo(
  origin: Leg,
  { result, errors }: Said,
  { rendered, messageID, etag = '' }: Answer,
): LegStep {
  const answered = {
    reply: rendered.text,
    replyMessageID: messageID,
    replyStatus: rendered.status,
    replyContentType: rendered.contentType,
    replyETag: etag,
  }
  return {
    leg: origin.id,
    from: 'ACCEPTED',
    to: stateOf(result),
    reason: reasonOf(result, errors),
    ...(origin.replyStatus === 0 ? { answered } : {}),
  }
}

/**
 * What has come of a message whose sender was told that nobody had answered in time: whoever sends it again hears that now. It has
 * not come in time all the same.
 */
export function stepAfterTime(origin: Leg, said: Said, answer: Answer): LegStep {
  const { replyMessageID: instead } = origin
  const { reason, to, ...step } = stepTo({ ...origin, replyStatus: 0 }, said, answer)
  const known = `No reply in time; by now it is ${to}. ${reason}`.trim()
  return { ...step, from: 'EXPIRED', to: 'EXPIRED', reason: known, instead }
}

/** The same as its event tells it: what is said to its sender. */
export function verdictOf(said: Said): Verdict {
  const isDone = said.result !== 'FAILED'
  const reason = reasonOf(said.result, said.errors)
  if (said.result === 'OK') return { kind: 'done', outcome: 'ok', reason }
  return { kind: isDone ? 'done' : 'refused', outcome: isDone ? 'ok' : 'business', reason, said }
}
