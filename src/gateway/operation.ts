// What an operation of the HTTP interface promises, as data: OpenAPI and the documentation are made from it, and what
// is served is compared with it by tests.

import type { ErrorCode } from '../envelope/errors.ts'
import { AUDIT_PARAMETERS } from './audit/parameters.ts'
import { LIST_PARAMETERS } from './collections/parameters.ts'
import { MESSAGE_FORMS, PAYLOAD_FORMS } from '../envelope/message-forms.ts'
import type { COMPARISON_ANSWERS } from './openapi/comparison-answers.ts'

/** Headings of the interface; the resources of nouns stand under the part of the standard that they belong to. */
export const TAGS = {
  Messages: 'CIM messages as IEC 61968-100 has them, in XML or CIM-JSON.',
  SOAP: 'Web services of IEC 61968-100: one for each noun, and the generic one.',
  Resources: 'The JSON façade: one resource for each noun.',
  Lists: 'Long lists and files, on disk at once and carried out one collection after the other.',
  Tools: 'Judge and convert messages; nothing is kept.',
  Vendors: "Vendors' own paths and payloads, translated by their dialects.",
  Tracking: 'Messages on their way: found, looked into, sent once more.',
  Documentation: 'What is served here, derived from the schemas in use.',
  Probes: 'For whoever runs the gateway.',
} as const

export type Tag = keyof typeof TAGS

/** A parameter of query or header; those of the path are named by the path. */
export interface Parameter {
  readonly in: 'query' | 'header'
  readonly name: string
  readonly text: string
  readonly schema: Readonly<Record<string, string | number | readonly string[]>>
  /** empty, it stands for none; all others are refused then */
  readonly mayBeEmpty?: true
}

/** objects of one page at most, and by default */
export const MOST_LISTED = 1_000
export const USUALLY_LISTED = 100

export const PARAMETERS = {
  limit: {
    in: 'query',
    name: 'limit',
    text: 'Objects of one page, at most.',
    schema: { type: 'integer', minimum: 1, maximum: MOST_LISTED, default: USUALLY_LISTED },
  },
  after: {
    in: 'query',
    name: 'after',
    text: 'Cursor of the page wanted: `next` of the one before; empty = the first page.',
    schema: { type: 'string' },
    mayBeEmpty: true,
  },
  at: {
    in: 'query',
    name: 'at',
    text: 'Who was a member at this instant (RFC 3339); by default everybody who ever was, with the time of each.',
    schema: { type: 'string', format: 'date-time' },
  },
  name: {
    in: 'query',
    name: 'name',
    text: 'Only objects that bear this name, of whatever NameType.',
    schema: { type: 'string' },
  },
  idempotencyKey: {
    in: 'header',
    name: 'Idempotency-Key',
    text: 'Makes a repeat harmless: the same request under the same key has one effect and gets the same answer; another request under it is refused with 422.',
    schema: { type: 'string' },
  },
  ifMatch: {
    in: 'header',
    name: 'If-Match',
    text: 'Entity tags of revisions that may be touched, or `*`; otherwise 412.',
    schema: { type: 'string' },
  },
  ifNoneMatch: {
    in: 'header',
    name: 'If-None-Match',
    text: 'Entity tags that are known already: 304 when one of them is current.',
    schema: { type: 'string' },
  },
  to: {
    in: 'query',
    name: 'to',
    text: 'The form wanted; by default the other one.',
    schema: { type: 'string', enum: ['json', 'xml'] },
  },
  dialect: {
    in: 'query',
    name: 'dialect',
    text: "A vendor's JSON instead of CIM-JSON.",
    schema: { type: 'string' },
  },
  form: {
    in: 'query',
    name: 'form',
    text: 'Generic (RequestMessage …) or strongly typed (Create<Noun> …); by default as it is.',
    schema: { type: 'string', enum: MESSAGE_FORMS },
  },
  payload: {
    in: 'query',
    name: 'payload',
    text: 'Payload as it is, or packed into Compressed; by default as it is.',
    schema: { type: 'string', enum: PAYLOAD_FORMS },
  },
  typedNoun: {
    in: 'query',
    name: 'noun',
    text: 'The noun that a typed message is named after, where the message does not tell.',
    schema: { type: 'string' },
  },
  onlyNoun: {
    in: 'query',
    name: 'noun',
    text: 'Only the resource of this noun.',
    schema: { type: 'string' },
  },
  wsdl: {
    in: 'query',
    name: 'wsdl',
    text: 'Empty: the WSDL of what is served here. A name of a service: its own WSDL.',
    schema: { type: 'string' },
  },
  xsd: {
    in: 'query',
    name: 'xsd',
    text: 'Name of a schema that the WSDL refers to.',
    schema: { type: 'string' },
  },
  verb: {
    in: 'query',
    name: 'verb',
    text: 'The variant of the schema that judges messages with this verb.',
    schema: { type: 'string' },
  },
  namespace: {
    in: 'query',
    name: 'namespace',
    text: 'Target namespace, where several editions of the noun are in use.',
    schema: { type: 'string' },
  },
  ofNoun: {
    in: 'query',
    name: 'noun',
    text: 'One Noun of the Header, or several with commas between them.',
    schema: { type: 'string' },
  },
  ofVerb: {
    in: 'query',
    name: 'verb',
    text: 'One Verb of the Header, or several with commas between them.',
    schema: { type: 'string' },
  },
  ofParty: {
    in: 'query',
    name: 'party',
    text: 'The other side of the leg; who is no operator sees his own only.',
    schema: { type: 'string' },
  },
  inState: {
    in: 'query',
    name: 'state',
    text: 'One state, or several with commas between them.',
    schema: { type: 'string' },
  },
  from: {
    in: 'query',
    name: 'from',
    text: 'Received, or given to the outbox, at this time or after (RFC 3339).',
    schema: { type: 'string', format: 'date-time' },
  },
  to_: {
    in: 'query',
    name: 'to',
    text: 'The same before this time.',
    schema: { type: 'string', format: 'date-time' },
  },
  key: {
    in: 'query',
    name: 'key',
    text: 'A value that what the message is about is known by: mRID, name, ID.',
    schema: { type: 'string' },
  },
  direction: {
    in: 'query',
    name: 'direction',
    text: 'Received, or sent.',
    schema: { type: 'string', enum: ['in', 'out'] },
  },
  messageID: {
    in: 'query',
    name: 'messageID',
    text: 'MessageID of the message on this leg.',
    schema: { type: 'string' },
  },
  correlationID: {
    in: 'query',
    name: 'correlationID',
    text: 'CorrelationID of the message on this leg.',
    schema: { type: 'string' },
  },
  exchangeID: {
    in: 'query',
    name: 'exchangeId',
    text: 'The conversation that the leg belongs to.',
    schema: { type: 'string' },
  },
  ...AUDIT_PARAMETERS,
  ...LIST_PARAMETERS,
  part: {
    in: 'query',
    name: 'part',
    text: 'The message, or the reply to it.',
    schema: { type: 'string', enum: ['request', 'reply'], default: 'request' },
  },
} as const satisfies Readonly<Record<string, Parameter>>

export type ParameterName = keyof typeof PARAMETERS

/** What comes back when all goes well; what each is stands in openapi/answers.ts. */
export type AnswerName =
  | 'reply'
  | 'soapReply'
  | 'wsdl'
  | 'created'
  | 'partial'
  | 'batched'
  | 'object'
  | 'changed'
  | 'collection'
  | 'stays'
  | 'knownTo'
  | 'acknowledged'
  | 'report'
  | 'converted'
  | 'vendorCreated'
  | 'vendor'
  | 'plain'
  | 'page'
  | 'stylesheet'
  | 'openapi'
  | 'aboutNoun'
  | 'unchanged'
  | 'messages'
  | 'message'
  | 'raw'
  | 'exchange'
  | 'results'
  | 'listTaken'
  | 'fileTaken'
  | 'fileKnown'
  | 'acted'
  | 'alarms'
  | keyof typeof COMPARISON_ANSWERS
  | 'audit'
  | 'metrics'

/** What a route promises; what it takes stands in its method, path and body. */
export interface Operation {
  /** stable and unique; of a resource, the name of the noun follows: `create` becomes `create<Noun>` */
  readonly id: string
  readonly tag: Tag
  readonly parameters?: readonly ParameterName[]
  readonly answers: readonly AnswerName[]
  /** rows of the error table that may be the answer, with another status where it is not that of the row */
  readonly errors: readonly (ErrorCode | readonly [ErrorCode, number])[]
  /** how errors are worded; by default a problem document; `either` = a fault to XML, and that to JSON */
  readonly refusal?: 'fault' | 'either' | 'text' | 'page'
}

/** What every route may have to say that reads a body. */
export const BODY_ERRORS = [
  'malformed',
  'too-large',
  'unsupported-media-type',
] as const satisfies readonly ErrorCode[]

/** An object that the body names and that does not exist, and a key that another request has used. */
export const UNPROCESSABLE = [
  ['not-found', 422],
  ['duplicate-message', 422],
] as const satisfies Operation['errors']

/** What every request may meet that is about the object of its path, if that is to be altered. */
export const OBJECT_ERRORS = [
  'not-found',
  'stale-revision',
  ...UNPROCESSABLE,
] as const satisfies Operation['errors']

/** What nobody hopes for. */
export const OUR_ERRORS = [
  'internal',
  'overloaded',
  'too-many-requests',
] as const satisfies readonly ErrorCode[]

/** What every route may have to say that answers in JSON alone, beside what nobody hopes for. */
export const JSON_ERRORS = ['not-acceptable', ...OUR_ERRORS] as const satisfies readonly ErrorCode[]
