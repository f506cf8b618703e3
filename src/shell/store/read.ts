// What is asked of the database without changing it. Portable SQL only.

import type { Leg } from '../../gateway/ledger.ts'
import type {
  Gone,
  Owned,
  Page,
  PageQuery,
  SequencedEvent,
  StoredObject,
} from '../../gateway/ports.ts'
import { keyChunks } from './chunks.ts'
import type { Counts } from './kept.ts'
import { sql } from './kysely.ts'
import type { Kysely } from './kysely.ts'
import { legOf, objectOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { ObjectRow, Tables } from './schema.ts'
import { run } from './statement.ts'

/** The leg on which a party has sent this message. */
export async function findMessage(
  db: Kysely<Tables>,
  party: string,
  messageID: string,
): Promise<Leg | undefined> {
  return findLegBy(db, 'in', party, messageID)
}

/** The leg on which a message went to a party, or came from it. */
export async function findLegBy(
  db: Kysely<Tables>,
  direction: Leg['direction'],
  party: string,
  messageID: string,
): Promise<Leg | undefined> {
  const build = () =>
    db
      .selectFrom('leg')
      .select(COLUMNS.leg)
      .where('direction', '=', direction)
      .where('party', '=', party)
      .where('messageID', '=', messageID)
  const { rows } = await run(db, 'leg by MessageID', build, [direction, party, messageID])
  const [row] = rows
  return row && legOf(row)
}

/** Objects by identity key or by name key, each once; the lists may be of any length. */
export async function findObjects(
  db: Kysely<Tables>,
  noun: string,
  ids: readonly string[],
  names: readonly string[],
): Promise<readonly StoredObject[]> {
  const found = new Map<string, ObjectRow>()
  for (const keys of keyChunks(ids)) {
    const build = () => objectsOf(db, noun).where('object.id', 'in', keys)
    const { rows } = await run(db, `objects by id ${keys.length}`, build, [noun, ...keys])
    for (const row of rows) found.set(row.id, row)
  }
  for (const keys of keyChunks(names)) {
    const build = () => named(db, noun).where('objectName.name', 'in', keys)
    const { rows } = await run(db, `objects by name ${keys.length}`, build, [noun, ...keys])
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].map(objectOf)
}

/** What there has been of these identity keys, and is no more; the list may be of any length. */
export async function findGone(
  db: Kysely<Tables>,
  noun: string,
  ids: readonly string[],
): Promise<readonly Gone[]> {
  const found: Gone[] = []
  for (const keys of keyChunks(ids)) {
    const build = () =>
      db
        .selectFrom('gone')
        .select(['noun', 'id', 'revision'])
        .where('noun', '=', noun)
        .where('id', 'in', keys)
    found.push(...(await run(db, `gone ${keys.length}`, build, [noun, ...keys])).rows)
  }
  return found
}

/** Whose objects are, of whatever noun; the list may be of any length. */
export async function findOwners(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<readonly Owned[]> {
  if (ids.length === 0) return []
  const found: Owned[] = []
  for (const nouns of keyChunks([...(await readNouns(db))]))
    for (const keys of keyChunks(ids)) {
      const build = () =>
        db
          .selectFrom('object')
          .select(['noun', 'id', 'owner'])
          .where('noun', 'in', nouns)
          .where('id', 'in', keys)
      const key = `owners ${nouns.length} ${keys.length}`
      found.push(...(await run(db, key, build, [...nouns, ...keys])).rows)
    }
  return found
}

/** How many objects there are of each noun, and of which nouns some have gone. */
export async function readCounts(db: Kysely<Tables>): Promise<Counts> {
  const objects = await db
    .selectFrom('object')
    .select(({ fn }) => ['noun', fn.countAll<number>().as('count')])
    .groupBy('noun')
    .execute()
  const gone = await db.selectFrom('gone').select('noun').distinct().execute()
  return {
    objects: Object.fromEntries(objects.map(({ noun, count }) => [noun, Number(count)])),
    gone: gone.map(({ noun }) => noun),
  }
}

/** Of which nouns there are objects: from one to the next, because there are few nouns and many objects. */
export async function readNouns(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const all = sql<{ readonly noun: string }>`(with recursive "next" ("noun") as (
      select min("noun") from "object"
      union all select (select min("noun") from "object" where "noun" > "next"."noun") from "next"
        where "next"."noun" is not null
    ) select "noun" from "next" where "noun" is not null)`.as('kept')
  const { rows } = await run(db, 'nouns', () => db.selectFrom(all).select('kept.noun'), [])
  return new Set(rows.map(({ noun }) => noun))
}

/** By what the objects of a noun are known; their bodies are not read. */
export async function readIdentities(
  db: Kysely<Tables>,
  noun: string,
): Promise<readonly Pick<StoredObject, 'id' | 'names'>[]> {
  const rows = await db
    .selectFrom('object')
    .select(['id', 'names'])
    .where('noun', '=', noun)
    .orderBy('id')
    .execute()
  return rows.map(({ id, names }) => ({ id, names: JSON.parse(names) as readonly string[] }))
}

/** One page of a noun's objects, ordered by identity key as UTF-8 bytes. */
export async function readPage(db: Kysely<Tables>, noun: string, query: PageQuery): Promise<Page> {
  const { limit, after, name, under } = query
  const all =
    name === undefined ? objectsOf(db, noun) : named(db, noun).where('objectName.name', '=', name)
  const rest = after === undefined ? all : all.where('object.id', '>', after)
  const some =
    under === undefined ? rest.orderBy('object.id') : foundUnder(db, noun, under, after ?? '')
  // One more than asked tells whether there is a next page.
  const rows = await some.limit(limit + 1).execute()
  const objects = rows.slice(0, limit).map(objectOf)
  return { objects, next: rows.length > limit ? (objects.at(-1)?.id ?? null) : null }
}

/** Their keys are the same text, each with its own identity key behind it: so ordered, they need no sorting. */
function foundUnder(db: Kysely<Tables>, noun: string, under: string, after: string) {
  const behind = `${under.slice(0, -1)}!`
  return named(db, noun)
    .where('objectName.noun', '=', noun)
    .where('objectName.name', '>', `${under}${after}`)
    .where('objectName.name', '<', behind)
    .orderBy('objectName.name')
}

/** Events with a greater seq, oldest first. */
export async function readEvents(
  db: Kysely<Tables>,
  since: number,
  limit: number,
): Promise<readonly SequencedEvent[]> {
  return db
    .selectFrom('event')
    .select(COLUMNS.event)
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** Oldest and last seq of the feed; both 0 when it is empty. */
export async function readHorizon(
  db: Kysely<Tables>,
): Promise<{ readonly oldest: number; readonly last: number }> {
  const [first] = await readEvents(db, 0, 1)
  return { oldest: first?.seq ?? 0, last: await lastSeq(db) }
}

/** The greatest seq of the feed, 0 when it is empty. */
export async function lastSeq(db: Kysely<Tables>): Promise<number> {
  const newest = db.selectFrom('event').select('seq').orderBy('seq', 'desc').limit(1)
  return (await newest.executeTakeFirst())?.seq ?? 0
}

function objectsOf(db: Kysely<Tables>, noun: string) {
  const columns = COLUMNS.object.map((column) => `object.${column}` as const)
  return db.selectFrom('object').select(columns).where('object.noun', '=', noun)
}

function named(db: Kysely<Tables>, noun: string) {
  return objectsOf(db, noun).innerJoin('objectName', (join) =>
    join.onRef('objectName.noun', '=', 'object.noun').onRef('objectName.id', '=', 'object.id'),
  )
}
