// The names of objects, unique within a noun: the primary key of their table decides. Portable SQL only.

import type { Put } from '../../gateway/ports.ts'
import { chunks } from './chunks.ts'
import { insertRow } from './insert.ts'
import type { Kysely } from './kysely.ts'
import type { NameRow, Tables } from './schema.ts'

/** Gives up the old names of all before any new one is claimed: two objects may exchange theirs. */
export async function freeNames(db: Kysely<Tables>, puts: readonly Put[]): Promise<void> {
  for (const noun of new Set(puts.map((put) => put.noun))) {
    for (const chunk of chunks(puts.filter((put) => put.noun === noun))) {
      const ids = chunk.map(({ id }) => id)
      await db.deleteFrom('objectName').where('noun', '=', noun).where('id', 'in', ids).execute()
    }
  }
}

/**
 * Claims the names of objects that stand in the database already.
 * @returns the object that has one of them, or undefined
 */
export async function claimNames(
  db: Kysely<Tables>,
  puts: readonly Put[],
): Promise<{ readonly noun: string; readonly id: string } | undefined> {
  for (const row of puts.flatMap(nameRows)) {
    if (!(await insertRow(db, 'objectName', row, [])))
      return { noun: row.noun, id: await holder(db, row) }
  }
  return undefined
}

function nameRows({ noun, id, names }: Put): readonly NameRow[] {
  return [...new Set(names)].map((name) => ({ noun, name, id }))
}

async function holder(db: Kysely<Tables>, { noun, name }: NameRow): Promise<string> {
  const row = await db
    .selectFrom('objectName')
    .select('id')
    .where('noun', '=', noun)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.id
}
