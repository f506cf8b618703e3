// Takes a store back to an earlier version: the tables as that version made them, with all that it could keep.

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { APPLICATION_ID } from '../shell/store/sqlite/migrate.ts'
import { MIGRATIONS } from '../shell/store/migrations.ts'

/** Changes a folder that no process has open. */
export function makeEarlier(folder: string, version: number): void {
  const [file, old] = [join(folder, 'cimgate.db'), join(folder, 'old.db')]
  // After kill -9 the newest of it is in the WAL.
  for (const it of ['', '-wal', '-shm']) if (existsSync(file + it)) renameSync(file + it, old + it)
  const database = new Database(file)
  for (const it of MIGRATIONS.slice(0, version).flat()) database.exec(it)
  database.exec(`attach '${old}' as "later"`)
  for (const it of tablesOf(database, 'main')) database.exec(copied(database, it))
  database.exec(`detach "later"`)
  database.exec(`pragma application_id = ${APPLICATION_ID}`)
  database.exec(`pragma user_version = ${version}`)
  database.close()
  for (const it of ['', '-wal', '-shm']) rmSync(old + it, { force: true })
  const marker = join(folder, 'cimgate.json')
  const { ...present } = JSON.parse(readFileSync(marker, 'utf8')) as object
  writeFileSync(marker, JSON.stringify({ ...present, schema: version }))
}

function tablesOf(database: Database.Database, schema: string): readonly string[] {
  const rows = database.prepare(
    `select "name" from "${schema}".sqlite_master where "type" = 'table'`,
  )
  return (rows.all() as { name: string }[]).map(({ name }) => name)
}

function columnsOf(database: Database.Database, schema: string, table: string): readonly string[] {
  const rows = database.prepare(`select "name" from pragma_table_info('${table}', '${schema}')`)
  return (rows.all() as { name: string }[]).map(({ name }) => name)
}

/** Columns that both have; version 1 kept of the legs what was received, as messages. */
function copied(database: Database.Database, table: string): string {
  const isMessage = table === 'message'
  const from = isMessage ? 'leg' : table
  const there = columnsOf(database, 'later', from)
  const both = columnsOf(database, 'main', table).flatMap((it): [string, string][] =>
    there.includes(it) ? [[it, it]] : it === 'receivedAt' ? [[it, 'at']] : [],
  )
  const names = (at: 0 | 1) => both.map((it) => `"${it[at]}"`).join(', ')
  const where = isMessage ? ` where "direction" = 'in'` : ''
  return `insert into "main"."${table}" (${names(0)}) select ${names(1)} from "later"."${from}"${where}`
}
