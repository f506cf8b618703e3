// Whether a server is one that our promises can stand on: asked of each new connection, because another server may have
// taken the place of the first.

import { StoreError } from '../fault.ts'
import { SCHEMA_VERSION } from '../migrations.ts'
import type { Ask, Writing } from './connection.ts'

/** What a server says of itself. */
export interface Facts {
  readonly version: number
  readonly versionText: string
  readonly fsync: string
  readonly fullPageWrites: string
  readonly synchronousCommit: string
  readonly standby: boolean
  readonly encoding: string
  readonly user: string
  readonly database: string
  /** where the tables are, or are to be; null = there is none that the user may look into */
  readonly schema: string | null
  /** of the schema */
  readonly oid: number
  readonly mayUse: boolean
  readonly mayCreate: boolean
}

const FACTS = `select current_setting('server_version_num')::int as "version",
  current_setting('server_version') as "versionText", current_setting('fsync') as "fsync",
  current_setting('full_page_writes') as "fullPageWrites",
  current_setting('synchronous_commit') as "synchronousCommit", pg_is_in_recovery() as "standby",
  current_setting('server_encoding') as "encoding", current_user as "user",
  current_database() as "database", current_schema() as "schema",
  coalesce((select "oid"::bigint from "pg_catalog"."pg_namespace" where "nspname" = current_schema()), 0) as "oid",
  coalesce(has_schema_privilege(current_schema(), 'usage'), false) as "mayUse",
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as "mayCreate"`

const OLDEST = 140_000

/** @throws {StoreError} `store-server`, naming what does not fit and how to mend it */
export async function judgedServer(ask: Ask): Promise<Facts> {
  const [row] = await ask(FACTS)
  const facts = row as unknown as Facts
  const fault = faultOfServer(facts)
  if (fault !== undefined) throw refused(fault)
  return facts
}

/** What does not fit, and how to mend it; undefined when all does. */
export function faultOfServer(facts: Facts): string | undefined {
  return RULES.map((rule) => rule(facts)).find((it) => it !== undefined)
}

/** What all writers in the schema of a server agree on. */
export function writingIn({
  schema,
  oid,
  synchronousCommit,
}: Facts): Pick<Writing, 'lock' | 'synchronousCommit' | 'channel'> {
  // Two nodes in one schema have the same; a number that is too large for the lock is folded.
  return { lock: oid | 0, synchronousCommit, channel: `cimgate_${schema}`.slice(0, 63) }
}

type Rule = (facts: Facts) => string | undefined

const setting = (name: string, value: string, promise: string): string | undefined =>
  value === 'on'
    ? undefined
    : `It has ${name} = ${value}: ${promise}. Put ${name} = on into postgresql.conf, and reload it (select pg_reload_conf()).`

/** Stronger than what this needs, or the same. */
const SYNCHRONOUS = ['on', 'remote_apply']

/** The first that speaks up is told. */
const RULES: readonly Rule[] = [
  ({ version, versionText }) =>
    version < OLDEST
      ? `It is PostgreSQL ${versionText}; cimgate needs 14 or later. Upgrade it, or name another server.`
      : undefined,
  ({ standby }) =>
    standby
      ? 'It is a standby, and can only be read. Name the primary, or promote it (select pg_promote()).'
      : undefined,
  ({ encoding, database }) =>
    encoding === 'UTF8'
      ? undefined
      : `The database ${database} has the encoding ${encoding}, which cannot hold every message. Make one with UTF8 (create database … template template0 encoding 'UTF8'), and name that.`,
  ({ fsync }) => setting('fsync', fsync, 'what it has acknowledged is lost when the power fails'),
  ({ fullPageWrites }) =>
    setting('full_page_writes', fullPageWrites, 'pages may be torn when the power fails'),
  ({ synchronousCommit }) =>
    SYNCHRONOUS.includes(synchronousCommit)
      ? undefined
      : setting(
          'synchronous_commit',
          synchronousCommit,
          'it acknowledges before what it acknowledges is on every disk that it is meant for',
        ),
  ({ schema, user, database }) =>
    schema === null
      ? `The user ${user} sees no schema in the database ${database}. Make one (create schema … authorization "${user}"), and name it in search_path (alter role "${user}" set search_path = …).`
      : undefined,
  ({ mayUse, schema, user }) =>
    mayUse
      ? undefined
      : `The user ${user} may not use the schema ${schema}. Let its owner say: grant usage on schema "${schema}" to "${user}".`,
]

/**
 * The timeline of a server: it grows with each standby that is made the primary. Undefined where it cannot be told.
 * @param ask on a connection without a transaction
 */
export async function timelineIn(ask: Ask): Promise<number | undefined> {
  const [row] = await ask(
    `select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as "timeline"`,
  ).catch(() => [])
  return row?.['timeline'] as number | undefined
}

/** The newest timeline that a process has seen. */
export interface Seen {
  timeline: number
}

/**
 * @returns true when the server has become the primary since the last one was looked at
 * @throws {StoreError} `store-server` when the server is one whose place another one has taken
 */
export function judgeTimeline(found: number | undefined, { timeline }: Seen): boolean {
  if (found === undefined) return false
  if (found < timeline)
    throw refused(
      `It is a primary whose place another one has taken: its timeline is ${found}, and cimgate has seen ${timeline}. Name the new primary, and make this one its standby (pg_rewind).`,
    )
  return found > timeline
}

/** The tables there are, and whose they are. */
export interface Marker {
  readonly id: string
  readonly schema: number
}

/** @returns undefined where cimgate has made no tables yet */
export async function markerIn(ask: Ask): Promise<Marker | undefined> {
  // Names that were looked up before are remembered, rows of the catalogue are not: another node may have made it meanwhile.
  const found = await ask(
    `select 1 from "pg_catalog"."pg_class" where "relname" = 'cimgate' and "relnamespace" = current_schema()::regnamespace`,
  )
  if (found.length === 0) return undefined
  const [row] = await ask('select "id", "schema" from "cimgate"')
  return row as Marker | undefined
}

/** @throws {StoreError} `store-server` when these are not the tables that this process has begun with */
export function judgeMarker(found: Marker | undefined, begun: Marker): void {
  if (found?.id !== begun.id)
    throw refused(
      'It has other tables than before. Bring back the database that cimgate has begun with, or start it anew.',
    )
  if (found.schema !== SCHEMA_VERSION) throw refused(versionFault(found.schema))
}

/** Why tables of that version cannot be used. */
export function versionFault(found: number): string {
  return `Its tables have schema version ${found}, this program knows up to ${SCHEMA_VERSION}. Start the version of cimgate that wrote them, or a newer one.`
}

/** The refusal of a server. */
export function refused(why: string): StoreError {
  return new StoreError('store-server', why)
}
