// From one version of the tables to the next: nothing is lost, and what was there is known again.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { counted, sampleUnit } from '../contract/samples.ts'
import { kyselyOn } from './open.ts'
import { engineOn } from '../engine.ts'
import { openStore } from '../index.ts'
import { sql } from '../kysely.ts'
import type { Kysely } from '../kysely.ts'
import { openMemory } from './connection.ts'
import { APPLICATION_ID, migrate } from './migrate.ts'
import { MIGRATIONS, SCHEMA_VERSION } from '../migrations.ts'
import type { Tables } from '../schema.ts'

const test = suite('store: migrate')

const MESSAGE = {
  party: 'north',
  messageID: 'm-1',
  correlationID: 'c-1',
  verb: 'create',
  noun: 'Things',
  bodyHash: 'a',
  receivedAt: '2026-03-01T12:00:00Z',
  request: '<ü/>',
  reply: '<r/>',
  replyMessageID: 'r-1',
  replyStatus: 200,
  replyContentType: 'application/xml',
}

/** Makes the tables of version 1, with these messages in them. */
async function makeVersion1(
  db: Kysely<Tables>,
  messages: readonly (typeof MESSAGE)[],
): Promise<void> {
  for (const it of MIGRATIONS[0] ?? []) await sql.raw(it).execute(db)
  const columns = sql.join(Object.keys(MESSAGE).map((it) => sql.ref(it)))
  for (const it of messages)
    await sql`insert into message (${columns}) values (${sql.join(Object.values(it))})`.execute(db)
}

test('a store of version 1 is brought forward, and its messages are known again', async () => {
  const db = kyselyOn(openMemory())
  await makeVersion1(db, [MESSAGE, { ...MESSAGE, messageID: 'm-2' }])
  await migrate(db, 1)
  const engine = engineOn(db)
  const { receivedAt, ...rest } = MESSAGE
  const leg = await engine.message('north', 'm-1')
  assert.equal({ ...leg, ...rest, at: receivedAt, state: 'ACKED', direction: 'in' }, leg)
  assert.is((await engine.legs({ limit: 10 })).legs.length, 2)
  await db.destroy()
})

test('what was answered in version 1 says what became of the message', async () => {
  const db = kyselyOn(openMemory())
  const answers = [
    ['<m:Result>OK</m:Result>', 200, 'ACKED'],
    ['<Result>FAILED</Result>', 200, 'REJECTED'],
    ['<m:Result>PARTIAL</m:Result>', 200, 'PARTIAL'],
    ['{"reply":{"Result":"PARTIAL"}}', 200, 'PARTIAL'],
    ['{"EndDeviceGroup":[]}', 201, 'ACKED'],
    ['{"title":"Conflict"}', 409, 'REJECTED'],
  ] as const
  const messages = answers.map(([reply, replyStatus], n) => {
    return { ...MESSAGE, messageID: `m-${n}`, reply, replyStatus }
  })
  await makeVersion1(db, messages)
  await migrate(db, 1)
  const legs = await Promise.all(messages.map((it) => engineOn(db).message('north', it.messageID)))
  assert.equal(
    legs.map((it) => it?.state),
    answers.map(([, , state]) => state),
  )
  assert.is(new Set(legs.map((it) => it?.exchangeId)).size, answers.length)
  await db.destroy()
})

test('a folder of version 1 opens with all that was in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cimgate-version-1-'))
  const marker = { format: 'cimgate-store', schema: 1, created: MESSAGE.receivedAt, state: 'ready' }
  writeFileSync(join(folder, 'cimgate.json'), JSON.stringify(marker))
  const db = kyselyOn(openMemory())
  const messages = counted(1_000).map((n) => ({ ...MESSAGE, messageID: `m-${n}` }))
  await makeVersion1(db, messages)
  for (const text of [`application_id = ${APPLICATION_ID}`, 'user_version = 1'])
    await sql.raw(`pragma ${text}`).execute(db)
  await sql`vacuum into ${join(folder, 'cimgate.db')}`.execute(db)
  await db.destroy()
  const store = await openStore(folder)
  assert.is((await store.legs({ limit: 2_000, direction: 'in' })).legs.length, 1_000)
  const again = sampleUnit('x', [])
  const repeated = { ...again.message!, party: 'north', messageID: 'm-999' }
  const committed = await store.commit({ ...again, message: repeated })
  assert.is(committed.kind === 'duplicate' && committed.message.reply, MESSAGE.reply)
  await store.close()
  await (await openStore(folder)).close()
  rmSync(folder, { recursive: true })
})

test('a database of the present version is left alone', async () => {
  const db = kyselyOn(openMemory())
  await migrate(db, 0)
  await migrate(db, SCHEMA_VERSION)
  assert.is(await engineOn(db).nextDue(), undefined)
  await db.destroy()
})

test.run()
