// What an answer of a peer means for the message that it answers: arrived and done, arrived and refused, or to be
// tried again. Transport, HTTP and the reply inside are three layers; the innermost that speaks decides.

import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import type { Attempt, Leg } from '../ledger.ts'
import type { PeerAnswer } from '../peer.ts'
import type { Validated } from '../ports.ts'
import { saidIn } from '../relay/relayed.ts'
import { text } from '../tasks.ts'

/** What one try has come to. */
export interface Verdict {
  /**
   * `done` nothing more is to come; `received` the real reply comes later; `refused` by the business over there, or for
   * good: no repetition mends it; `failed` technically: try again
   */
  readonly kind: 'done' | 'received' | 'refused' | 'failed'
  readonly outcome: Attempt['outcome']
  /** one sentence; empty when all is well */
  readonly reason: string
  /** what the peer says, where it says it in a reply */
  readonly said?: Said
  /** the reply as CIM-JSON */
  readonly reply?: JsonObject
  /** MessageID of the reply */
  readonly replyMessageID?: string
  readonly retryAfterMs?: number
}

/** What came back, with what a judge says of it; `validated` where it is a document. */
export interface Judged {
  readonly answer: PeerAnswer
  readonly validated?: Validated
}

/** HTTP statuses that a repetition may mend (RFC 9110 §15): too early, too much, not now. */
const AGAIN: readonly number[] = [408, 425, 429]

/** @param leg that was sent */
export function verdictOn(leg: Leg, { answer, validated }: Judged): Verdict {
  if (answer.kind === 'unreachable') {
    const { reason, sent, permanent } = answer
    if (permanent) return { kind: 'refused', outcome: 'technical', reason }
    return { kind: 'failed', outcome: sent ? 'unknown' : 'technical', reason }
  }
  const { status, retryAfterMs } = answer
  const wish = retryAfterMs === undefined ? {} : { retryAfterMs }
  // What the reply says counts more than the status that it comes with, as far as it is a reply to this message.
  if (validated?.json !== undefined && isReply(validated)) return replied(leg, validated, wish)
  if (status >= 500 || AGAIN.includes(status))
    return { kind: 'failed', outcome: 'technical', reason: `HTTP ${status}.`, ...wish }
  if (status >= 400) return { kind: 'refused', outcome: 'business', reason: `HTTP ${status}.` }
  if (status >= 300)
    return {
      kind: 'refused',
      outcome: 'technical',
      reason: `HTTP ${status}: redirects are not followed.`,
    }
  return acknowledged(validated)
}

function isReply({ root, verb }: Validated): boolean {
  return verb === 'reply' || root?.name.endsWith('FaultMessage') === true
}

/** 2xx without a reply is enough, but what is sent along has to be valid. */
function acknowledged(validated: Validated | undefined): Verdict {
  if (validated !== undefined && validated.verdict !== 'valid') {
    const [first] = validated.findings.filter((it) => it.severity === 'error')
    return {
      kind: 'refused',
      outcome: 'technical',
      reason: `The peer has answered with what is no valid reply: ${first?.message ?? validated.verdict}`,
    }
  }
  return { kind: 'done', outcome: 'ok', reason: '' }
}

function replied(leg: Leg, { json, correlationID, messageID }: Validated, wish: object): Verdict {
  const reply = json as JsonObject
  if (correlationID !== null && correlationID !== leg.correlationID)
    return {
      kind: 'refused',
      outcome: 'technical',
      reason: `The reply is to another message: its CorrelationID is ${correlationID}.`,
    }
  const said = saidIn(reply)
  const facts = { said, reply, replyMessageID: messageID ?? '' }
  const codes = codesIn(reply)
  if (said.result === 'OK' || said.result === 'PARTIAL') {
    const later = codes.some((it) => it === '0.3' || it === '0.1')
    return { kind: later ? 'received' : 'done', outcome: 'ok', reason: '', ...facts }
  }
  const reason = said.errors?.map((it) => `${it.code} ${it.reason ?? ''}`.trim()).join('; ') ?? ''
  const isNotNow = codes.length > 0 && codes.every((it) => TECHNICAL.has(it))
  if (isNotNow || isUnderWay(said))
    return { kind: 'failed', outcome: 'technical', reason, ...facts, ...wish }
  return { kind: 'refused', outcome: 'business', reason, ...facts }
}

/** Codes that say "not now" of the peer itself (design/mapping.md §5): nothing has been decided. */
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
