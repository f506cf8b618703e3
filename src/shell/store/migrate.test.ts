import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kyselyOn } from './embedded.ts'
import { engineOn } from './engine.ts'
import { sql } from './kysely.ts'
import { openMemory } from './libsql.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS, SCHEMA_VERSION } from './schema.ts'

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

test('a store of version 1 is brought forward, and its messages are known again', async () => {
  const db = kyselyOn(openMemory())
  for (const it of MIGRATIONS[0] ?? []) await sql.raw(it).execute(db)
  const columns = Object.keys(MESSAGE)
  for (const messageID of ['m-1', 'm-2']) {
    const values = Object.values({ ...MESSAGE, messageID })
    await sql`insert into message (${sql.join(columns.map((it) => sql.ref(it)))}) values (${sql.join(values)})`.execute(
      db,
    )
  }
  await migrate(db, 1)
  const engine = engineOn(db)
  const { receivedAt, ...rest } = MESSAGE
  const leg = await engine.message('north', 'm-1')
  assert.equal({ ...leg, ...rest, at: receivedAt, state: 'ACKED', direction: 'in' }, leg)
  assert.is((await engine.legs({ limit: 10 })).legs.length, 2)
  await db.destroy()
})

test('a database of the present version is left alone', async () => {
  const db = kyselyOn(openMemory())
  await migrate(db, 0)
  await migrate(db, SCHEMA_VERSION)
  assert.is(await engineOn(db).nextDue(), undefined)
  await db.destroy()
})

test.run()
