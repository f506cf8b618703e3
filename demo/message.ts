// CIM messages as CIM-JSON: what a party sends, what it has been sent, and what it replies.

import type { Json, JsonObject } from '../src/index.ts'
import type { Sending } from './party.ts'

/** What identifies a message, and says when and from whom it is. */
export interface Stamp {
  readonly MessageID: string
  readonly Timestamp: string
  readonly Source: string
  /** where it wants to be told later; absent = it waits */
  readonly ReplyAddress?: string
}

/** Names of the objects in a noun that is not simply their plural. */
const OBJECTS: Readonly<Record<string, string>> = {
  Tariffs: 'PricingStructure',
  CustomerConfig: 'Customer',
  DERGroups: 'EndDeviceGroup',
  DERGroupQueries: 'EndDeviceGroup',
  EndDeviceStatuses: 'EndDeviceStatus',
  DERGroupDispatches: 'DERGroupDispatch',
}

function objectsOf(noun: string): string {
  return OBJECTS[noun] ?? noun.replace(/s$/, '')
}

/** A request, or an event where the verb tells of something. */
export function messageOf({ verb, noun, objects }: Sending, stamp: Stamp): JsonObject {
  const isEvent = /ed$/.test(verb)
  const content = contentOf(verb, noun, objects)
  return {
    message: isEvent ? 'EventMessage' : 'RequestMessage',
    header: { Verb: verb, Noun: noun, ...stamped(stamp, stamp.MessageID) },
    ...(verb === 'get' ? { request: content } : { payload: content }),
  }
}

/** execute carries a set of operations, of which each changes one object. */
function contentOf(verb: string, noun: string, objects: readonly JsonObject[]): JsonObject {
  const root = (all: readonly JsonObject[]) => ({ [noun]: { [objectsOf(noun)]: [...all] } })
  if (objects.length === 0) return {}
  if (verb !== 'execute') return root(objects)
  const Operation = objects.map((it, at) => {
    return { operationId: at + 1, noun, verb: 'change', ...root([it]) }
  })
  return { OperationSet: { Operation } }
}

function stamped(
  { MessageID, Timestamp, Source, ReplyAddress }: Stamp,
  CorrelationID: string,
): JsonObject {
  const later = ReplyAddress === undefined ? {} : { AsyncReplyFlag: true, ReplyAddress }
  return { Timestamp, Source, ...later, MessageID, CorrelationID }
}

/** What the message is about, and its objects. */
export interface Heard {
  readonly kind: string
  readonly verb: string
  readonly noun: string
  readonly objects: readonly JsonObject[]
  readonly correlationID: string
  /** true for an event whose sender wants to know that it has come */
  readonly isAckRequired: boolean
  /** false for a reply that says no, or that it is only acknowledged */
  readonly isDone: boolean
}

/** What a party reads in a message. */
export function heardIn(message: JsonObject): Heard {
  const header = partOf(message, 'header')
  const text = (name: string) => String(header[name] ?? '')
  const content = { ...partOf(message, 'request'), ...partOf(message, 'payload') }
  const operations = listed(partOf(content, 'OperationSet')['Operation'])
  const roots = operations.length > 0 ? operations : [content]
  const objects = roots.flatMap(objectsIn)
  return {
    kind: String(message['message'] ?? ''),
    verb: text('Verb'),
    noun: text('Noun'),
    objects,
    correlationID: text('CorrelationID') || text('MessageID'),
    isAckRequired: String(header['AckRequired']) === 'true',
    isDone: isDone(partOf(message, 'reply')),
  }
}

/** What stands in the roots of a payload. */
function objectsIn(content: JsonObject): readonly JsonObject[] {
  const roots = Object.values(content).filter(isObject)
  return roots.flatMap((root) => Object.values(root).flatMap(listed))
}

/** A reply code that is no outcome yet: taken, and told later. */
const ACKNOWLEDGED = '0.3'

function isDone({ Result, Error }: JsonObject): boolean {
  const codes = Array.isArray(Error) ? Error.filter(isObject).map((it) => it['code']) : []
  return (Result === undefined || Result === 'OK') && !codes.includes(ACKNOWLEDGED)
}

function listed(it: Json | undefined): readonly JsonObject[] {
  return Array.isArray(it) ? it.filter(isObject) : []
}

/** OK with objects, or FAILED with the reason. */
export function replyTo(
  { noun, correlationID }: Heard,
  stamp: Stamp,
  said: { readonly refused?: string | undefined; readonly objects?: readonly JsonObject[] },
): JsonObject {
  const { refused, objects = [] } = said
  const Error = [{ code: '6.1', level: 'FATAL', reason: refused ?? '' }]
  return {
    message: 'ResponseMessage',
    header: { Verb: 'reply', Noun: noun, ...stamped(stamp, correlationID) },
    reply: refused === undefined ? { Result: 'OK' } : { Result: 'FAILED', Error },
    ...(objects.length === 0 ? {} : { payload: { [noun]: { [objectsOf(noun)]: [...objects] } } }),
  }
}

/** A part of a message; empty where there is none. */
export function partOf(message: JsonObject, name: string): JsonObject {
  const it = message[name]
  return isObject(it) ? it : {}
}

/** True for what is neither text nor number nor list. */
export function isObject(it: Json | undefined): it is JsonObject {
  return typeof it === 'object' && it !== null && !Array.isArray(it)
}
