// The other side of a leg, as the gateway sees it: something takes a message and answers, or cannot be reached.
// What a timer and chance are comes from outside too, so that years of retries pass in a test within a second.

import type { Leg } from './ledger.ts'
import type { Party } from './parties/party.ts'

/** What became of one try. */
export type PeerAnswer = Answered | Unreachable

/** The peer has answered, whatever it says. */
export interface Answered {
  readonly kind: 'answered'
  /** of HTTP; 200 where there is none */
  readonly status: number
  readonly contentType: string
  readonly bytes: Uint8Array
  /** milliseconds that it asks to wait (Retry-After) */
  readonly retryAfterMs?: number
  /** why its body cannot be read, which then has no bytes: the peer has the message, and what it says of it is lost */
  readonly unusable?: Unusable
}

/** An answer that has come, and cannot be read. */
export interface Unusable {
  /** the sentence behind "its answer" */
  readonly reason: string
  /** asked again it would say the same: too long, undecodable; false for one that was cut off */
  readonly lasting: boolean
}

/** No answer. */
export interface Unreachable {
  readonly kind: 'unreachable'
  /** one sentence */
  readonly reason: string
  /** the message may have arrived all the same: nobody knows */
  readonly sent: boolean
  /** our own fault, which no repetition mends: a forbidden address, a binding that cannot carry it */
  readonly permanent: boolean
  /** the address is none that the party may be asked at */
  readonly forbidden?: true
}

/** Sends by whatever binding the party has. */
export interface Peer {
  /**
   * One try; never throws. The request of the leg goes as it is, in its content type.
   * @param signal given up when this is aborted: what has been sent by then may have arrived
   */
  readonly send: (party: Party, leg: Leg, signal?: AbortSignal) => Promise<PeerAnswer>
  /** True when its health address answers with 2xx; a party without one is not asked. */
  readonly probe: (party: Party) => Promise<boolean>
}

/** Calls later; the result takes it back. */
export interface Timers {
  readonly after: (ms: number, run: () => void) => () => void
}

/** From 0 to below 1. */
export type Random = () => number
