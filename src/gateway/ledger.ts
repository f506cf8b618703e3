// What is kept of messages on their way: each leg, every try, what is still to be sent, what is awaited. The `Ledger` is
// the part of the store that delivery and tracking use; it changes in the same unit as the objects.

import type { AuditLine, ChainEnds } from './audit/chain.ts'
import type { AuditEntry, AuditQuery } from './audit/entry.ts'

export type { AuditEntry, AuditQuery } from './audit/entry.ts'

/** State of a leg, from lifecycles/message.ts. */
export type MessageState =
  | 'RECEIVED'
  | 'REJECTED'
  | 'HELD'
  | 'ACCEPTED'
  | 'QUEUED'
  | 'SENDING'
  | 'SENT'
  | 'ACKED'
  | 'PARTIAL'
  | 'FAILED'
  | 'PARKED'
  | 'EXPIRED'
  | 'CANCELED'
  | 'CLOSED'

/** One leg: a message and the reply to it, received from a party (`in`) or sent to one (`out`). */
export interface Leg {
  /** ours, a UUID: the key of tracking */
  readonly id: string
  /** one conversation, over all its legs */
  readonly exchangeId: string
  readonly direction: 'in' | 'out'
  /** the other side of the leg */
  readonly party: string
  /** of the message on this leg, or what else a repeat is known by (`Idempotency-Key …`, `sha256:…`); unique with direction and party */
  readonly messageID: string
  readonly correlationID: string
  readonly verb: string
  readonly noun: string
  /** flow that it belongs to; empty where there is none */
  readonly flow: string
  readonly state: MessageState
  /** why it is in that state, one sentence; empty where that goes without saying */
  readonly reason: string
  /** SHA-256 of what identifies the message, hex: tells a repeat from another one under the same id */
  readonly bodyHash: string
  /** received, or given to the outbox; ISO 8601 with Z */
  readonly at: string
  /** ISO 8601 with Z after which it is EXPIRED rather than late; empty = never */
  readonly notAfter: string
  /** what keeps its order among the messages to this party; empty = nothing */
  readonly orderKey: string
  /** leg that this one repeats with a new MessageID, because a person resent it; empty for all others */
  readonly replayOf: string
  /** leg (`out`) that a received reply answers, or leg (`in`) that a sent reply or relay comes from; empty = none */
  readonly answers: string
  /** true for a reply that came when nobody waited any more */
  readonly late: boolean
  /** JSON array of findings */
  readonly findings: string
  /** W3C traceparent as received, or ours; empty = none */
  readonly traceparent: string
  /** of what is sent: empty = POST to the address; `PUT /groups/1` = method and path below it, or a whole address; `action:…`, alone or behind that = SOAPAction; `as:…` = not sent, but received here in the name of that party, `while …` its cause is in one of these states */
  readonly target: string
  /** the message as received or sent */
  readonly request: string
  readonly contentType: string
  /** exact text of what was answered, byte for byte; empty until then */
  readonly reply: string
  /** MessageID of that reply */
  readonly replyMessageID: string
  /** HTTP status of it; 0 until then */
  readonly replyStatus: number
  readonly replyContentType: string
  /** entity tag that was answered; empty = none, or by an earlier version */
  readonly replyETag: string
}

/** A leg without its texts: what lists show. */
export type LegFacts = Omit<Leg, 'request' | 'reply' | 'findings'>

/** A value by which a leg can be found: mRID, name, account … of what the message is about. */
export interface BusinessKey {
  readonly leg: string
  /** path of the element, `DERGroups.EndDeviceGroup.mRID` */
  readonly name: string
  readonly value: string
}

/** A new place in the outbox: the leg (QUEUED) is to be sent. */
export interface Slot {
  readonly leg: string
  /** what is sent one after the other: party and order key; legs without order have lanes of their own */
  readonly lane: string
  /** other lanes in which it has to wait for its turn, and others for it; none by default */
  readonly also?: readonly string[]
  readonly priority: number
  /** ISO 8601 with Z before which it is not to be tried */
  readonly dueAt: string
  /** that have been made already; 0 by default */
  readonly tries?: number
}

/** What a leg becomes. */
export interface LegStep {
  readonly leg: string
  /** state that this is based on; another one means that somebody else was quicker */
  readonly from: MessageState
  readonly to: MessageState
  readonly reason: string
  /** what was answered, where that is known now */
  readonly answered?: Pick<Leg, 'reply' | 'replyMessageID' | 'replyStatus' | 'replyContentType'> &
    Partial<Pick<Leg, 'replyETag'>>
  /** MessageID of the reply that is replaced by that: where another one stands there by now, somebody else was quicker */
  readonly instead?: string
  /**
   * `keep`: next try at `dueAt`, one more has been made; `anew`: the same as if none had been made; `drop`: nothing more is
   * to be sent; all give the lease back; absent = the outbox stays as it is
   */
  readonly slot?:
    { readonly kind: 'keep' | 'anew'; readonly dueAt: string } | { readonly kind: 'drop' }
  /** the lease under which it was sent: refused when somebody else has it by now */
  readonly lease?: Lease
}

/** One try to send a leg: append-only. */
export interface Attempt {
  readonly leg: string
  /** from 1 */
  readonly n: number
  /** which it is since the message was given to the outbox, or given another turn, from 1: what a retry plan counts */
  readonly tries: number
  readonly at: string
  readonly tookMs: number
  /** `ok` answered; `technical` may be tried again; `business` was refused; `unknown` was sent, and no answer came */
  readonly outcome: 'ok' | 'technical' | 'business' | 'unknown'
  /** HTTP status; 0 = none */
  readonly status: number
  /** what came back, cut after 64 KiB; or why nothing did */
  readonly answer: string
}

/** name of the business key that is the MessageID of a refused message: the message does not occupy it */
export const REFUSED_MESSAGE = 'Header.MessageID'

/** `kind` of what is awaited from a party that has been asked */
export const REPLY = 'reply'

/** kind of what is awaited where an event needs the word of a role that no party has */
export const ACKNOWLEDGEMENT = 'acknowledgement'

/** Something that is to come: raised as an alarm when it is overdue. */
export interface Awaited {
  readonly id: string
  /** `reply`, `acknowledgement`, or the id of a rule of the configuration */
  readonly kind: string
  /** what makes the arriving message the awaited one */
  readonly key: string
  readonly exchangeId: string
  /** leg that waits for it */
  readonly leg: string
  readonly dueAt: string
  readonly state: 'open' | 'met' | 'overdue'
}

/** The right to send what is in a lane, until it is given back or runs out. */
export interface Lease {
  readonly lane: string
  readonly holder: string
  /** grows with every lease: a write under an older one is refused (fencing) */
  readonly token: number
  readonly until: string
}

/** A leg whose turn it is. */
export interface Claimed {
  readonly leg: Leg
  readonly lease: Lease
  /** tries since it was given to the outbox: what a retry plan counts */
  readonly tries: number
  /** all tries that have left a row, also those before a person gave it another turn */
  readonly attempts: number
  /** why it must not be sent: it is not what was written; absent = it is */
  readonly damage?: string
}

/** Which legs are wanted; all that is given has to fit. */
export interface LegQuery {
  readonly direction?: 'in' | 'out'
  readonly party?: string
  /** any of them */
  readonly noun?: readonly string[]
  readonly verb?: readonly string[]
  readonly state?: readonly MessageState[]
  /** also of what was refused under it, which has the key `REFUSED_MESSAGE` */
  readonly messageID?: string
  readonly correlationID?: string
  readonly exchangeId?: string
  /** value of any business key */
  readonly key?: string
  /** at or after */
  readonly from?: string
  /** before */
  readonly to?: string
  /** newest first; legs older than this cursor */
  readonly after?: string
  readonly limit: number
}

/** How much waits for one party. */
export interface Backlog {
  readonly party: string
  readonly waiting: number
  readonly parked: number
  /** of the oldest that waits; empty = nothing waits */
  readonly oldestAt: string
}

/** What one unit changes on the way of messages, beside objects and events. */
export interface LedgerUnit {
  readonly legs?: readonly Leg[]
  readonly keys?: readonly BusinessKey[]
  readonly slots?: readonly Slot[]
  readonly steps?: readonly LegStep[]
  readonly attempts?: readonly Attempt[]
  readonly awaits?: readonly Awaited[]
  /** kind and key of what has come, also when it was overdue; with a leg, only what was to come after that */
  readonly met?: readonly (Pick<Awaited, 'kind' | 'key'> & Partial<Pick<Awaited, 'leg'>>)[]
  /** ids of what has not come, and has been told of */
  readonly overdue?: readonly string[]
  readonly audit?: readonly AuditEntry[]
  /** that was taken over */
  readonly configuration?: Configuration
}

/** Messages on their way, as far as the store knows them. */
export interface Ledger {
  leg(id: string): Promise<Leg | undefined>
  /** By MessageID, as a reply names it: CorrelationID of the reply, of a leg `out` to that party. */
  legTo(party: string, messageID: string): Promise<Leg | undefined>
  legs(
    query: LegQuery,
  ): Promise<{ readonly legs: readonly LegFacts[]; readonly next: string | null }>
  attempts(leg: string): Promise<readonly Attempt[]>
  /**
   * Leases lanes whose first slot is due, and gives the first leg of each: of higher priority first, then what is due by a
   * time, the earliest first, then the oldest; of these `oldest` give way to those that have waited longest. Each is
   * SENDING from now on, and an event tells so. A lane with a live lease, or whose first slot is not due, gives nothing;
   * nor does one whose first slot has an earlier one before it in any lane that both stand in.
   */
  claim(request: {
    readonly holder: string
    readonly now: string
    readonly until: string
    readonly limit: number
    /** of the limit, for those that have waited longest, whatever goes first; none by default */
    readonly oldest?: number
    /** parties whose circuit is open */
    readonly notTo: readonly string[]
  }): Promise<readonly Claimed[]>
  /** Gives leases back; one that is no longer ours is passed over. */
  release(leases: readonly Lease[]): Promise<void>
  /** Ids of what waits to be sent (QUEUED, FAILED) and must not be sent any more, the earliest first. */
  expired(now: string, limit: number): Promise<readonly string[]>
  /**
   * When the next slot or awaited message is due, or the time of what waits is over; undefined = nothing is.
   * @param after ISO 8601 with Z: what was due by then is passed over, because it waits for something else; absent = nothing is
   */
  nextDue(after?: string): Promise<string | undefined>
  /** Open ones that are due, oldest first. */
  overdue(now: string, limit: number): Promise<readonly Awaited[]>
  /** What was told of as overdue and has not come since, oldest first. */
  missed(limit: number): Promise<readonly Awaited[]>
  backlog(): Promise<readonly Backlog[]>
  /** Lines of the audit log, in order, or the newest first. */
  audit(query: AuditQuery): Promise<readonly AuditLine[]>
  /** Where the audit log begins and ends; undefined before its first line. */
  auditEnds(): Promise<ChainEnds | undefined>
  /** Every configuration that was ever in force, newest first. */
  configurations(): Promise<readonly Configuration[]>
  /**
   * Forgets legs that are over, with their attempts and keys, audit lines and status events before these times; the
   * newest audit line and the newest event stay, because they count, and a line says which lines are gone.
   * @returns how many legs
   */
  forget(before: {
    readonly legs: string
    readonly audit: string
    /** absent = events stay */
    readonly events?: string
  }): Promise<number>
}

/** A configuration that was taken over. */
export interface Configuration {
  /** SHA-256 of its text, hex */
  readonly version: string
  readonly at: string
  readonly text: string
}
