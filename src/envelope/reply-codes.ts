// The codes of Reply/Error/code: one row each, with the HTTP status that the JSON façade answers.
// Texts are our own words; free strings occur in real traffic, so an unknown code is a warning at most.

/** An HTTP status, or two where it matters whether the object is named in the path or in the body. */
export type HttpStatus = number | { readonly path: number; readonly body: number }

/** What the number before the dot stands for. */
export interface ReplyCategory {
  readonly category: string
  readonly text: string
  /** of every code of the category that has none of its own */
  readonly http: HttpStatus
}

const NOT_FOUND: HttpStatus = { path: 404, body: 422 }

/** @see IEC 61968-9 Annex B for the numbers; `99` is practice of the EPRI demonstrations */
export const REPLY_CATEGORIES: readonly ReplyCategory[] = [
  { category: '0', text: 'success', http: 200 },
  { category: '1', text: 'an element is wrong or missing', http: 400 },
  { category: '2', text: 'a parameter is invalid', http: NOT_FOUND },
  { category: '3', text: 'too much is asked', http: 429 },
  { category: '4', text: 'given up', http: 504 },
  { category: '5', text: 'the application failed', http: 502 },
  { category: '6', text: 'a business rule decided', http: 409 },
  { category: '7', text: 'security', http: 401 },
  { category: '99', text: 'local practice', http: NOT_FOUND },
]

/** One reply code. */
export interface ReplyCode {
  readonly code: string
  readonly text: string
  readonly http?: HttpStatus
}

/** The gaps (1.1 to 1.4, 2.1 to 2.3, 2.7, 2.8, 2.11) are reserved or withdrawn; no public source knows them. */
export const REPLY_CODES: readonly ReplyCode[] = [
  { code: '0.0', text: 'no errors' },
  { code: '0.1', text: 'part of the result; more follows in further messages', http: 202 },
  { code: '0.2', text: 'part of the result; nothing more follows' },
  { code: '0.3', text: 'received; nothing has been decided yet', http: 202 },
  { code: '1.5', text: 'a required element of the Header is missing' },
  { code: '1.6', text: 'a required element of the Request is missing' },
  { code: '1.7', text: 'a required element of the Payload is missing' },
  { code: '1.8', text: 'the message does not validate against its schema' },
  { code: '1.9', text: 'the Revision in the Header is not supported' },
  { code: '2.4', text: 'a meter is unknown or invalid' },
  { code: '2.5', text: 'the Noun is unknown' },
  { code: '2.6', text: 'a reading type is unknown or invalid' },
  { code: '2.9', text: 'the Verb is unknown, or not possible here' },
  { code: '2.10', text: 'a reading type is not supported' },
  { code: '2.12', text: 'a usage point is unknown or invalid' },
  { code: '2.13', text: 'meter and usage point do not belong together' },
  { code: '2.14', text: 'the Source is unknown or contradicts the sender' },
  { code: '2.15', text: 'an ID in the Request is unknown or invalid' },
  { code: '2.16', text: 'a service location is unknown or invalid' },
  { code: '2.17', text: 'meter and service location do not belong together' },
  { code: '2.18', text: 'communication module and meter do not belong together' },
  { code: '2.19', text: 'a customer account is unknown or invalid' },
  { code: '2.20', text: 'a service supplier is unknown or invalid' },
  { code: '2.21', text: 'customer account and service supplier do not belong together' },
  { code: '2.22', text: 'a customer is unknown or invalid' },
  { code: '2.23', text: 'customer and customer account do not belong together' },
  { code: '2.24', text: 'a customer agreement is unknown or invalid' },
  { code: '2.25', text: 'customer account and customer agreement do not belong together' },
  { code: '2.26', text: 'customer agreement and usage point do not belong together' },
  { code: '2.27', text: 'customer account and usage point do not belong together' },
  { code: '2.28', text: 'service supplier and usage point do not belong together' },
  { code: '2.29', text: 'two objects of the message do not belong together' },
  { code: '2.30', text: 'a communication module is unknown or invalid' },
  { code: '2.31', text: 'a service category is unknown or invalid' },
  { code: '2.32', text: 'the location of a usage point is unknown or invalid' },
  { code: '2.33', text: 'a pricing structure is unknown or invalid' },
  { code: '3.1', text: 'too many items in one request', http: 413 },
  { code: '3.2', text: 'too many requests are pending' },
  { code: '4.1', text: 'the request timed out' },
  { code: '5.1', text: 'the system is too busy', http: 503 },
  { code: '5.2', text: 'the transaction was not attempted' },
  { code: '5.3', text: 'the transaction was attempted and failed' },
  { code: '5.4', text: 'errors of several types', http: 422 },
  { code: '5.5', text: 'reading types are not available from meter data management', http: 404 },
  { code: '5.6', text: 'reading types are not available from the metering system', http: 404 },
  { code: '5.7', text: 'requested data is not available', http: 404 },
  { code: '5.8', text: 'a field that the business needs is missing', http: 422 },
  { code: '5.9', text: 'stopped to keep the transaction whole', http: 409 },
  { code: '6.1', text: 'refused by a business rule' },
  { code: '6.2', text: 'placed on hold' },
  { code: '6.3', text: 'released from hold' },
  { code: '6.4', text: 'moved to another time' },
  { code: '6.5', text: 'canceled by a user' },
  { code: '7.1', text: 'authentication is failing for the moment' },
  { code: '7.2', text: 'authentication is required' },
  { code: '7.3', text: 'the authentication mechanism is not strong enough' },
  { code: '7.4', text: 'authentication failed' },
  { code: '7.5', text: 'the user may not do this', http: 403 },
  { code: '7.6', text: 'the authentication mechanism requires encryption', http: 403 },
  { code: '7.7', text: 'against the security policy', http: 403 },
  { code: '99.1', text: 'the object does not exist' },
]

/** An unlisted code is a peer's own word for a refusal, so its reply is what a gateway has to report. */
const FOREIGN: HttpStatus = 502

const BY_CODE: ReadonlyMap<string, ReplyCode> = new Map(REPLY_CODES.map((it) => [it.code, it]))

/** The row of a code; undefined for a free string. */
export function replyCode(code: string): ReplyCode | undefined {
  return BY_CODE.get(code)
}

/** True for the codes of the table. */
export function isKnownCode(code: string): boolean {
  return BY_CODE.has(code)
}

/** True for the codes that report no error. */
export function isSuccessCode(code: string): boolean {
  return categoryOf(code) === '0'
}

/** The number before the dot; the whole text where there is no dot. */
export function categoryOf(code: string): string {
  return code.split('.', 1)[0] ?? ''
}

/**
 * The HTTP status of a reply code on the JSON façade; 201 instead of 200 is the caller's to know.
 * @param where the object that is meant is named: in the path, or in the body
 */
export function httpOf(code: string, where: 'path' | 'body' = 'body'): number {
  const category = REPLY_CATEGORIES.find((it) => it.category === categoryOf(code))
  return statusAt(replyCode(code)?.http ?? category?.http ?? FOREIGN, where)
}

/** The one of two statuses that applies. */
export function statusAt(http: HttpStatus, where: 'path' | 'body'): number {
  return typeof http === 'number' ? http : http[where]
}
