// The tables as rows. Columns are spelled like the fields of the ports, so that a row needs no translation.

import type { Anchor, AuditLine, ChainEnds } from '../../gateway/audit/chain.ts'
import type {
  Attempt,
  Awaited,
  BusinessKey,
  Configuration,
  Lease,
  Leg,
  Slot,
} from '../../gateway/ledger.ts'
import type { Gone, SequencedEvent, StoredObject } from '../../gateway/ports.ts'
import type { NonceUse } from '../../gateway/replay-detection.ts'

/** An object as a row. */
export interface ObjectRow extends Omit<StoredObject, 'names'> {
  /** JSON array of the name keys in the order given; `objectName` is the index over them */
  readonly names: string
  /** over all other columns: see sums.ts */
  readonly sum: number
}

/** One name key of an object; its primary key is what makes names unique within a noun. */
export interface NameRow {
  readonly noun: string
  readonly name: string
  readonly id: string
}

/** A leg as a row. */
export interface LegRow extends Omit<Leg, 'late'> {
  /** 1 = true */
  readonly late: number
  /** over what is written once, and over what was answered: see sums.ts */
  readonly sum: number
  readonly answerSum: number
}

/** A place in the outbox as a row. */
export interface SlotRow extends Omit<Slot, 'also'> {
  /** order of arrival; only the least of a lane may be sent */
  readonly place: number
  readonly tries: number
}

/** Another lane of a place in the outbox, because it stands in several. */
export interface SharedLaneRow extends Pick<SlotRow, 'leg' | 'lane' | 'place'> {}

/** Where the chain of the audit log ends (`head`), and which line of it was the last to be forgotten (`beginning`). */
export interface AuditEndRow extends Anchor {
  readonly name: keyof ChainEnds
}

/** A Nonce that has come; one without party is the newest Created that has been forgotten. */
export interface NonceRow extends Pick<NonceUse, 'party' | 'nonce' | 'createdAt' | 'message'> {}

/** An object that is there no more, as a row. */
export interface GoneRow extends Gone {
  /** of the first event of the unit that has removed it, or would be: it is forgotten with that event */
  readonly seq: number
}

/** The database as kysely sees it. */
export interface Tables {
  readonly leg: LegRow
  readonly attempt: Attempt
  readonly outbox: SlotRow
  readonly sharedLane: SharedLaneRow
  readonly businessKey: BusinessKey
  readonly awaited: Awaited
  readonly lease: Lease
  readonly audit: AuditLine
  readonly auditEnd: AuditEndRow
  readonly nonce: NonceRow
  readonly configuration: Configuration
  readonly object: ObjectRow
  readonly objectName: NameRow
  readonly gone: GoneRow
  readonly event: SequencedEvent
}

/** The columns by table: every statement names them, so a field that a caller adds never reaches the SQL. */
export const COLUMNS = {
  leg: [
    'id',
    'exchangeId',
    'direction',
    'party',
    'messageID',
    'correlationID',
    'verb',
    'noun',
    'flow',
    'state',
    'reason',
    'bodyHash',
    'at',
    'notAfter',
    'orderKey',
    'replayOf',
    'answers',
    'late',
    'findings',
    'traceparent',
    'target',
    'request',
    'contentType',
    'reply',
    'replyMessageID',
    'replyStatus',
    'replyContentType',
    'replyETag',
    'sum',
    'answerSum',
  ],
  attempt: ['leg', 'n', 'tries', 'at', 'tookMs', 'outcome', 'status', 'answer'],
  outbox: ['leg', 'lane', 'place', 'priority', 'dueAt', 'tries'],
  sharedLane: ['leg', 'lane', 'place'],
  businessKey: ['leg', 'name', 'value'],
  awaited: ['id', 'kind', 'key', 'exchangeId', 'leg', 'dueAt', 'state'],
  lease: ['lane', 'holder', 'token', 'until'],
  audit: ['seq', 'at', 'who', 'from', 'what', 'subject', 'details', 'hash'],
  auditEnd: ['name', 'seq', 'hash'],
  nonce: ['party', 'nonce', 'createdAt', 'message'],
  configuration: ['version', 'at', 'text'],
  object: ['noun', 'id', 'revision', 'state', 'names', 'body', 'owner', 'sum'],
  objectName: ['noun', 'name', 'id'],
  gone: ['noun', 'id', 'revision', 'seq'],
  event: [
    'seq',
    'noun',
    'subject',
    'verb',
    'flow',
    'exchangeId',
    'revision',
    'at',
    'state',
    'previous',
    'result',
    'code',
    'owner',
  ],
} as const satisfies { readonly [T in keyof Tables]: readonly (keyof Tables[T])[] }
