// Brings a PostgreSQL schema to the present version, in one transaction that one node at a time is in.

import { randomUUID } from 'node:crypto'
import { crashAt } from '../crash.ts'
import { MIGRATIONS, SCHEMA_VERSION } from '../migrations.ts'
import { COLUMNS } from '../schema.ts'
import { beginning } from './connection.ts'
import type { Ask, Locking } from './connection.ts'
import { markerIn, refused, versionFault } from './judge.ts'
import type { Facts, Marker } from './judge.ts'

/** What only a server has: which version its tables have, which transactions were committed lately, who is there. */
const OWN = [
  `create table "cimgate" ("id" text not null, "schema" integer not null, "created" text not null)`,
  `create table "mark" ("id" text not null primary key, "at" timestamptz not null)`,
  `create table "node" ("id" text not null primary key, "seenAt" timestamptz not null)`,
]

/** They find rows that name a file: here long texts are in their rows. */
const OF_FILES = /create index "legBy(Request|Reply)Body"/

/** Tables of ours, whatever their version. */
const NAMES = [...Object.keys(COLUMNS), 'cimgate', 'mark', 'node']

/**
 * Makes what is missing; forward only.
 * @returns whose tables they are, and the version that was found; 0 = there were none
 * @throws {StoreError} `store-server` when the tables are newer than this program, or not ours, or may not be used
 */
export async function migrate(
  ask: Ask,
  facts: Facts,
  writing: Locking,
): Promise<{ readonly marker: Marker; readonly schemaFound: number }> {
  await assureRights(ask, facts)
  const before = await markerIn(ask)
  const marker = before?.schema === SCHEMA_VERSION ? before : await migrated(ask, facts, writing)
  return { marker, schemaFound: before?.schema ?? 0 }
}

async function migrated(ask: Ask, facts: Facts, writing: Locking): Promise<Marker> {
  // However long another node takes with it, and this one.
  await ask(beginning(writing, 0, 0))
  const found = await markerIn(ask)
  if (found !== undefined && found.schema > SCHEMA_VERSION)
    throw refused(versionFault(found.schema))
  if (found?.schema === SCHEMA_VERSION) return (await ask('commit'), found)
  assureMayCreate(facts)
  const marker = found ?? (await begun(ask, facts))
  for (const statements of MIGRATIONS.slice(found?.schema ?? 0)) {
    const own = statements.filter((it) => !OF_FILES.test(it)).map(ownTypes)
    if (own.length > 0) await ask(own.join('; '))
    crashAt('in-migration')
  }
  await ask('update "cimgate" set "schema" = $1', [SCHEMA_VERSION])
  await ask('commit')
  return { ...marker, schema: SCHEMA_VERSION }
}

/** Texts are compared octet by octet, as SQLite does, in whatever language the database is. */
function ownTypes(statement: string): string {
  return statement.replaceAll(/ text not null/g, ' text collate "C" not null')
}

/** @throws {StoreError} `store-server` when a start would be refused here */
export async function assureFit(ask: Ask, facts: Facts): Promise<void> {
  await assureRights(ask, facts)
  const marker = await markerIn(ask)
  if (marker === undefined) await assureOwn(ask, facts)
  if (marker === undefined || marker.schema < SCHEMA_VERSION) assureMayCreate(facts)
}

async function assureOwn(ask: Ask, { schema }: Facts): Promise<void> {
  const foreign = await ask(
    `select "relname" as "name" from "pg_catalog"."pg_class" where "relnamespace" = $1::regnamespace
      and "relname" = any($2) order by "relname"`,
    [`"${schema}"`, NAMES],
  )
  if (foreign.length > 0)
    throw refused(
      `The schema ${schema} has a table "${foreign[0]?.['name'] as string}" that cimgate has not made. Name an empty database or schema.`,
    )
}

async function begun(ask: Ask, facts: Facts): Promise<Marker> {
  await assureOwn(ask, facts)
  for (const statement of OWN) await ask(statement)
  const marker: Marker = { id: randomUUID(), schema: 0 }
  await ask('insert into "cimgate" ("id", "schema", "created") values ($1, 0, $2)', [
    marker.id,
    new Date().toISOString(),
  ])
  return marker
}

function assureMayCreate({ mayCreate, schema, user }: Facts): void {
  if (mayCreate) return
  throw refused(
    `The user ${user} may not make tables in the schema ${schema}. Let its owner say: grant create on schema "${schema}" to "${user}"; it is needed for the first start and for each new version.`,
  )
}

async function assureRights(ask: Ask, { schema, user }: Facts): Promise<void> {
  const [lacking] = await ask(
    `select "relname" as "name" from "pg_catalog"."pg_class" where "relnamespace" = $1::regnamespace
      and "relname" = any($2) and "relkind" = 'r' and not (has_table_privilege("oid", 'select')
      and has_table_privilege("oid", 'insert') and has_table_privilege("oid", 'update')
      and has_table_privilege("oid", 'delete')) order by "relname" limit 1`,
    [`"${schema}"`, NAMES],
  )
  if (lacking !== undefined)
    throw refused(
      `The user ${user} may not read and write the table "${lacking['name'] as string}". Let its owner say: grant select, insert, update, delete on all tables in schema "${schema}" to "${user}".`,
    )
}
