// The record of a message and its reply: how a repeat is recognized, and what it gets.

import type { Finding } from '../envelope/finding.ts'
import type { ReplyError } from '../envelope/reply.ts'
import type { Result } from '../envelope/message-object.ts'
import type { Decision } from './deciding/decide.ts'
import type { Leg, MessageState } from './ledger.ts'
import { businessFindings } from './mended.ts'
import type { Validated } from './ports.ts'
import type { Answer, Received } from './received.ts'
import { findingsWith } from './relay/refused-here.ts'

/** before the key by which a request of the façade is known again */
export const KEYED = 'Idempotency-Key '

/** What identifies the message for its sender; one without MessageID (tolerated) is recognized by its content. */
export function repeatKeyOf({ repeatKey, bodyHash }: Received, { messageID }: Validated): string {
  const own = messageID === null || messageID.trim() === '' ? undefined : messageID
  return repeatKey ?? own ?? `sha256:${bodyHash}`
}

/** Of a message that came in CIM-JSON: it is answered so, however late. */
export const MESSAGE_TYPE = 'application/json; profile=message'

/** Of what has come by a path of a vendor: it is acknowledged as that is, however late. */
function vendorType(path: string): string {
  return `${VENDOR_TYPE}"${path}"`
}

/** The path in a {@link vendorType}; undefined for every other type. */
export function vendorPathIn(contentType: string): string | undefined {
  return contentType.startsWith(VENDOR_TYPE)
    ? contentType.slice(VENDOR_TYPE.length + 1, -1)
    : undefined
}

const VENDOR_TYPE = 'application/json; profile=vendor; path='

/** Of a collection that is answered object by object. @param refused places of those that were not sent on */
function batchType(refused: readonly number[]): string {
  const places = refused.length === 0 ? '' : `; refused="${refused.join(' ')}"`
  return `${BATCH_TYPE}${places}`
}

/** The places in a {@link batchType}; undefined for every other type. */
export function refusedPlaces(contentType: string): readonly number[] | undefined {
  if (!contentType.startsWith(BATCH_TYPE)) return undefined
  const [, places = ''] = /refused="([\d ]+)"/.exec(contentType) ?? []
  return places === '' ? [] : places.split(' ').map(Number)
}

const BATCH_TYPE = 'application/json; profile=batch'

const TYPES = { xml: 'application/xml', object: 'application/json', message: MESSAGE_TYPE } as const

/** What is known of a received message besides itself. */
export interface Kept {
  readonly id: string
  readonly exchangeId: string
  readonly flow: string
  /** ISO 8601 with Z */
  readonly at: string
  readonly state: MessageState
}

/** @param answer absent while another party is asked */
export function recordOf(
  received: Received,
  validated: Validated,
  kept: Kept,
  answer?: Answer,
): Leg {
  // Written out: with a spread of so many members this was 3 % of what a message costs.
  return {
    id: kept.id,
    exchangeId: kept.exchangeId,
    direction: 'in',
    party: received.sender.party,
    messageID: repeatKeyOf(received, validated),
    correlationID: answer?.correlationID ?? validated.correlationID ?? validated.messageID ?? '',
    verb: validated.verb ?? '',
    noun: validated.noun ?? '',
    flow: kept.flow,
    state: kept.state,
    reason: '',
    bodyHash: received.bodyHash,
    at: kept.at,
    notAfter: '',
    orderKey: '',
    replayOf: '',
    answers: '',
    late: false,
    findings: findingsText(findingsWith(validated.findings, received)),
    traceparent: received.traceparent ?? '',
    target: '',
    request: textOf(received.bytes),
    contentType: typeOf(received),
    reply: answer?.rendered.text ?? '',
    replyMessageID: answer?.messageID ?? '',
    replyStatus: answer?.rendered.status ?? 0,
    replyContentType: answer?.rendered.contentType ?? '',
    replyETag: answer?.etag ?? '',
  }
}

function findingsText(findings: readonly Finding[]): string {
  return findings.length === 0 ? '[]' : JSON.stringify(findings)
}

function typeOf({ unseen, batch, vendorPath }: Received): string {
  if (vendorPath !== undefined) return vendorType(vendorPath)
  return batch === undefined ? TYPES[unseen ?? 'xml'] : batchType(batch)
}

/** The message as it is kept: with what its objects have passed over. */
export function noted(validated: Validated, { outcomes }: Decision): Validated {
  const passed = outcomes.flatMap(({ errors, passed: all = [] }) => (errors.length > 0 ? [] : all))
  if (passed.length === 0) return validated
  return {
    ...validated,
    findings: [...validated.findings, ...businessFindings(passed).map(asNews)],
  }
}

function asNews(it: Finding): Finding {
  return { ...it, message: `Taken as news, though no request may do it: ${it.message}` }
}

/** Why a message is refused, in whole or in part, as its answer says it; empty when it is not. */
export function reasonOf(result: Result, errors: readonly ReplyError[] = []): string {
  if (result === 'OK') return ''
  const all = errors
    .slice(0, MOST_REASONS)
    .map(({ code, reason = '' }) => `${code} ${reason}`.trim())
  return [...all, ...(errors.length > MOST_REASONS ? ['…'] : [])].join('; ')
}

/** errors that a reason tells; the answer has them all */
const MOST_REASONS = 10

/** What a message has become that is answered with this. */
export function stateOf(result: Result): MessageState {
  return STATES[result]
}

const STATES: Readonly<Record<Result, MessageState>> = {
  OK: 'ACKED',
  PARTIAL: 'PARTIAL',
  FAILED: 'REJECTED',
}

/** The stored reply, byte by byte; undefined when the record is of another message under the same id. */
export function storedReply(record: Leg, bodyHash: string): Answer | undefined {
  if (record.bodyHash !== bodyHash) return undefined
  const { reply: text, replyStatus: status, replyContentType: contentType } = record
  return {
    rendered: { text, status, contentType },
    messageID: record.replyMessageID,
    leg: record.id,
    correlationID: record.correlationID,
    ...(record.replyETag === '' ? {} : { etag: record.replyETag }),
    repeated: true,
  }
}

const UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** As text where it is UTF-8; other octets as a data URL, so that nothing of what was received is lost. */
function textOf(bytes: Uint8Array): string {
  const text = UTF_8.decode(bytes)
  if (!text.includes('\uFFFD') && !text.includes('\0')) return text
  const octets = Array.from(bytes, (it) => String.fromCharCode(it)).join('')
  return `data:application/octet-stream;base64,${btoa(octets)}`
}
