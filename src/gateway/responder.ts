// Writes what goes back: reply or fault, in the carrier of the request, valid or not at all.

import { correlationOf } from '../envelope/correlation.ts'
import { element } from '../envelope/element.ts'
import { isMessageRoot, readEnvelope } from '../envelope/envelope.ts'
import type { EnvelopeView } from '../envelope/envelope.ts'
import { CimError, errorRow } from '../envelope/errors.ts'
import type { ErrorCode } from '../envelope/errors.ts'
import type { MessageObject } from '../envelope/message-object.ts'
import { statusAt } from '../envelope/reply-codes.ts'
import { faultMessage, replyTo } from '../envelope/reply.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { REPLY_VERB } from '../envelope/verbs.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import type { Said } from './answer.ts'
import { etagOf } from './entity-tag.ts'
import type { Clock, Log, NewId, Validate, Validated } from './ports.ts'
import type { Answer, Received, Rendered, Unrendered } from './received.ts'
import { carried, carriedFault } from './soap/carried.ts'

/** What writing needs from outside. */
export interface ResponderParts {
  readonly schemas: SchemaSet
  readonly validate: Validate
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Source of our own messages */
  readonly source: string
}

/** What the form of an answer may depend on besides what it says. */
export type Background = Pick<Unrendered, 'decision' | 'failure'>

/** Writes answers. Both reject with a CimError `internal` when what they have written is not valid. */
export interface Responder {
  /** A ResponseMessage; the request has a Verb and a Noun, see `isAnswerable`. */
  readonly reply: (
    received: Received,
    validated: Validated,
    said: Said,
    background?: Background,
  ) => Promise<Answer>
  /** A FaultMessage, the last resort (IEC 61968-100:2013 6.3.6). */
  readonly fault: (
    received: Received,
    validated: Validated,
    errors: readonly ReplyError[],
    failure?: ErrorCode,
  ) => Promise<Answer>
}

/** A reply needs a Verb and a Noun to answer, and a root that is known; else only a fault is left. */
export function isAnswerable({ root, verb, noun }: Validated): boolean {
  const isNamed = [verb, noun].every((it) => it !== null && it !== '')
  return isNamed && root !== null && isMessageRoot(element(root.ns, root.name))
}

/** The responder of one gateway. */
export function createResponder(parts: ResponderParts): Responder {
  async function reply(
    received: Received,
    validated: Validated,
    said: Said,
    background: Background = {},
  ): Promise<Answer> {
    const messageID = parts.newId()
    const { result, errors = [] } = said
    const xml =
      received.isUnwritten === true ? '' : await written(received, validated, said, messageID)
    const returned = said.payload === undefined ? {} : { payload: said.payload }
    const what = { result, errors, xml, validated, ...returned }
    const here = received.refusedHere?.all.map(({ at }) => at)
    const places = here === undefined ? {} : { refusedHere: new Set(here) }
    const it: Unrendered = { kind: 'reply', ...what, ...background, ...places }
    return answer(received, it, messageID)
  }

  function written(
    received: Received,
    validated: Validated,
    said: Said,
    messageID: string,
  ): Promise<string> {
    const stamp = { messageID, timestamp: parts.clock(), source: parts.source }
    const request = answerable(validated, parts.schemas)
    const message = replyTo<Json>(request, { ...placed(said, request), ...stamp })
    return sealed(message, received, validated, parts)
  }

  async function fault(
    received: Received,
    validated: Validated,
    errors: readonly ReplyError[],
    failure?: ErrorCode,
  ): Promise<Answer> {
    const request = validated.root === null ? undefined : answerable(validated, parts.schemas)
    const xml = await sealed(faultMessage(errors, request), received, validated, parts)
    const background = failure === undefined ? {} : { failure }
    const it: Unrendered = {
      kind: 'fault',
      result: 'FAILED',
      errors,
      xml,
      validated,
      ...background,
    }
    return answer(received, it, '')
  }

  return { reply, fault }
}

function answer(
  { render = renderXml, told, exchangeId }: Received,
  said: Unrendered,
  messageID: string,
): Answer {
  const it = exchangeId === undefined ? said : { ...said, exchangeId }
  told?.(it)
  const correlationID = correlationOf(viewOf(it.validated)) ?? ''
  const ids = { messageID, correlationID, ...etagOf(it) }
  return { rendered: render(it), xml: said.xml, said: it, ...ids, repeated: false }
}

/** The typed reply to an OperationSet has no place for objects, so it goes without them. */
function placed(said: Said, { typed }: EnvelopeView): Said {
  if (typed?.operationSet !== true) return said
  const { payload: _payload, ...rest } = said
  return rest
}

/** Writes our own message and validates it: nothing invalid leaves. */
async function sealed(
  message: MessageObject<Json>,
  { exchangeId, sender: { party } }: Received,
  validated: Validated,
  { schemas, validate, log }: ResponderParts,
): Promise<string> {
  const { xml, issues } = messageFromJson(message as unknown as JsonObject, schemas)
  const how = { tolerate: inherited(validated, schemas), own: true }
  const bytes = new TextEncoder().encode(xml)
  const own = validate.judgeShipped(bytes, how) ?? (await validate.judge(bytes, how))
  if (issues.length === 0 && own.verdict === 'valid') return xml
  const { noun, verb } = validated
  const findings = [...issues, ...own.findings].map(({ path, ...it }) =>
    'rule' in it ? { rule: it.rule, path } : { path },
  )
  const { messageID } = validated
  log.error({ findings, party, exchangeId, messageID, noun, verb }, 'our own message is not valid')
  throw new CimError('internal')
}

/** What a reply cannot mend, because it repeats its request: an absent id, and a Noun that nobody knows. */
function inherited(validated: Validated, { catalogue }: SchemaSet): readonly string[] {
  const isTied = correlationOf(viewOf(validated)) !== undefined
  const isKnown = validated.noun === null || catalogue.isNoun(validated.noun)
  return [...(isTied ? [] : ['COR-01']), ...(isKnown ? [] : ['NOU-02'])]
}

/** A typed message of an edition that nobody has a schema of is answered by a generic one: of the other nobody knows the form. */
function answerable(validated: Validated, schemas: SchemaSet): EnvelopeView {
  const view = viewOf(validated)
  const { typed, root } = view
  const isKnown =
    typed === undefined || schemas.message(root.ns, typed.reply, REPLY_VERB) !== undefined
  return isKnown ? view : { ...view, typed: undefined }
}

function viewOf(validated: Validated): EnvelopeView {
  const view = readEnvelope(element(validated.root?.ns ?? '', validated.root?.name ?? ''))
  return {
    ...view,
    noun: validated.noun ?? undefined,
    verb: validated.verb ?? undefined,
    messageID: validated.messageID ?? undefined,
    correlationID: validated.correlationID ?? undefined,
  }
}

/** What goes back by default, at the raw endpoint: 200 for every reply, whatever it says; faults by what they are about. */
export function renderXml(it: Unrendered): Rendered {
  const isFault = it.kind === 'fault'
  const { soap, wrapper } = it.validated
  const text = reasonOf(it.errors)
  const { xml, contentType } =
    isFault && soap !== null
      ? carriedFault({ kind: 'sender', text, detail: it.xml }, soap)
      : carried(it.xml, soap, wrapper)
  const status = isFault ? faultStatus(it) : 200
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`, status, contentType }
}

function reasonOf(errors: readonly ReplyError[]): string {
  return errors[0]?.reason ?? 'The message cannot be answered.'
}

/** That of the error where the sender is to blame, 503 where we are; 400 for what is no message. */
function faultStatus({ failure }: Unrendered): number {
  if (failure === undefined) return 400
  const { whose, http } = errorRow(failure)
  return whose === 'sender' ? statusAt(http, 'body') : 503
}
