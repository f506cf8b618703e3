// What operations answer, as responses of OpenAPI: what comes back when all goes well, and the rows of the error table.

import { errorRow } from '../../envelope/errors.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import { statusAt } from '../../envelope/reply-codes.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { AnswerName, Operation } from '../operation.ts'
import { isStrict } from '../parameters.ts'
import { rightAt } from '../route.ts'
import type { Route } from '../route.ts'
import type { NounNames } from './noun-schemas.ts'
import { COMPARISON_ANSWERS } from './comparison-answers.ts'
import { LIST_ANSWERS } from './list-answers.ts'
import { exampleName } from './problem-examples.ts'
import { reference, shared } from './references.ts'

/** What comes back when all goes well. */
export interface Answer {
  readonly status: number
  readonly text: string
  readonly headers?: readonly string[]
  /** schemas by media type; those of nouns by the names of their components */
  readonly content: (names: NounNames) => Readonly<Record<string, JsonObject>>
}

const IDS = ['MessageID', 'CorrelationID', 'IdempotencyReplayed'] as const
const JSON_BODY = 'application/json'
const ANY_JSON: JsonObject = {}
const TEXT: JsonObject = { type: 'string' }
const IN_XML = { 'application/xml': TEXT, 'text/xml': TEXT, 'application/soap+xml': TEXT }

const ANSWERS: Readonly<Record<AnswerName, Answer>> = {
  reply: {
    status: 200,
    text: 'The reply, in the notation and carrier of the request: ResponseMessage, `<X>ResponseMessage`, or SOAP.',
    headers: IDS,
    content: () => ({ ...IN_XML, [JSON_BODY]: ANY_JSON }),
  },
  soapReply: {
    status: 200,
    text: 'The reply, in the carrier of the request.',
    headers: IDS,
    content: () => IN_XML,
  },
  wsdl: {
    status: 200,
    text: 'A WSDL 1.1 document, or a schema that it refers to.',
    content: () => ({ 'text/xml': TEXT }),
  },
  created: {
    status: 201,
    text: 'The objects as stored, assigned mRIDs included.',
    headers: ['Location', 'ETag', ...IDS],
    content: ({ objects }) => ({ [JSON_BODY]: reference(objects) }),
  },
  partial: {
    status: 200,
    text: 'Some objects were refused, the others are stored.',
    headers: IDS,
    content: ({ partial }) => ({ [JSON_BODY]: reference(partial) }),
  },
  object: {
    status: 200,
    text: 'The object as it is.',
    headers: ['ETag', ...IDS],
    content: ({ content }) => ({ [JSON_BODY]: reference(content) }),
  },
  changed: {
    status: 200,
    text: 'The object as it is then; the reply alone where nothing of it is kept here; both where a part of what was asked has been done (PARTIAL).',
    headers: ['ETag', ...IDS],
    content: ({ content }) => {
      const anyOf = [reference(content), reference(shared('Acknowledgement'))]
      return { [JSON_BODY]: { anyOf } }
    },
  },
  collection: {
    status: 200,
    text: 'A page of objects.',
    headers: IDS,
    content: ({ collection }) => ({ [JSON_BODY]: reference(collection) }),
  },
  stays: {
    status: 200,
    text: 'Each member with the interval of its membership, half open, as objects of the noun that tells of it.',
    headers: IDS,
    content: () => ({ [JSON_BODY]: { type: 'object', required: ['next'] } }),
  },
  knownTo: {
    status: 200,
    text: 'The revision of the object that each party has acknowledged, null for none; isKnown where those that have to know it do.',
    headers: IDS,
    content: () => ({ [JSON_BODY]: { type: 'object', required: ['revision', 'parties'] } }),
  },
  acknowledged: {
    status: 200,
    text: 'It is done.',
    headers: IDS,
    content: () => ({ [JSON_BODY]: reference(shared('Acknowledgement')) }),
  },
  report: {
    status: 200,
    text: 'The findings, whatever the verdict.',
    content: () => ({ [JSON_BODY]: reference(shared('Report')) }),
  },
  converted: {
    status: 200,
    text: 'The message in the form wanted.',
    content: () => ({ [JSON_BODY]: ANY_JSON, 'application/xml': TEXT }),
  },
  vendorCreated: {
    status: 201,
    text: "The objects as stored, in the vendor's words.",
    headers: ['Location', 'ETag', ...IDS],
    content: () => ({ [JSON_BODY]: ANY_JSON }),
  },
  vendor: {
    status: 200,
    text: "The objects in the vendor's words, or what became of them.",
    headers: ['ETag', ...IDS],
    content: () => ({ [JSON_BODY]: ANY_JSON }),
  },
  plain: { status: 200, text: 'It is well.', content: () => ({ 'text/plain': TEXT }) },
  page: { status: 200, text: 'A page for people.', content: () => ({ 'text/html': TEXT }) },
  stylesheet: { status: 200, text: 'A style sheet.', content: () => ({ 'text/css': TEXT }) },
  openapi: {
    status: 200,
    text: 'An OpenAPI 3.1 document.',
    headers: ['ETag'],
    content: () => ({ [JSON_BODY]: { type: 'object' } }),
  },
  aboutNoun: {
    status: 200,
    text: 'A page about the noun; its XSD, or its JSON Schema.',
    content: () => ({
      'text/html': TEXT,
      'application/xml': TEXT,
      'application/schema+json': { type: 'object' },
    }),
  },
  messages: {
    status: 200,
    text: 'A page of messages, the newest first.',
    content: () => ({ [JSON_BODY]: reference(shared('Messages')) }),
  },
  message: {
    status: 200,
    text: 'The message on one leg of its way.',
    content: () => ({ [JSON_BODY]: reference(shared('Message')) }),
  },
  exchange: {
    status: 200,
    text: 'Every hop with both bodies, findings and attempts, the oldest first.',
    content: () => ({ [JSON_BODY]: reference(shared('Exchange')) }),
  },
  raw: {
    status: 200,
    text: 'The octets as they were received or sent, in their own Content-Type.',
    headers: ['ContentSecurityPolicy', 'ContentDisposition'],
    content: () => ({ '*/*': TEXT }),
  },
  ...LIST_ANSWERS,
  acted: {
    status: 200,
    text: 'The message that it is about from now on.',
    content: () => ({ [JSON_BODY]: reference(shared('Message')) }),
  },
  ...COMPARISON_ANSWERS,
  alarms: {
    status: 200,
    text: 'What has not come, is parked or is down, the oldest first.',
    content: () => ({ [JSON_BODY]: reference(shared('Alarms')) }),
  },
  audit: {
    status: 200,
    text: 'Lines of the audit log, in order.',
    content: () => ({ [JSON_BODY]: reference(shared('AuditLines')) }),
  },
  metrics: {
    status: 200,
    text: 'Prometheus text.',
    content: () => ({ 'text/plain': TEXT }),
  },
  unchanged: {
    status: 304,
    text: 'It is still as it was.',
    headers: ['ETag'],
    content: () => ({}),
  },
}

/** @param names of the noun's components; of no matter to routes that are for all nouns */
export function responsesOf({ operation, path, access }: Route, names: NounNames): JsonObject {
  const fine = operation.answers.map((it) => [
    `${ANSWERS[it].status}`,
    response(ANSWERS[it], names),
  ])
  return { ...Object.fromEntries(fine), ...refusals(operation, path, access) }
}

function response({ text, headers = [], content }: Answer, names: NounNames): JsonObject {
  const media = Object.entries(content(names)).map(([type, schema]) => [type, { schema }])
  return {
    description: text,
    ...(headers.length === 0 ? {} : { headers: headerReferences(headers) }),
    ...(media.length === 0 ? {} : { content: Object.fromEntries(media) }),
  }
}

function headerReferences(names: readonly string[]): JsonObject {
  // In a component's name there is no hyphen.
  const nameOf = (it: string) => (HYPHENED.has(it) ? hyphened(it) : it)
  return Object.fromEntries(names.map((it) => [nameOf(it), { $ref: `#/components/headers/${it}` }]))
}

const HYPHENED = new Set(['RetryAfter', 'ContentSecurityPolicy', 'ContentDisposition'])

/** `Retry-After` of `RetryAfter`. */
function hyphened(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-')
}

/** One response for each status, which says what may be the reason for it. */
function refusals(operation: Operation, path: string, access: Route['access']): JsonObject {
  const where = path.includes(':') ? 'path' : 'body'
  const reasons = new Map<number, ErrorCode[]>()
  const add = (row: ErrorCode, own?: number) => {
    const status = own ?? statusAt(errorRow(row).http, where)
    reasons.set(status, [...new Set([...(reasons.get(status) ?? []), row])])
  }
  if (access !== 'everybody') for (const it of STRANGERS) add(it)
  if (rightAt(access === undefined ? {} : { access }) !== undefined) add('unauthorized')
  for (const it of operation.errors) typeof it === 'string' ? add(it) : add(...it)
  if (isStrict(operation)) add('invalid-parameter')
  const all = [...reasons].sort(([one], [other]) => one - other)
  return Object.fromEntries(
    all.map(([status, rows]) => [`${status}`, refusal(operation, status, rows)]),
  )
}

/** What whoever has not proved who it is may be told. */
const STRANGERS: readonly ErrorCode[] = [
  'unauthenticated',
  'wrong-credentials',
  'authentication-unavailable',
  'foreign-site',
]

/** How each kind of refusal is written. */
const REFUSALS: Readonly<
  Record<NonNullable<Operation['refusal']> | 'problem', readonly Written[]>
> = {
  problem: ['problem'],
  fault: ['fault'],
  either: ['fault', 'problem'],
  text: ['text'],
  page: ['page'],
}

type Written = keyof typeof WRITTEN

const WRITTEN = {
  problem: ['application/problem+json', reference(shared('Problem'))],
  fault: ['application/xml', TEXT],
  text: ['text/plain', TEXT],
  page: ['text/html', TEXT],
} as const

function refusal(
  { refusal: given }: Operation,
  status: number,
  rows: readonly ErrorCode[],
): JsonObject {
  const kind = given ?? 'problem'
  const texts = rows.map((it) => errorRow(it).text)
  const content = REFUSALS[kind].map((it) => {
    const [type, schema] = WRITTEN[it]
    return [type, { schema, ...(it === 'problem' ? { examples: examplesOf(rows, status) } : {}) }]
  })
  const headers = [...IDS, ...(status >= 500 ? ['RetryAfter'] : [])]
  return {
    description: [...new Set(texts)].join(' '),
    headers: headerReferences(kind === 'text' || kind === 'page' ? [] : headers),
    content: Object.fromEntries(content),
  }
}

function examplesOf(rows: readonly ErrorCode[], status: number): JsonObject {
  const names = rows.map((it) => exampleName(it, status))
  return Object.fromEntries(names.map((it) => [it, { $ref: `#/components/examples/${it}` }]))
}
