// The names of objects, unique within a noun: the primary key of their table decides. Portable SQL only.

import type { Put } from '../../gateway/ports.ts'
import { keyChunks, rowChunks } from './chunks.ts'
import { insertRows } from './insert.ts'
import type { Kysely } from './kysely.ts'
import type { NameRow, Tables } from './schema.ts'
import { run } from './statement.ts'

/** Gives up the old names of all before any new one is claimed: two objects may exchange theirs. */
export async function freeNames(db: Kysely<Tables>, puts: readonly Put[]): Promise<void> {
  for (const noun of new Set(puts.map((put) => put.noun))) {
    const own = puts.filter((put) => put.noun === noun).map(({ id }) => id)
    for (const ids of keyChunks(own)) {
      const build = () =>
        db.deleteFrom('objectName').where('noun', '=', noun).where('id', 'in', ids)
      await run(db, `free names ${ids.length}`, build, [noun, ...ids])
    }
  }
}

/**
 * Claims the names of objects that stand in the database already.
 * @param most with one statement: 1, or nobody can say whose name it is
 * @returns the object that has one of them, or undefined
 */
export async function claimNames(
  db: Kysely<Tables>,
  puts: readonly Put[],
  most?: number,
): Promise<{ readonly noun: string; readonly id: string } | undefined> {
  for (const some of rowChunks(puts.flatMap(nameRows), most)) {
    const [first] = some
    if (first === undefined || (await insertRows(db, 'objectName', some, [])) === some.length)
      continue
    return { noun: first.noun, id: await holder(db, first) }
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
