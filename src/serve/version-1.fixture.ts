// Takes a store back to version 1: its messages as that version kept them, and none of the tables that came later.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { MIGRATIONS } from '../shell/store/schema.ts'

const LATER = [
  'businessKey',
  'attempt',
  'outbox',
  'awaited',
  'lease',
  'audit',
  'configuration',
  'leg',
]

/** Changes a folder that no process has open. */
export function makeVersion1(folder: string): void {
  const database = new Database(join(folder, 'cimgate.db'))
  const [message = ''] = MIGRATIONS[0] ?? []
  const steps = [
    'pragma journal_mode = delete',
    message,
    `insert into "message" select "party", "messageID", "correlationID", "verb", "noun", "bodyHash", "at", "request",
      "reply", "replyMessageID", "replyStatus", "replyContentType" from "leg" where "direction" = 'in'`,
    ...LATER.map((it) => `drop table "${it}"`),
    'pragma user_version = 1',
  ]
  for (const it of steps) database.exec(it)
  database.close()
  const file = join(folder, 'cimgate.json')
  const marker = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...marker, schema: 1 }))
}
