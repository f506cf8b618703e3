// How the tables came to be, from one version to the next. The SQL is what SQLite and PostgreSQL have in common.

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
  [
    // A message has become a leg: one row for what is received or sent, and what was answered.
    `create table "leg" (
      "id" text not null,
      "exchangeId" text not null,
      "direction" text not null,
      "party" text not null,
      "messageID" text not null,
      "correlationID" text not null,
      "verb" text not null,
      "noun" text not null,
      "flow" text not null,
      "state" text not null,
      "reason" text not null,
      "bodyHash" text not null,
      "at" text not null,
      "notAfter" text not null,
      "orderKey" text not null,
      "replayOf" text not null,
      "answers" text not null,
      "late" integer not null,
      "findings" text not null,
      "traceparent" text not null,
      "target" text not null,
      "request" text not null,
      "contentType" text not null,
      "reply" text not null,
      "replyMessageID" text not null,
      "replyStatus" integer not null,
      "replyContentType" text not null,
      primary key ("id"),
      unique ("messageID", "party", "direction")
    )`,
    // Each is a conversation of its own; what was answered says what became of it.
    `insert into "leg"
      select 'v1 ' || "party" || ' ' || "messageID", 'v1 ' || "party" || ' ' || "messageID",
        'in', "party", "messageID", "correlationID", "verb", "noun", '',
        case when "replyStatus" >= 400 or "reply" like '%Result>FAILED</%' then 'REJECTED'
          when "reply" like '%Result>PARTIAL</%' or "reply" like '%"Result":"PARTIAL"%' then 'PARTIAL'
          else 'ACKED' end,
        '', "bodyHash", "receivedAt", '', '', '', '', 0, '[]', '', '', "request", 'application/xml',
        "reply", "replyMessageID", "replyStatus", "replyContentType" from "message"`,
    `drop table "message"`,
    `create index "legByTime" on "leg" ("at", "id")`,
    `create index "legByExchange" on "leg" ("exchangeId")`,
    `create index "legByState" on "leg" ("state", "party")`,
    `create index "legByCorrelation" on "leg" ("correlationID")`,
    `create table "attempt" (
      "leg" text not null references "leg" ("id") on delete cascade,
      "n" integer not null,
      "at" text not null,
      "tookMs" integer not null,
      "outcome" text not null,
      "status" integer not null,
      "answer" text not null,
      primary key ("leg", "n")
    )`,
    `create table "outbox" (
      "leg" text not null primary key references "leg" ("id"),
      "lane" text not null,
      "place" bigint not null unique,
      "priority" integer not null,
      "dueAt" text not null,
      "tries" integer not null
    )`,
    `create index "outboxByLane" on "outbox" ("lane", "place")`,
    `create table "businessKey" (
      "leg" text not null references "leg" ("id") on delete cascade,
      "name" text not null,
      "value" text not null,
      primary key ("leg", "name", "value")
    )`,
    `create index "businessKeyByValue" on "businessKey" ("value")`,
    `create table "awaited" (
      "id" text not null primary key,
      "kind" text not null,
      "key" text not null,
      "exchangeId" text not null,
      "leg" text not null,
      "dueAt" text not null,
      "state" text not null
    )`,
    `create index "awaitedByDue" on "awaited" ("state", "dueAt")`,
    `create index "awaitedByKey" on "awaited" ("kind", "key")`,
    `create table "lease" (
      "lane" text not null primary key,
      "holder" text not null,
      "token" bigint not null,
      "until" text not null
    )`,
    `create index "leaseByToken" on "lease" ("token")`,
    `create table "audit" (
      "seq" bigint not null primary key,
      "at" text not null,
      "who" text not null,
      "what" text not null,
      "subject" text not null,
      "details" text not null
    )`,
    `create table "configuration" (
      "version" text not null,
      "at" text not null,
      "text" text not null,
      primary key ("version", "at")
    )`,
  ],
  [
    // Whose objects are that were there before is not known.
    `alter table "object" add column "owner" text not null default ''`,
    `alter table "event" add column "owner" text not null default ''`,
    `create index "objectById" on "object" ("id")`,
  ],
  [
    // Long texts are files; these find the rows that name one.
    `create index "legByRequestBody" on "leg" ("request")
      where substr("request", 1, 13) = 'cimgate-body:'`,
    `create index "legByReplyBody" on "leg" ("reply")
      where substr("reply", 1, 13) = 'cimgate-body:'`,
  ],
  [
    // What waits already keeps the order of its own lane alone.
    `create table "sharedLane" (
      "leg" text not null references "outbox" ("leg") on delete cascade,
      "lane" text not null,
      "place" bigint not null,
      primary key ("leg", "lane")
    )`,
    `create index "sharedLaneByLane" on "sharedLane" ("lane", "place")`,
  ],
  [
    // What is there already has no sums.
    `alter table "leg" add column "sum" bigint not null default -1`,
    `alter table "leg" add column "answerSum" bigint not null default -1`,
    `alter table "object" add column "sum" bigint not null default -1`,
  ],
  [
    // What waits and has an end: most messages have none, and are not in it.
    `create index "legByNotAfter" on "leg" ("notAfter")
      where "notAfter" <> '' and "state" in ('QUEUED', 'FAILED')`,
  ],
  [
    // Of tries that are there already nobody knows whether a person had given the message another turn.
    `alter table "attempt" add column "tries" integer not null default 0`,
    `update "attempt" set "tries" = "n"`,
  ],
  [
    // With which revision an object has gone: of what went before this nothing is known.
    `create table "gone" (
      "noun" text not null,
      "id" text not null,
      "revision" bigint not null,
      "seq" bigint not null,
      primary key ("noun", "id")
    )`,
    `create index "goneBySeq" on "gone" ("seq")`,
    `alter table "leg" add column "replyETag" text not null default ''`,
  ],
  [
    // Lines that are there already are chained when the next one is written: SQL alone has no SHA-256.
    `alter table "audit" add column "from" text not null default ''`,
    `alter table "audit" add column "hash" text not null default ''`,
    `create table "auditEnd" (
      "name" text not null primary key,
      "seq" bigint not null,
      "hash" text not null
    )`,
    `create index "auditByAt" on "audit" ("at")`,
  ],
  [
    `create table "nonce" (
      "party" text not null,
      "nonce" text not null,
      "createdAt" text not null,
      "message" text not null,
      primary key ("party", "nonce")
    )`,
    `create index "nonceByCreated" on "nonce" ("createdAt")`,
  ],
  [
    // Whose an object is, of whatever noun, is asked noun by noun: there are few of them, and each object paid for the index.
    `drop index "objectById"`,
  ],
]

/** The version that this program reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length
