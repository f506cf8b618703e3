// Every way in which cimgate refuses or fails: one row each, with whose fault it is and what is answered.
// How a row becomes a reply, a fault or a problem document is decided where it is answered.

import type { Finding } from './finding.ts'
import type { HttpStatus } from './reply-codes.ts'

/** What one error means to everybody who meets it. */
export interface ErrorRow {
  /** who has to act */
  readonly whose: 'sender' | 'peer' | 'ours'
  readonly result: 'FAILED'
  readonly level: 'FATAL' | 'CATASTROPHIC'
  /** Reply/Error/code */
  readonly replyCode: string
  readonly http: HttpStatus
  /** one sentence: what happened */
  readonly text: string
  /** one sentence: what to do about it */
  readonly remedy: string
}

const SENDER = { whose: 'sender', result: 'FAILED', level: 'FATAL' } as const
const PEER = { whose: 'peer', result: 'FAILED', level: 'FATAL' } as const
const OURS = { whose: 'ours', result: 'FAILED', level: 'CATASTROPHIC' } as const

/** Codes are public: renaming one is a breaking change. A row says why where `http` is not that of its reply code. */
export const ERRORS = {
  malformed: {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'The message is not well-formed.',
    remedy: 'Mend the first place that is reported and send it again.',
  },
  'unsupported-kind': {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'The root element is no CIM message that cimgate knows.',
    remedy:
      'Send a RequestMessage, ResponseMessage, EventMessage or FaultMessage of IEC 61968-100:2013.',
  },
  'hostile-xml': {
    ...SENDER,
    replyCode: '7.7',
    // nobody has to authenticate again: the document itself is refused
    http: 400,
    text: 'The document has a DOCTYPE or another construct that is refused unread.',
    remedy: 'Send the message without DOCTYPE and without entities of its own.',
  },
  'too-large': {
    ...SENDER,
    replyCode: '3.1',
    http: 413,
    text: 'The message exceeds a limit of size, depth or number of elements.',
    remedy: 'Send it in several messages, or ask for a higher limit.',
  },
  'too-many-requests': {
    ...SENDER,
    replyCode: '3.2',
    http: 429,
    text: 'Too many requests of this party are pending.',
    remedy: 'Wait as long as Retry-After says and send it again.',
  },
  'unsupported-media-type': {
    ...SENDER,
    replyCode: '1.8',
    // 415 is the word of HTTP for it
    http: 415,
    text: 'The Content-Type, charset or encoding of the body is not supported.',
    remedy: 'Send a type that this path takes, XML or JSON, plain or gzip.',
  },
  'not-acceptable': {
    ...SENDER,
    replyCode: '1.8',
    // 406 is the word of HTTP for it
    http: 406,
    text: 'The answer has no form that the Accept header allows.',
    remedy: 'Send Accept: application/json, or leave it out; POST /cim answers in XML.',
  },
  'invalid-parameter': {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'A parameter of the request is invalid.',
    remedy: 'Write a value that the parameter can have, or leave it out.',
  },
  'unknown-path': {
    ...SENDER,
    replyCode: '99.1',
    // it is the path that names it
    http: 404,
    text: 'There is nothing at this path.',
    remedy: 'Take a path that GET / lists.',
  },
  'unknown-resource': {
    ...SENDER,
    replyCode: '2.5',
    // it is the path that names it
    http: 404,
    text: 'There is no resource of this name.',
    remedy: 'Take a resource that GET / lists, or import the schema of its noun.',
  },
  'wrong-operation': {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'The SOAPAction, or the path, is not that of the message in the SOAP Body.',
    remedy: 'Take address, operation and soapAction from the WSDL: GET the same path with ?wsdl.',
  },
  'not-understood': {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'A SOAP header block that has to be understood is not.',
    remedy:
      'Leave the block out, or take mustUnderstand from it; WS-Security UsernameToken is understood.',
  },
  'version-mismatch': {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'The Envelope is of no version of SOAP that cimgate speaks.',
    remedy: 'Send an Envelope of SOAP 1.1 or SOAP 1.2, in the namespace of its version.',
  },
  'method-not-allowed': {
    ...SENDER,
    replyCode: '2.9',
    // 405 is the word of HTTP for it
    http: 405,
    text: 'The path does not take this method.',
    remedy: 'Take a method that Allow lists; GET / says what each does.',
  },
  'unsupported-verb': {
    ...SENDER,
    replyCode: '2.9',
    http: 422,
    text: 'The Verb is unknown, or not possible with this Noun.',
    remedy: 'Write a verb that the catalogue lists for the Noun.',
  },
  'unknown-noun': {
    ...SENDER,
    replyCode: '2.5',
    http: 422,
    text: 'The Noun is not in the catalogue.',
    remedy: 'Write a Noun of the catalogue, or import the schema of this one.',
  },
  'unsupported-revision': {
    ...SENDER,
    replyCode: '1.9',
    http: 400,
    text: 'The Revision in the Header is not supported.',
    remedy: 'Write a supported Revision, or leave it out.',
  },
  'schema-invalid': {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'The message does not follow its schema or the rules of the envelope.',
    remedy: 'Mend every finding and send it again.',
  },
  unmappable: {
    ...SENDER,
    replyCode: '1.8',
    http: 400,
    text: 'The message holds something that has no counterpart in the other form.',
    remedy: 'Leave out or rewrite what the findings name.',
  },
  'not-found': {
    ...SENDER,
    replyCode: '99.1',
    http: { path: 404, body: 422 },
    text: 'The object does not exist.',
    remedy: 'Check its mRID or name, or create it first.',
  },
  'duplicate-message': {
    ...SENDER,
    replyCode: '6.1',
    http: 409,
    text: 'Another message has come under this MessageID before.',
    remedy: 'Give every message an ID of its own; repeat an ID only with the same bytes.',
  },
  'message-in-flight': {
    ...SENDER,
    replyCode: '6.1',
    http: 409,
    text: 'The message is under way; what becomes of it is not known yet.',
    remedy: 'Ask again with the same MessageID and the same bytes after a while.',
  },
  'wrong-state': {
    ...SENDER,
    replyCode: '6.1',
    http: 409,
    text: 'The object is in a state that does not allow this.',
    remedy: 'Read its state, and send what that state allows.',
  },
  'stale-revision': {
    ...SENDER,
    replyCode: '6.1',
    // 412 is the word of HTTP for an If-Match that fails
    http: 412,
    text: 'The object has changed since it was read.',
    remedy: 'Read it again and repeat the change on what it is now.',
  },
  unauthenticated: {
    ...SENDER,
    replyCode: '7.2',
    http: 401,
    text: 'The sender is not authenticated.',
    remedy: 'Send the credentials that this party has been given.',
  },
  'wrong-credentials': {
    ...SENDER,
    replyCode: '7.4',
    http: 401,
    text: 'The credentials of the sender are wrong.',
    remedy: 'Check the key, token or password, and whether it is still in force.',
  },
  'wrong-source': {
    ...SENDER,
    replyCode: '2.14',
    // the sender is known, and may not speak for another
    http: 422,
    text: 'The Source is not that of the sender.',
    remedy: 'Leave out Source, or write the name of the party that sends.',
  },
  'authentication-unavailable': {
    ...OURS,
    level: 'FATAL',
    replyCode: '7.1',
    // nobody has to authenticate again: nothing is wrong with what was shown, as far as anybody can say
    http: 503,
    text: 'The gateway cannot check the credentials for the moment.',
    remedy: 'Wait as long as Retry-After says and send it again.',
  },
  unauthorized: {
    ...SENDER,
    replyCode: '7.5',
    http: 403,
    text: 'The sender may not do this.',
    remedy: 'Ask for the right to do it.',
  },
  'foreign-site': {
    ...SENDER,
    replyCode: '7.5',
    http: 403,
    text: 'The request is that of a page of another site.',
    remedy:
      'Ask under the address of this gateway; pages of other sites are named in access.origins.',
  },
  'forbidden-address': {
    ...SENDER,
    replyCode: '7.7',
    http: 403,
    text: 'The ReplyAddress is none that may be posted to.',
    remedy: 'Nothing has been done; send the message again with an address that is allowed.',
  },
  'several-routes': {
    ...SENDER,
    replyCode: '5.2',
    // the sender can mend it, and no system has failed
    http: 422,
    text: 'The operations of one OperationSet lead to several parties.',
    remedy: 'Send a set of its own to each of them.',
  },
  'no-route': {
    ...OURS,
    level: 'FATAL',
    replyCode: '5.2',
    http: 502,
    text: 'No route is configured for this message; it is parked.',
    remedy: 'Add a route for its noun and verb; the message can then be sent on.',
  },
  unsendable: {
    ...OURS,
    level: 'FATAL',
    replyCode: '5.2',
    http: 502,
    text: 'The party of its route does not take the message as it is; it is parked.',
    remedy: 'Mend the party or its route in the configuration; the message can then be sent on.',
  },
  'peer-unreachable': {
    ...PEER,
    replyCode: '5.2',
    http: 502,
    text: 'The receiving system cannot be reached.',
    remedy: 'Check its address and whether it is running.',
  },
  'peer-timeout': {
    ...PEER,
    replyCode: '4.1',
    http: 504,
    text: 'The receiving system has not answered in time.',
    remedy: 'Ask for the state of the object before sending again: it may have been done.',
  },
  'peer-invalid-reply': {
    ...PEER,
    replyCode: '5.3',
    http: 502,
    text: 'The receiving system has answered with an invalid message.',
    remedy: 'Show its owner the findings.',
  },
  'peer-unable': {
    ...PEER,
    replyCode: '2.9',
    http: 501,
    text: 'The receiving system is not able to do what is asked.',
    remedy:
      'Ask a system that is able to, or go on without; if it has learned to, say so in its profile.',
  },
  'peer-rejected': {
    ...PEER,
    replyCode: '5.3',
    http: 502,
    text: 'The receiving system has refused the message.',
    remedy: 'See its own errors in the reply.',
  },
  'peer-refuses-proof': {
    ...OURS,
    level: 'FATAL',
    replyCode: '5.3',
    // the credentials are the operator's: the receiving system has not failed
    http: 500,
    text: 'The receiving system does not take the credentials of the gateway.',
    remedy: 'Its operator mends them in the configuration, and drives the message again.',
  },
  overloaded: {
    ...OURS,
    level: 'FATAL',
    replyCode: '5.1',
    http: 503,
    text: 'The gateway is too busy to take the message.',
    remedy: 'Wait as long as Retry-After says and send it again.',
  },
  'unusable-schema': {
    ...OURS,
    replyCode: '5.3',
    // the schemas are the operator's
    http: 500,
    text: 'A schema in use is contradictory or too large to work with.',
    remedy: 'Mend the schema that is named, or take it out of the folder.',
  },
  internal: {
    ...OURS,
    replyCode: '5.3',
    // a defect of our own is never shown as a peer's
    http: 500,
    text: 'The gateway has failed.',
    remedy: 'Report the id of this message to its operator.',
  },
} as const satisfies Readonly<Record<string, ErrorRow>>

export type ErrorCode = keyof typeof ERRORS

/** The row of an error. */
export function errorRow(code: ErrorCode): ErrorRow {
  return ERRORS[code]
}

/** The only exception that is thrown on purpose. */
export class CimError extends Error {
  override readonly name = 'CimError'
  readonly code: ErrorCode
  /** everything that was found, where judging led to the error */
  readonly findings: readonly Finding[]
  /** seconds after which to come again, of what was refused only because of how much there was */
  readonly retryAfterS: number | undefined

  /** @param message what happened this time; by default the text of the row */
  constructor(
    code: ErrorCode,
    message: string = ERRORS[code].text,
    more: {
      readonly cause?: unknown
      readonly findings?: readonly Finding[]
      readonly retryAfterS?: number
    } = {},
  ) {
    super(message, 'cause' in more ? { cause: more.cause } : undefined)
    this.code = code
    this.findings = more.findings ?? []
    this.retryAfterS = more.retryAfterS
  }
}

/** What is said of an error outside: of a failure of ours its row alone, but of a schema what its owner has to mend. */
export function saidOf({ code, message }: CimError): string {
  const { whose, text } = errorRow(code)
  return whose === 'ours' && code !== 'unusable-schema' ? text : message
}
