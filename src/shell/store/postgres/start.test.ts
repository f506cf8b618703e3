// What a server has to be before anything is kept on it, and how its tables come to be.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Log, Store } from '../../../gateway/ports.ts'
import { keep, sampleUnit } from '../contract/samples.ts'
import { MIGRATIONS, SCHEMA_VERSION } from '../migrations.ts'
import { COLUMNS } from '../schema.ts'
import { openServerStore } from '../server.ts'
import { addressIn } from './address.ts'
import { checkServer } from './check.ts'
import { faultOfServer } from './judge.ts'
import type { Facts } from './judge.ts'
import { newSchema, sqlOn } from './server.fixture.ts'
import { serverSuite } from './suite.fixture.ts'

const home = mkdtempSync(join(tmpdir(), 'cimgate-start-'))
const { test, onServer, run } = serverSuite('store on PostgreSQL: start')
test.after(() => rmSync(home, { recursive: true, force: true }))
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }

const open = (url: string) => openServerStore(addressIn(url, {}), SILENT)

async function refusal(url: string): Promise<{ readonly code: string; readonly message: string }> {
  const opened = await open(url).catch((error: unknown) => error)
  if (opened instanceof Error) return opened as Error & { readonly code: string }
  await (opened as Store).close()
  return { code: '', message: 'opened' }
}

const FACTS: Facts = {
  version: 140_012,
  versionText: '14.12',
  fsync: 'on',
  fullPageWrites: 'on',
  synchronousCommit: 'on',
  standby: false,
  encoding: 'UTF8',
  user: 'cim',
  database: 'cim',
  schema: 'public',
  oid: 2_200,
  mayUse: true,
  mayCreate: true,
}

test('a server is taken from version 14 on, with what durability needs', () => {
  assert.is(faultOfServer(FACTS), undefined)
  assert.is(faultOfServer({ ...FACTS, synchronousCommit: 'remote_apply' }), undefined)
  const faults: readonly (readonly [Partial<Facts>, RegExp])[] = [
    [
      { version: 130_022, versionText: '13.22' },
      /PostgreSQL 13\.22; cimgate needs 14 or later\. Upgrade/,
    ],
    [{ standby: true }, /a standby, .*promote it/],
    [{ encoding: 'LATIN1' }, /encoding LATIN1, .*encoding 'UTF8'/],
    [{ fsync: 'off' }, /fsync = off: .*Put fsync = on/],
    [{ fullPageWrites: 'off' }, /full_page_writes = off: .*Put full_page_writes = on/],
    [{ synchronousCommit: 'off' }, /synchronous_commit = off: .*Put synchronous_commit = on/],
    [{ synchronousCommit: 'local' }, /synchronous_commit = local: /],
    [{ synchronousCommit: 'remote_write' }, /synchronous_commit = remote_write: /],
    [{ schema: null }, /"?cim"? sees no schema .*create schema/],
    [
      { mayUse: false },
      /may not use the schema public\. .*grant usage on schema "public" to "cim"/,
    ],
  ]
  for (const [fact, said] of faults) assert.match(faultOfServer({ ...FACTS, ...fact }) ?? '', said)
})

onServer('settings that lose what was acknowledged are refused by name', async (server) => {
  const url = server.url()
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await sqlOn(url, `alter system set ${name} = off`)
    await sqlOn(url, 'select pg_reload_conf()')
    const { code, message } = await refusalOnce(url, /it has|It has/)
    const checked = await checkServer(addressIn(url, {}))
    await sqlOn(url, `alter system reset ${name}`)
    await sqlOn(url, 'select pg_reload_conf()')
    assert.is(code, 'store-server', message)
    assert.match(message, `It has ${name} = off`)
    // `cimgate check --database` says the same.
    assert.equal([checked.verdict, checked.faults], ['broken', [message]])
  }
  await sqlOn(
    url,
    `create database latin encoding 'LATIN1' locale_provider libc locale 'C' template template0`,
  )
  assert.match((await refusal(url.replace(/postgres$/, 'latin'))).message, 'the encoding LATIN1')
})

/** A server takes a setting over in a moment, not at once. */
async function refusalOnce(url: string, said: RegExp) {
  for (let n = 0; n < 100; n += 1) {
    const it = await refusal(url)
    if (said.test(it.message)) return it
  }
  return refusal(url)
}

onServer(
  'what is not there, or may not be used, is told with a remedy and without a secret',
  async (server) => {
    const { port } = server
    const url = server.url()
    await sqlOn(url, `create role reader login password 'geheim'`)
    const schema = 'unmade'
    await sqlOn(url, `create schema ${schema}`)
    const as = (user: string, database = 'postgres', search = schema) =>
      `postgres://${user}:geheim@127.0.0.1:${port}/${database}?options=-c%20search_path%3D${search}`
    const told = async (address: string) => {
      const it = await refusal(address)
      assert.not.match(it.message, 'geheim')
      return `${it.code}: ${it.message}`
    }
    assert.match(
      await told(as('postgres', 'nowhere')),
      /store-unavailable: .*"nowhere" does not exist.*create database/,
    )
    assert.match(
      await told(as('nobody')),
      /store-unavailable: .*role "nobody" does not exist\. Mend user/,
    )
    assert.match(
      await told(as('postgres', 'postgres', 'nowhere')),
      /store-server: .*sees no schema/,
    )
    assert.match(await told(as('reader')), /store-server: .*sees no schema/)
    await sqlOn(url, `grant usage on schema ${schema} to reader`)
    assert.match(
      await told(as('reader')),
      /may not make tables .*grant create on schema "unmade" to "reader"/,
    )
    await (await open(server.url(schema))).close()
    assert.match(await told(as('reader')), /read and write the table "\w+".*grant select, insert/)
    await sqlOn(
      url,
      `grant select, insert, update, delete on all tables in schema ${schema} to reader`,
    )
    const store = await open(as('reader'))
    await keep(store, sampleUnit('a'))
    await store.close()
    assert.match(
      await told(`postgres://postgres@127.0.0.1:1/postgres`),
      /store-unavailable: .*127\.0\.0\.1:1\/postgres: .*ECONNREFUSED.*Look whether the server runs/,
    )
  },
)

onServer('tables of others, and of a newer version, are left alone', async (server) => {
  const foreign = await newSchema(server)
  await sqlOn(foreign, 'create table "event" ("when" date)')
  assert.match((await refusal(foreign)).message, /has a table "event" that cimgate has not made/)
  const newer = await newSchema(server)
  await (await open(newer)).close()
  await sqlOn(newer, `update "cimgate" set "schema" = ${SCHEMA_VERSION + 1}`)
  assert.match((await refusal(newer)).message, /schema version \d+, this program knows up to/)
})

onServer('five nodes that start at once make the tables once', async (server) => {
  for (const round of [1, 2, 3]) {
    const url = await newSchema(server)
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => open(url)))
    await Promise.all(stores.map((store, n) => keep(store, sampleUnit(`node ${n}`))))
    const [row] = await sqlOn(url, 'select count(*)::int as "n" from "cimgate"')
    assert.is(row?.['n'], 1, `round ${round}`)
    assert.is((await stores[0]?.horizon())?.last, 5)
    await Promise.all(stores.map((it) => it.close()))
  }
})

onServer(
  'has the tables and columns that the program names, texts in the order of their octets',
  async (server) => {
    const url = await newSchema(server)
    await (await open(url)).close()
    const rows = await sqlOn(
      url,
      `select "table_name" as "table", "column_name" as "column", "collation_name" as "collation", "data_type" as "type"
      from information_schema.columns where "table_schema" = current_schema() order by "ordinal_position"`,
    )
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const found = rows.filter((it) => it['table'] === table)
      assert.equal(found.map((it) => it['column']).sort(), [...columns].sort(), table)
      const texts = found.filter((it) => it['type'] === 'text')
      assert.ok(texts.length > 0 && texts.every((it) => it['collation'] === 'C'), table)
    }
  },
)

onServer(
  'an earlier version is brought to the present one, with all that it holds',
  async (server) => {
    const url = await newSchema(server)
    const first = MIGRATIONS[0] ?? []
    const table =
      'create table "cimgate" ("id" text not null, "schema" integer not null, "created" text not null)'
    const nodes =
      'create table "node" ("id" text not null primary key, "seenAt" timestamptz not null)'
    const marks = 'create table "mark" ("id" text not null primary key, "at" timestamptz not null)'
    await sqlOn(url, [table, marks, nodes, ...first].join(';'))
    await sqlOn(url, `insert into "cimgate" values ('x', 1, '2026-01-01T00:00:00Z')`)
    await sqlOn(
      url,
      `insert into "message" values ('north', 'message-1', 'c', 'create', 'Things', 'h', '2026-01-01T00:00:00Z',
      '<a/>', '<Result>OK</Result>', 'r', 200, 'application/xml')`,
    )
    const store = await open(url)
    const leg = await store.message('north', 'message-1')
    assert.equal([leg?.state, leg?.reply], ['ACKED', '<Result>OK</Result>'])
    await keep(store, sampleUnit('2'))
    await store.close()
  },
)

test('a password is taken from the address, a file or the environment, and shown by none of them', () => {
  const file = join(home, 'password')
  writeFileSync(file, 'of a file\n')
  const of = (url: string, environment = {}) => addressIn(url, environment)
  const plain = 'postgres://cim@db.example:6432/cim'
  assert.is(of(plain).password, undefined)
  assert.is(of(plain, { CIMGATE_DATABASE_PASSWORD: 'of it' }).password, 'of it')
  const both = { CIMGATE_DATABASE_PASSWORD: 'of it', CIMGATE_DATABASE_PASSWORD_FILE: file }
  assert.is(of(plain, both).password, 'of a file')
  const open = of('postgres://cim:p%40ss%2Fword@db.example:6432/cim?sslmode=verify-full', both)
  assert.is(open.password, 'p@ss/word')
  assert.equal([open.isOpen, open.isPrivate], [true, true])
  assert.not.match(open.url, 'ss%2Fword')
  assert.is(open.shown, 'postgres://cim@db.example:6432/cim')
  assert.equal([of(plain).isOpen, of(plain).isPrivate], [false, false])
  assert.ok(of('postgres://cim@/cim?host=/run/postgresql').isPrivate)
  const refused = (url: string, environment = {}) => {
    try {
      return String(addressIn(url, environment))
    } catch (error) {
      return (error as Error).message
    }
  }
  for (const it of [
    'mysql://cim:geheim@h/d',
    'postgres://cim:gehe%im@h/d',
    'geheim',
    'postgres://h:geheim/d',
    'postgres://h/d?password=geheim',
  ]) {
    assert.match(refused(it), 'Write postgres://user@host:5432/database')
    assert.not.match(refused(it), 'geheim')
    assert.not.match(refused(it), 'gehe%im')
  }
  const gone = { CIMGATE_DATABASE_PASSWORD_FILE: join(home, 'none') }
  assert.match(refused(plain, gone), /none, the file of its password .*ENOENT/)
})

run()
