// What stands in the audit log: every event that matters for security, a row each. Code that meets one names it by its key.

import type { ErrorCode } from '../../envelope/errors.ts'

/** One kind of event. */
export interface EventRow {
  /** what has happened, in the past tense */
  readonly says: string
  /**
   * `act`: somebody did something on purpose; a line each, on disk before it counts as done. `counted`: it may come as often
   * as a stranger likes; the first has a line, and what is the same within a while is counted in one more.
   */
  readonly kind: 'act' | 'counted'
  /** while that is counted, in milliseconds; of `counted` alone */
  readonly windowMs?: number
}

const MINUTE = { kind: 'counted', windowMs: 60_000 } as const
const HOUR = { kind: 'counted', windowMs: 3_600_000 } as const
const ACT = { kind: 'act' } as const

/** Keys are public: they stand in the log as `what`, and are asked for by it. */
export const EVENTS = {
  start: { ...ACT, says: 'a gateway has started' },
  stop: { ...ACT, says: 'a gateway has ended as it was told' },
  'log-gap': { ...ACT, says: 'something is not in the log; the line says what' },
  forgotten: { ...ACT, says: 'lines were forgotten because of their age' },
  migration: { ...ACT, says: 'the store was brought to another schema version' },
  'store-fault': { ...ACT, says: 'the store failed, and is back' },
  'loss-confirmed': {
    ...ACT,
    says: 'an operator has confirmed that acknowledged messages are lost',
  },
  configuration: { ...ACT, says: 'another configuration is in force' },
  'configuration-refused': { ...MINUTE, says: 'a changed configuration was refused' },
  credentials: { ...ACT, says: 'the keys, tokens or passwords of a party are others' },
  schemas: { ...ACT, says: 'other XSDs than before are in use' },
  login: { ...HOUR, says: 'a party has proved who it is' },
  'login-refused': { ...MINUTE, says: 'somebody has proved nobody, or shown wrong credentials' },
  'permission-refused': { ...MINUTE, says: 'a party has asked for what it may not do' },
  'site-refused': { ...MINUTE, says: 'a page of another site, or a wrong Host, was turned away' },
  'source-refused': { ...MINUTE, says: 'a party has written another Source than its own' },
  'socket-refused': { ...MINUTE, says: 'an upgrade to a WebSocket was refused' },
  'socket-closed': { ...MINUTE, says: 'an open socket was closed, since its right has ended' },
  'message-refused': { ...MINUTE, says: 'a message was not valid' },
  'document-refused': { ...MINUTE, says: 'a document was refused unread: a DOCTYPE, a limit' },
  'request-refused': { ...MINUTE, says: 'a request of HTTP was refused as no request at all' },
  replay: { ...MINUTE, says: 'a message was refused as one that somebody sends again' },
  conflict: { ...MINUTE, says: 'another body has come under a MessageID that was used' },
  'rate-limit': { ...MINUTE, says: 'somebody has asked too often' },
  'tls-error': { ...MINUTE, says: 'a TLS handshake has failed' },
  'address-refused': { ...MINUTE, says: 'an address was not asked, since it may not be' },
  'peer-refused-us': { ...MINUTE, says: 'a party did not take our credentials' },
  'payload-read': { ...ACT, says: 'an operator has read the text of a message' },
  'audit-read': { ...HOUR, says: 'somebody has read the audit log' },
  resend: { ...ACT, says: 'a person has sent a message once more' },
  redrive: { ...ACT, says: 'a person has driven on what was parked' },
  close: { ...ACT, says: 'a person has laid a message aside' },
  cancel: { ...ACT, says: 'a person has canceled what was not sent yet' },
  unkept: { ...ACT, says: 'what follows from the outcome of a message could not be kept' },
  overdue: { ...ACT, says: 'what was to come has not come' },
  alarm: { ...ACT, says: 'an object has come into a state that a person has to look after' },
} as const satisfies Readonly<Record<string, EventRow>>

/** `what` of a line. */
export type EventName = keyof typeof EVENTS

/** What a refusal is, by its row of the error table; none of the others is an event of security. */
export const EVENT_OF: Partial<Readonly<Record<ErrorCode, EventName>>> = {
  unauthenticated: 'login-refused',
  'wrong-credentials': 'login-refused',
  unauthorized: 'permission-refused',
  'foreign-site': 'site-refused',
  'wrong-source': 'source-refused',
  'hostile-xml': 'document-refused',
  'too-large': 'document-refused',
  'duplicate-message': 'conflict',
}
