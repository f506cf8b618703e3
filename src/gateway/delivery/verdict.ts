// What an answer of a peer means for the message that it answers: arrived and done, arrived and refused, or to be
// tried again. Transport, HTTP and the reply inside are three layers; the innermost that speaks decides.

import type { ErrorCode } from '../../envelope/errors.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { member, readJson } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import { askingOf } from '../asking-of.ts'
import { vendorVerdict } from './vendor-verdict.ts'
import type { Attempt, Leg } from '../ledger.ts'
import type { Party } from '../parties/party.ts'
import type { Answered, PeerAnswer, Unusable } from '../peer.ts'
import type { Validated } from '../ports.ts'
import { saidIn } from '../relay/relayed.ts'
import { text } from '../tasks.ts'

/** What one try has come to. */
export interface Verdict {
  /**
   * `done` nothing more is to come; `received` the real reply comes later; `refused` by the business over there, or for
   * good: no repetition mends it; `failed` technically: try again; `canceled` not sent, because it is not due any more
   */
  readonly kind: 'done' | 'received' | 'refused' | 'failed' | 'canceled'
  readonly outcome: Attempt['outcome']
  /** one sentence; empty when all is well */
  readonly reason: string
  /** by which its sender hears of it, where the outcome does not say that already */
  readonly code?: ErrorCode
  /** by which it is told, where the code does not say that already */
  readonly rule?: string
  /** what the peer says, where it says it in a reply */
  readonly said?: Said
  /** the reply as CIM-JSON */
  readonly reply?: JsonObject
  /** MessageID of the reply */
  readonly replyMessageID?: string
  readonly retryAfterMs?: number
  /** what is kept with the leg in place of the answer, as JSON: of a collection what became of each record */
  readonly kept?: string
  /** an earlier try has arrived over there, and is not over */
  readonly underWay?: true
}

/** What came back, from whom, with what a judge says of it; `validated` where it is a document. */
export interface Judged {
  readonly answer: PeerAnswer
  readonly validated?: Validated
  /** absent when the configuration has it no more */
  readonly party?: Party
  /** the noun that a query asks for */
  readonly queried?: Queried
}

/** The noun of the objects that a query asks for; undefined for what is no query. */
export type Queried = (noun: string) => string | undefined

/** HTTP statuses that a repetition may mend (RFC 9110 §15): too early, too much, not now. */
const AGAIN: readonly number[] = [408, 425, 429]

/** @param leg that was sent */
export function verdictOn(leg: Leg, judged: Judged): Verdict {
  const { answer, validated, party } = judged
  if (answer.kind === 'unreachable') {
    const { reason, sent, permanent } = answer
    if (permanent) return { kind: 'refused', outcome: 'technical', reason }
    return { kind: 'failed', outcome: sent ? 'unknown' : 'technical', reason }
  }
  const { status, retryAfterMs, unusable } = answer
  if (status === 401) return unproved(leg, party)
  const wish = retryAfterMs === undefined ? {} : { retryAfterMs }
  const own = vendorVerdict(leg, answer, party)
  if (own !== undefined) return own.kind === 'failed' ? { ...own, ...wish } : own
  // What the reply says counts more than the status that it comes with, as far as it is a reply to this message.
  if (validated?.json !== undefined && isReply(validated))
    return replied(leg, validated, judged, wish)
  if (status >= 500 || AGAIN.includes(status))
    return { kind: 'failed', outcome: 'technical', reason: `HTTP ${status}.`, ...wish }
  if (status === 409 && isBusy(answer)) return { ...UNDER_WAY, ...wish }
  if (status >= 400) return { kind: 'refused', outcome: 'business', reason: `HTTP ${status}.` }
  if (unusable !== undefined) return unreadable(status, unusable)
  if (status >= 300) return invalid(`HTTP ${status}: redirects are not followed.`)
  return acknowledged(leg, answer, validated, party)
}

/** What a peer says of an Idempotency-Key whose first request is not over: asked again, it answers what has become of it. */
const UNDER_WAY: Verdict = {
  kind: 'failed',
  outcome: 'technical',
  reason: 'HTTP 409: an earlier try is under way over there.',
  underWay: true,
}

/** A conflict for good names no time to come back, and no message under way. */
function isBusy({ bytes, retryAfterMs }: Answered): boolean {
  if (retryAfterMs !== undefined) return true
  const read = readJson(new TextDecoder().decode(bytes))
  return 'value' in read && text(member(read.value, 'rule')) === IN_FLIGHT
}

const INVALID: ErrorCode = 'peer-invalid-reply'

/** It has answered, and its answer says nothing of the message; asked again it would not say more. */
function invalid(reason: string): Verdict {
  return { kind: 'refused', outcome: 'technical', code: INVALID, reason }
}

/** The peer has the message, and its answer is lost: cut off, it is asked once more; for good, nobody asks again. */
function unreadable(status: number, { reason, lasting }: Unusable): Verdict {
  const whole = `HTTP ${status}, so the message has arrived; the answer ${reason} Whether it is done, nobody can say.`
  if (lasting) return invalid(whole)
  return { kind: 'failed', outcome: 'unknown', code: INVALID, reason: whole }
}

/** Our own proof is refused: what the peer says of it is meant for us, and not for the sender. */
function unproved({ party: id }: Leg, party: Party | undefined): Verdict {
  const binding = party?.binding ?? {}
  const name = 'usernameToken' in binding ? 'usernameToken' : 'credential'
  const key = `parties.${id}.binding.${name}`
  const mend = name in binding ? `Mend ${key}` : `Add ${key}`
  const reason = `HTTP 401: ${id} does not take what the gateway proves itself by. ${mend} in the configuration.`
  return { kind: 'refused', outcome: 'business', code: 'peer-refuses-proof', reason }
}

function isReply({ root, verb }: Validated): boolean {
  return verb === 'reply' || root?.name.endsWith('FaultMessage') === true
}

/**
 * 2xx without a reply: enough for an event, and for whoever speaks a JSON of its own; a request in CIM calls for a
 * ResponseMessage (IEC 61968-100:2013 5.2), so that nothing passes for done that nobody has said is done.
 */
function acknowledged(
  leg: Leg,
  { status, bytes, contentType }: Answered,
  validated: Validated | undefined,
  party: Party | undefined,
): Verdict {
  if (validated !== undefined && validated.verdict !== 'valid') {
    const [first] = validated.findings.filter((it) => it.severity === 'error')
    const what = first?.message ?? validated.verdict
    return invalid(`The peer has answered with what is no valid reply: ${what}`)
  }
  if (bytes.length > 0 && /\bhtml\b/i.test(contentType))
    return invalid('The peer has answered with a page for people, as a login or a proxy does.')
  const isOwed = owesReply(leg, party)
  // Whoever speaks no CIM has received the question by that, and tells its answer later.
  if (!isOwed && askingOf(leg.noun, leg.verb) !== undefined)
    return { kind: 'received', outcome: 'ok', reason: '' }
  if (!isOwed && !owesAck(leg, party)) return { kind: 'done', outcome: 'ok', reason: '' }
  // Accepted, and not yet done (RFC 9110 15.3.3): the reply comes later, or is missed when its time is over.
  if (status === 202 && bytes.length === 0) return { kind: 'received', outcome: 'ok', reason: '' }
  if (!isOwed) return unacknowledged(status)
  return invalid(`HTTP ${status} without a ResponseMessage: whether it is done, nobody has said.`)
}

/** An event that asks for an acknowledgement (AckRequired, IEC 61968-100:2013 6.2) is told again until it has one. */
function unacknowledged(status: number): Verdict {
  const reason = `HTTP ${status} without a ResponseMessage, and the event asks for one (AckRequired).`
  return { kind: 'failed', outcome: 'unknown', code: 'peer-timeout', reason }
}

const ACK_REQUIRED = /<(?:\w+:)?AckRequired>\s*(?:true|1)\s*</

function owesAck({ verb, request }: Leg, party: Party | undefined): boolean {
  const isEvent = verbRow(verb)?.kind === 'event'
  return isEvent && CIM_BINDINGS.includes(party?.binding?.type) && ACK_REQUIRED.test(request)
}

const CIM_BINDINGS: readonly (string | undefined)[] = ['cim-xml', 'soap']

function owesReply({ verb }: Leg, party: Party | undefined): boolean {
  return CIM_BINDINGS.includes(party?.binding?.type) && verbRow(verb)?.kind === 'request'
}

/** the rule that a reply repeats the Noun of its request */
export const REPEATS_NOUN = 'NOU-01'
const OPERATION_SET = /OperationSet$/

/** A query and its objects answer each other; of an OperationSet the reply may name what it holds. */
function isOtherNoun({ noun, verb }: Leg, other: string, { party, queried }: Judged): boolean {
  if (noun === other || party?.tolerate.includes(REPEATS_NOUN) === true) return false
  if (OPERATION_SET.test(noun) || OPERATION_SET.test(other)) return false
  return verb !== 'get' || (queried?.(noun) !== other && queried?.(other) !== noun)
}

function otherNoun({ noun, party }: Leg, other: string): Verdict {
  const tolerate = `tolerate: [${REPEATS_NOUN}] of ${party} lets it pass.`
  return invalid(
    `${REPEATS_NOUN}: the request has the Noun ${noun}, and its reply ${other}; ${tolerate}`,
  )
}

function replied(
  leg: Leg,
  { json, noun, correlationID, messageID }: Validated,
  judged: Judged,
  wish: object,
): Verdict {
  const reply = json as JsonObject
  if (correlationID !== null && correlationID !== leg.correlationID)
    return invalid(`The reply is to another message: its CorrelationID is ${correlationID}.`)
  if (noun !== null && isOtherNoun(leg, noun, judged)) return otherNoun(leg, noun)
  const said = saidIn(reply)
  const facts = { said, reply, replyMessageID: messageID ?? '' }
  const codes = codesIn(reply)
  if (said.result === 'OK' || said.result === 'PARTIAL') {
    const later = codes.some((it) => it === '0.3' || it === '0.1')
    return { kind: later ? 'received' : 'done', outcome: 'ok', reason: '', ...facts }
  }
  const reason = said.errors?.map((it) => `${it.code} ${it.reason ?? ''}`.trim()).join('; ') ?? ''
  const isNotNow = codes.length > 0 && codes.every((it) => TECHNICAL.has(it))
  const underWay = isUnderWay(said) ? { underWay: true as const } : {}
  if (isNotNow || 'underWay' in underWay)
    return { kind: 'failed', outcome: 'technical', reason, ...underWay, ...facts, ...wish }
  return { kind: 'refused', outcome: 'business', reason, ...facts }
}

/** Codes that say "not now" of the peer itself: nothing has been decided. */
const TECHNICAL: ReadonlySet<string> = new Set(['3.2', '4.1', '5.1', '7.1'])

/** rule that whoever repeats a message is told by as long as the first one is being carried out */
export const IN_FLIGHT = 'MSG-IN-FLIGHT'

/** An earlier try has arrived over there and is not over: asked again, the peer answers what has become of it. */
function isUnderWay({ errors = [] }: Said): boolean {
  const rule = new RegExp(`\\brule=${IN_FLIGHT}(;|$)`)
  return errors.length > 0 && errors.every(({ details = '' }) => rule.test(details))
}

function codesIn(reply: JsonObject): readonly string[] {
  const errors = member(member(reply, 'reply'), 'Error')
  return (Array.isArray(errors) ? errors : []).flatMap((it) => text(member(it, 'code')) ?? [])
}
