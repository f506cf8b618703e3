// The tables and how they came to be. Columns are spelled like the fields of the ports, so that a row
// needs no translation; the SQL is what SQLite and PostgreSQL have in common.

import type { MessageRecord, SequencedEvent, StoredObject } from '../../gateway/ports.ts'

/** An object as a row. */
export interface ObjectRow extends Omit<StoredObject, 'names'> {
  /** JSON array of the name keys in the order given; `objectName` is the index over them */
  readonly names: string
}

/** One name key of an object; its primary key is what makes names unique within a noun. */
export interface NameRow {
  readonly noun: string
  readonly name: string
  readonly id: string
}

/** The database as kysely sees it. */
export interface Tables {
  readonly message: MessageRecord
  readonly object: ObjectRow
  readonly objectName: NameRow
  readonly event: SequencedEvent
}

/** The columns by table: every statement names them, so a field that a caller adds never reaches the SQL. */
export const COLUMNS = {
  message: [
    'party',
    'messageID',
    'correlationID',
    'verb',
    'noun',
    'bodyHash',
    'receivedAt',
    'request',
    'reply',
    'replyMessageID',
    'replyStatus',
    'replyContentType',
  ],
  object: ['noun', 'id', 'revision', 'state', 'names', 'body'],
  objectName: ['noun', 'name', 'id'],
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
  ],
} as const satisfies { readonly [T in keyof Tables]: readonly (keyof Tables[T])[] }

/**
 * Forward-only: entry n brings a database from version n to n + 1. An entry that was released is never edited;
 * a change is a new entry.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table "message" (
      "party" text not null,
      "messageID" text not null,
      "correlationID" text not null,
      "verb" text not null,
      "noun" text not null,
      "bodyHash" text not null,
      "receivedAt" text not null,
      "request" text not null,
      "reply" text not null,
      "replyMessageID" text not null,
      "replyStatus" integer not null,
      "replyContentType" text not null,
      primary key ("party", "messageID")
    )`,
    `create table "object" (
      "noun" text not null,
      "id" text not null,
      "revision" bigint not null,
      "state" text not null,
      "names" text not null,
      "body" text not null,
      primary key ("noun", "id")
    )`,
    `create table "objectName" (
      "noun" text not null,
      "name" text not null,
      "id" text not null,
      primary key ("noun", "name"),
      foreign key ("noun", "id") references "object" ("noun", "id") on delete cascade
    )`,
    `create index "objectNameById" on "objectName" ("noun", "id")`,
    // The next seq is the greatest one plus one: whatever clears old events must keep the newest.
    `create table "event" (
      "seq" bigint not null primary key,
      "noun" text not null,
      "subject" text not null,
      "verb" text not null,
      "flow" text not null,
      "exchangeId" text not null,
      "revision" bigint not null,
      "at" text not null,
      "state" text not null,
      "previous" text not null,
      "result" text not null,
      "code" text not null
    )`,
  ],
]

/** The version that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length
