// Builds what cimgate answers and reports: replies, faults and events as CIM-JSON. Ids and times come from the caller.

import { correlationOf, operationIdOf } from './correlation.ts'
import type { EnvelopeView } from './envelope.ts'
import { legible } from './escape.ts'
import { present, some } from './message-object.ts'
import type {
  ErrorObject,
  HeaderObject,
  IdObject,
  Level,
  MessageObject,
  ReplyObject,
  Result,
} from './message-object.ts'
import { REPLY_VERB } from './verbs.ts'
import type { Verb } from './verbs.ts'

/** One Error of a reply, before it has its place in the schema. */
export interface ReplyError {
  /** one of reply-codes.ts */
  readonly code: string
  /** by default that of the Result: FAILED is FATAL, PARTIAL is WARNING, OK is INFORM */
  readonly level?: Level
  readonly reason?: string
  /** id of the rule that decided; it goes into details as `rule=<id>` */
  readonly rule?: string
  readonly details?: string
  /** the item that is meant; needed for each failed item of a PARTIAL */
  readonly id?: IdObject
  readonly relatedID?: IdObject
  /** exactly as in the request */
  readonly operationId?: string
}

/** Who speaks, when, and under which id. */
export interface Stamp {
  readonly messageID: string
  /** ISO 8601 with zone */
  readonly timestamp: string
  readonly source?: string
}

/** What a reply says; FAILED and PARTIAL need at least one error (RPL-01). */
export interface Answer<P = never> extends Stamp {
  readonly result: Result
  readonly errors?: readonly ReplyError[]
  /** resulting ids, of a create above all */
  readonly ids?: readonly IdObject[]
  readonly payload?: P
  /** when the reply is about one Operation only; exactly as in the request */
  readonly operationId?: string
}

/**
 * The reply to a request, in the carrier of the request: generic, or `<X>ResponseMessage` in its namespace.
 * @param request with a Noun; a message without one is answered by `faultMessage`
 * @see IEC 61968-100:2013 6.3.4, 6.9
 */
export function replyTo<P = never>(request: EnvelopeView, answer: Answer<P>): MessageObject<P> {
  return {
    ...carrier(request, 'ResponseMessage'),
    header: headerOf(REPLY_VERB, request.noun ?? '', answer, correlationOf(request)),
    reply: replyObject(answer),
    ...(answer.payload === undefined ? {} : { payload: answer.payload }),
  }
}

/**
 * A fault, which has a Reply and nothing else: the last resort for what cannot be read as a message.
 * @param request when the root at least was readable: a typed one is answered by `<X>FaultMessage`
 * @see IEC 61968-100:2013 6.3.6
 */
export function faultMessage(errors: readonly ReplyError[], request?: EnvelopeView): MessageObject {
  return { ...carrier(request, 'FaultMessage'), reply: replyObject({ result: 'FAILED', errors }) }
}

function carrier(request: EnvelopeView | undefined, generic: 'ResponseMessage' | 'FaultMessage') {
  const typed = request?.typed
  if (request === undefined || typed === undefined) return { message: generic }
  const message = generic === 'FaultMessage' ? typed.fault : typed.reply
  return { message, '@xmlns': request.root.ns }
}

function headerOf(
  verb: Verb,
  noun: string,
  { timestamp, source, messageID }: Stamp,
  correlationID: string | undefined,
): HeaderObject {
  return present({
    Verb: verb,
    Noun: noun,
    Timestamp: timestamp,
    Source: source,
    MessageID: messageID,
    CorrelationID: correlationID,
  })
}

function replyObject(it: Pick<Answer, 'result' | 'errors' | 'ids' | 'operationId'>): ReplyObject {
  return present({
    Result: it.result,
    Error: some(it.errors?.map((error) => errorObject(error, it.result))),
    ID: some(it.ids),
    operationId: integer(it.operationId),
  })
}

const LEVELS: Readonly<Record<Result, Level>> = {
  OK: 'INFORM',
  PARTIAL: 'WARNING',
  FAILED: 'FATAL',
}

function errorObject(error: ReplyError, result: Result): ErrorObject {
  const details = [error.rule && `rule=${error.rule}`, error.details].filter((it) => it)
  return present({
    code: error.code,
    level: error.level ?? LEVELS[result],
    reason: error.reason && legible(error.reason),
    details: details.length === 0 ? undefined : legible(details.join('; ')),
    ID: error.id,
    relatedID: error.relatedID,
    operationId: integer(error.operationId),
  })
}

/** As a JSON number where it holds the value, else as the text: an xs:integer has no upper bound. */
function integer(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined
  const value = Number(operationIdOf(text))
  return Number.isSafeInteger(value) && String(value) === text ? value : text
}
