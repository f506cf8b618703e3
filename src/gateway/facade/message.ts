// The CIM messages that requests of the JSON façade stand for.

import type { ReplyError } from '../../envelope/reply.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { isObject, member, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { isMessage } from '../../schema/message-xml.ts'
import type { Standing } from '../json-findings.ts'
import type { Clock, NewId } from '../ports.ts'
import type { Received } from '../received.ts'

/** What a message of a party's own begins with. */
export interface Stamps {
  readonly clock: Clock
  readonly newId: NewId
}

/** What the Header says. */
export interface Heading {
  readonly verb: string
  readonly noun: string
  /** the party, as Source */
  readonly source: string
}

/**
 * A request, or an event where its verb tells, with a new MessageID, which is its CorrelationID too.
 * @param content its payload, or what a get asks
 */
export function newMessage(heading: Heading, content: JsonObject, stamps: Stamps): JsonObject {
  const isEvent = verbRow(heading.verb)?.kind === 'event'
  const message = isEvent ? 'EventMessage' : 'RequestMessage'
  const part = heading.verb === 'get' ? { request: content } : { payload: content }
  return { message, header: headerOf(heading, stamps), ...part }
}

/** A message, and where in it the body stands that it is made of; without that the body is the message. */
export interface MessageMade {
  readonly message: JsonObject
  readonly standing?: Standing
}

/**
 * The create that the body of a POST stands for: `{"EndDeviceGroup":[…]}`, `{"DERGroups":{…}}`, or a whole message,
 * which is completed where it leaves something out. Verb by method, Noun by path.
 */
export function createMessage(
  body: Json,
  heading: Heading,
  stamps: Stamps,
): MessageMade | { readonly refusal: ReplyError } {
  if (!isObject(body)) return { refusal: NO_OBJECT }
  if (!isMessage(body)) {
    const { noun } = heading
    const isPayload = isObject(member(body, noun))
    const standing = { below: isPayload ? [] : [noun], around: '' }
    return { message: newMessage(heading, isPayload ? body : { [noun]: body }, stamps), standing }
  }
  const own = member(body, 'header')
  const header = { ...headerOf(heading, stamps), ...(isObject(own) ? own : {}) }
  const refusal = contradiction(header, heading)
  return refusal === undefined ? { message: { ...body, header } } : { refusal }
}

/** What no XML can be written of is received as the JSON that it was made of. */
export function jsonReceived(
  { sender, bodyHash, traceparent }: Pick<Received, 'sender' | 'bodyHash' | 'traceparent'>,
  message: JsonObject,
): Received {
  const bytes = new TextEncoder().encode(writeJson(message))
  return {
    bytes,
    sender,
    bodyHash,
    unseen: 'object',
    ...(traceparent === undefined ? {} : { traceparent }),
  }
}

/** A Header with ids of its own. */
export function headerOf({ verb, noun, source }: Heading, { clock, newId }: Stamps): JsonObject {
  const id = newId()
  return {
    Verb: verb,
    Noun: noun,
    Timestamp: clock(),
    Source: source,
    MessageID: id,
    CorrelationID: id,
  }
}

function contradiction(header: JsonObject, { verb, noun }: Heading): ReplyError | undefined {
  if (header['Noun'] !== noun)
    return { code: '2.5', reason: `Noun ${String(header['Noun'])} is not that of the path.` }
  if (header['Verb'] === verb) return undefined
  return {
    code: '2.9',
    reason: `POST to a resource is ${verb}, not ${String(header['Verb'])}.`,
    details: 'Send messages with other verbs to POST /cim.',
  }
}

const NO_OBJECT: ReplyError = {
  code: '1.8',
  rule: 'JSON-TYPE',
  reason: 'The body is no JSON object.',
  details: "Send the content of the noun's root.",
}
