// The exchange: one received message from its bytes to its reply. Valid, accepted and stored are three steps,
// and the reply leaves only when the change is on disk and the reply itself is valid.

import type { EnvelopeView } from '../envelope/envelope.ts'
import { readEnvelope } from '../envelope/envelope.ts'
import { element } from '../envelope/element.ts'
import type { Aliases } from '../envelope/aliases.ts'
import type { Result } from '../envelope/message-object.ts'
import { correlationOf } from '../envelope/correlation.ts'
import { errorOfFinding } from '../envelope/reply-errors.ts'
import { faultMessage, replyTo } from '../envelope/reply.ts'
import type { ReplyError } from '../envelope/reply.ts'
import { verbRow } from '../envelope/verbs.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import type { Flow } from '../flows/flow.ts'
import { decide } from './decide.ts'
import type { DecideContext, Decision } from './decide.ts'
import { objectField } from './nouns.ts'
import type {
  Clock,
  Log,
  MessageRecord,
  NewId,
  Store,
  StoredObject,
  Validate,
  Validated,
} from './ports.ts'
import { query } from './query.ts'
import { answerOf } from './answer.ts'
import type { Said } from './answer.ts'
import { touched, verbOf, workOf } from './tasks.ts'
import type { Work } from './tasks.ts'

/** Everything that the exchange is made of. */
export interface ExchangeParts {
  readonly schemas: SchemaSet
  readonly store: Store
  readonly validate: Validate
  /** the flow of a noun and verb; undefined when the noun's flows have no such verb */
  readonly flow: (noun: string, verb: string) => Flow | undefined
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Log
  /** Source of our own messages */
  readonly source: string
  /** what a half-failed batch is called (flows §3 "Mixed batches") */
  readonly mixedBatch: 'partial' | 'failed'
}

/** Who sent it, and what is agreed with them. */
export interface Sender {
  readonly party: string
  readonly tolerate?: readonly string[]
  readonly aliases?: Aliases
}

/** A message as the exchange takes it. */
export interface Received {
  readonly bytes: Uint8Array
  readonly sender: Sender
  /** SHA-256 of what identifies the message, hex */
  readonly bodyHash: string
  /** overrides the MessageID for recognizing repeats (Idempotency-Key) */
  readonly repeatKey?: string
  /** what goes back; by default the reply as XML */
  readonly render?: (answer: Unrendered) => Rendered
}

/** A body as it goes back, and as it goes back again when the message is repeated. */
export interface Rendered {
  readonly text: string
  readonly status: number
  readonly contentType: string
}

/** What was decided, before it has the form in which it goes back. */
export interface Unrendered {
  readonly kind: 'reply' | 'fault'
  readonly result: Result
  readonly errors: readonly ReplyError[]
  /** XML text of the reply or fault, with declaration */
  readonly xml: string
  readonly validated: Validated
  readonly decision?: Decision
}

export interface Answer {
  readonly rendered: Rendered
  /** for the HTTP headers; empty in a fault */
  readonly messageID: string
  readonly correlationID: string
  /** true when this is the stored reply to a repeated message */
  readonly repeated: boolean
  /** false when another message has come under the same id */
  readonly conflict: boolean
}

export interface Exchange {
  readonly receive: (received: Received) => Promise<Answer>
}

/** How often a decision is made again because somebody else was quicker. */
const MOST_ATTEMPTS = 20

export function createExchange(parts: ExchangeParts): Exchange {
  const elementOf = (noun: string) => objectField(parts.schemas, noun)?.decl.name

  async function receive(received: Received): Promise<Answer> {
    const { sender } = received
    const options = {
      json: true,
      ...(sender.tolerate === undefined ? {} : { tolerate: sender.tolerate }),
      ...(sender.aliases === undefined ? {} : { aliases: sender.aliases }),
    }
    const validated = await parts.validate.judge(received.bytes, options)
    if (validated.verdict !== 'valid' || validated.json === undefined)
      return refuse(received, validated)
    return accept(received, validated, validated.json)
  }

  async function accept(
    received: Received,
    validated: Validated,
    message: JsonObject,
  ): Promise<Answer> {
    const view = viewOf(validated)
    const kind = verbRow(validated.verb ?? undefined)?.kind
    if (kind === undefined || validated.root === null || view.kind === null)
      return fault(received, validated, [BARE])
    if (kind === 'reply')
      return said(received, validated, { result: 'FAILED', errors: [NOT_AWAITED] })
    if (verbOf(message) === 'get')
      return said(
        received,
        validated,
        await query(message, { store: parts.store, schemas: parts.schemas, flow: parts.flow }),
      )
    const repeat = await repeated(received, validated)
    return repeat ?? change(received, validated, message)
  }

  /** The stored reply, byte by byte; another body under the same id is a conflict. */
  async function repeated(received: Received, validated: Validated): Promise<Answer | undefined> {
    const stored = await parts.store.message(received.sender.party, repeatKey(received, validated))
    return stored === undefined ? undefined : replay(stored, received, validated)
  }

  function replay(stored: MessageRecord, received: Received, validated: Validated): Answer {
    if (stored.bodyHash !== received.bodyHash)
      return {
        ...said(received, validated, { result: 'FAILED', errors: [CONFLICT] }),
        conflict: true,
      }
    const {
      reply: text,
      replyStatus: status,
      replyContentType: contentType,
      replyMessageID: messageID,
      correlationID,
    } = stored
    return {
      rendered: { text, status, contentType },
      messageID,
      correlationID,
      repeated: true,
      conflict: false,
    }
  }

  async function change(
    received: Received,
    validated: Validated,
    message: JsonObject,
  ): Promise<Answer> {
    const work = workOf(message, elementOf)
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const stored = await read(work)
      const decision = decide(work, stored, contextOf())
      const answer = said(
        received,
        validated,
        answerOf(decision, parts.mixedBatch, elementOf),
        decision,
      )
      const committed = await parts.store.commit({
        message: recordOf(received, validated, answer),
        ...decision.world.difference(),
        events: decision.events,
      })
      if (committed.kind === 'committed') return answer
      if (committed.kind === 'duplicate') return replay(committed.message, received, validated)
    }
    return said(received, validated, { result: 'FAILED', errors: [BUSY] })
  }

  function contextOf(): DecideContext {
    return {
      flow: parts.flow,
      newId: parts.newId,
      now: parts.clock(),
      exchangeId: parts.newId(),
      incomplete,
    }
  }

  /** Why an object could not be sent to anybody as it would be; undefined when it could. */
  function incomplete(noun: string, object: JsonObject): string | undefined {
    const name = elementOf(noun)
    if (name === undefined) return undefined
    const { xml, issues } = messageFromJson({ [noun]: { [name]: [object] } }, parts.schemas)
    if (issues.length > 0) return issues[0]?.message
    return parts.validate.judgeInline(bytesOf(xml), { only: ['payload-xsd'] }).findings[0]?.message
  }

  async function read(work: Work): Promise<readonly StoredObject[]> {
    const found = await Promise.all(
      [...touched(work)].map(([noun, { ids, names }]) => parts.store.objects(noun, ids, names)),
    )
    return found.flat()
  }

  function recordOf(received: Received, validated: Validated, answer: Answer): MessageRecord {
    return {
      party: received.sender.party,
      messageID: repeatKey(received, validated),
      correlationID: answer.correlationID,
      verb: validated.verb ?? '',
      noun: validated.noun ?? '',
      bodyHash: received.bodyHash,
      receivedAt: parts.clock(),
      request: textOf(received.bytes),
      reply: answer.rendered.text,
      replyMessageID: answer.messageID,
      replyStatus: answer.rendered.status,
      replyContentType: answer.rendered.contentType,
    }
  }

  /** A message without MessageID (tolerated) is recognized by its content. */
  function repeatKey(received: Received, validated: Validated): string {
    return received.repeatKey ?? validated.messageID ?? `sha256:${received.bodyHash}`
  }

  function refuse(received: Received, validated: Validated): Answer {
    const errors = validated.findings
      .filter((it) => it.severity === 'error')
      .map((it) => errorOfFinding(it, CODES[validated.verdict]))
    const some = errors.length > 0 ? errors : [BARE]
    // A reply needs a Verb and a Noun to answer; else only a fault is left (IEC 61968-100:2013 6.3.6).
    const readable =
      validated.verdict === 'invalid' && validated.verb !== null && validated.noun !== null
    return readable
      ? said(received, validated, { result: 'FAILED', errors: some })
      : fault(received, validated, some)
  }

  function fault(received: Received, validated: Validated, errors: readonly ReplyError[]): Answer {
    const message = faultMessage(
      errors,
      validated.root === null ? undefined : viewOf(validated),
    ) as JsonObject
    const unrendered: Unrendered = {
      kind: 'fault',
      result: 'FAILED',
      errors,
      xml: sealed(message, validated),
      validated,
    }
    return answer(received, unrendered, '')
  }

  function said(
    received: Received,
    validated: Validated,
    saying: Said,
    decision?: Decision,
  ): Answer {
    const messageID = parts.newId()
    const { payload, ...rest } = saying
    const stamp = { messageID, timestamp: parts.clock(), source: parts.source }
    const message = replyTo<JsonObject>(viewOf(validated), {
      ...rest,
      ...stamp,
      ...(payload === undefined ? {} : { payload }),
    })
    const xml = sealed(message as unknown as JsonObject, validated)
    const errors = saying.errors ?? []
    const unrendered: Unrendered = {
      kind: 'reply',
      result: saying.result,
      errors,
      xml,
      validated,
      ...(decision === undefined ? {} : { decision }),
    }
    return answer(received, unrendered, messageID)
  }

  function answer(received: Received, unrendered: Unrendered, messageID: string): Answer {
    const render = received.render ?? renderXml
    return {
      rendered: render(unrendered),
      messageID,
      correlationID: correlationIn(unrendered.validated),
      repeated: false,
      conflict: false,
    }
  }

  /** Writes our own message and validates it: nothing invalid leaves. */
  function sealed(message: JsonObject, validated: Validated): string {
    const { xml, issues } = messageFromJson(message, parts.schemas)
    const full = `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`
    // Who tolerates a missing MessageID gets a reply that cannot be tied to anything.
    const tolerate = correlationIn(validated) === '' ? ['COR-01'] : []
    const own =
      issues.length > 0 ? undefined : parts.validate.judgeInline(bytesOf(full), { tolerate })
    if (own?.verdict === 'valid') return full
    parts.log.error(
      { issues, findings: own?.findings, noun: validated.noun, verb: validated.verb },
      'our own message is not valid; it is not sent',
    )
    throw new Error('our own reply is not valid')
  }

  return { receive }
}

/** The raw endpoint: 200 for every reply, 400 for a fault, whatever the reply says (design/mapping.md §5). */
function renderXml({ kind, xml, validated }: Unrendered): Rendered {
  const status =
    kind === 'reply' ? 200 : validated.findings.some((it) => it.rule === 'LIM-SIZE') ? 413 : 400
  return { text: xml, status, contentType: 'application/xml; charset=utf-8' }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** As text where it is UTF-8; other octets as a data URL, so that nothing of what was received is lost. */
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const same = !text.includes('\uFFFD') && !text.includes('\0')
  return same
    ? text
    : `data:application/octet-stream;base64,${btoa(Array.from(bytes, (it) => String.fromCharCode(it)).join(''))}`
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

function correlationIn(validated: Validated): string {
  return correlationOf(viewOf(validated)) ?? ''
}

/** reply codes for what no rule has a code for, by verdict */
const CODES: Readonly<Partial<Record<Validated['verdict'], string>>> = {
  refused: '7.7',
  'no-schema': '1.8',
  invalid: '1.8',
  'not-well-formed': '1.8',
  'engine-error': '5.3',
}

const BARE: ReplyError = {
  code: '1.8',
  level: 'FATAL',
  reason: 'A message is due here: a root of IEC 61968-100 with Header, Verb and Noun.',
  details: 'Send the payload inside a RequestMessage or EventMessage.',
}
const NOT_AWAITED: ReplyError = {
  code: '2.15',
  level: 'FATAL',
  reason: 'No request waits for this reply.',
  details: 'Check its CorrelationID.',
}
const CONFLICT: ReplyError = {
  code: '6.1',
  level: 'FATAL',
  rule: 'MSG-CONFLICT',
  reason: 'Another message has come under this MessageID before.',
  details: 'Give every message an ID of its own; repeat an ID only with the same bytes.',
}
const BUSY: ReplyError = {
  code: '5.1',
  level: 'FATAL',
  reason: 'The object is being changed by others at this moment.',
  details: 'Send the same message again.',
}
