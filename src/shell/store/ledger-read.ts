// What is asked about messages on their way, without changing anything. Portable SQL only.

import type {
  Attempt,
  Awaited,
  Backlog,
  Configuration,
  Leg,
  LegFacts,
  LegQuery,
} from '../../gateway/ledger.ts'
import { REFUSED_MESSAGE } from '../../gateway/ledger.ts'
import { sql } from './kysely.ts'
import type { Kysely } from './kysely.ts'
import { factsOf, legOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { LegRow, Tables } from './schema.ts'
import { run } from './statement.ts'

/** By our own id. @throws {StoreError} `store-text-damaged` when it is not what was written */
export async function findLeg(db: Kysely<Tables>, id: string): Promise<Leg | undefined> {
  const row = await legRowBy(db, id)
  return row && legOf(row)
}

/** As it stands there, damaged or not. */
export async function legRowBy(db: Kysely<Tables>, id: string): Promise<LegRow | undefined> {
  const build = () => db.selectFrom('leg').select(COLUMNS.leg).where('id', '=', id)
  return (await run(db, 'leg by id', build, [id])).rows[0]
}

const NO_FACTS: readonly string[] = ['request', 'reply', 'findings', 'sum', 'answerSum']
const FACTS = COLUMNS.leg.filter((it) => !NO_FACTS.includes(it)) as (keyof LegFacts)[]

/** One page of legs, newest first. */
export async function findLegs(
  db: Kysely<Tables>,
  query: LegQuery,
): Promise<{ readonly legs: readonly LegFacts[]; readonly next: string | null }> {
  let wanted = db.selectFrom('leg').select(FACTS)
  for (const column of EQUAL) {
    const value = query[column]
    if (value !== undefined) wanted = wanted.where(column, '=', value)
  }
  if (query.messageID !== undefined) {
    const { messageID } = query
    wanted = wanted.where(({ eb, or, selectFrom }) =>
      or([
        eb('messageID', '=', messageID),
        eb(
          'id',
          'in',
          selectFrom('businessKey')
            .select('leg')
            .where('value', '=', messageID)
            .where('name', '=', REFUSED_MESSAGE),
        ),
      ]),
    )
  }
  if (query.noun !== undefined) wanted = wanted.where('noun', 'in', query.noun)
  if (query.verb !== undefined) wanted = wanted.where('verb', 'in', query.verb)
  if (query.state !== undefined) wanted = wanted.where('state', 'in', query.state)
  if (query.from !== undefined) wanted = wanted.where('at', '>=', query.from)
  if (query.to !== undefined) wanted = wanted.where('at', '<', query.to)
  if (query.key !== undefined) {
    const { key } = query
    wanted = wanted.where('id', 'in', (it) =>
      it.selectFrom('businessKey').select('leg').where('value', '=', key),
    )
  }
  const cursor = cursorIn(query.after)
  if (cursor !== undefined)
    wanted = wanted.where(({ eb, or, and }) =>
      or([eb('at', '<', cursor.at), and([eb('at', '=', cursor.at), eb('id', '<', cursor.id)])]),
    )
  const rows = await wanted
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    // One more than asked tells whether there is a next page.
    .limit(query.limit + 1)
    .execute()
  const legs = rows.slice(0, query.limit).map((it) => factsOf(it) as LegFacts)
  const last = legs.at(-1)
  return { legs, next: rows.length > query.limit && last ? `${last.at} ${last.id}` : null }
}

const EQUAL = [
  'direction',
  'party',
  'correlationID',
  'exchangeId',
] as const satisfies readonly (keyof LegQuery)[]

function cursorIn(after: string | undefined) {
  const [, at, id] = /^(\S+) (.+)$/s.exec(after ?? '') ?? []
  return at === undefined || id === undefined ? undefined : { at, id }
}

/** Every try, in order. */
export function findAttempts(db: Kysely<Tables>, leg: string): Promise<readonly Attempt[]> {
  return db
    .selectFrom('attempt')
    .select(COLUMNS.attempt)
    .where('leg', '=', leg)
    .orderBy('n')
    .execute()
}

/** What waits and has an end: in the words of its index, without which every leg would be looked at. */
const ENDING = sql<boolean>`"notAfter" <> '' and "state" in ('QUEUED', 'FAILED')`

/** As `Ledger.expired`. */
export async function findExpired(
  db: Kysely<Tables>,
  now: string,
  limit: number,
): Promise<readonly string[]> {
  const build = () =>
    db
      .selectFrom('leg')
      .select('id')
      .where(ENDING)
      .where('notAfter', '<=', now)
      .orderBy('notAfter')
      .limit(limit)
  return (await run(db, 'expired', build, [now, limit])).rows.map(({ id }) => id)
}

/**
 * When the first slot of a lane without a live lease, a lease, what is awaited or what must not be late runs out next.
 * @param after what was due by then is passed over; the empty text is before every time
 */
export async function findNextDue(db: Kysely<Tables>, after = ''): Promise<string | undefined> {
  const [slot, lease, awaited, waiting] = await Promise.all([
    heads(db)
      .select(({ fn }) => fn.min('outbox.dueAt').as('due'))
      .where(free)
      .where('outbox.dueAt', '>', after)
      .executeTakeFirst(),
    db
      .selectFrom('lease')
      // Of a lane that has nothing more to send nothing is due.
      .innerJoin('outbox', 'outbox.lane', 'lease.lane')
      .select(({ fn }) => fn.min('lease.until').as('due'))
      .where('lease.until', '>', after)
      .executeTakeFirst(),
    db
      .selectFrom('awaited')
      .select(({ fn }) => fn.min('dueAt').as('due'))
      .where('state', '=', 'open')
      .where('dueAt', '>', after)
      .executeTakeFirst(),
    db
      .selectFrom('leg')
      .select(({ fn }) => fn.min('notAfter').as('due'))
      .where(ENDING)
      .where('notAfter', '>', after)
      .executeTakeFirst(),
  ])
  return [slot, lease, awaited, waiting]
    .flatMap((it) => (it?.due ? [it.due] : []))
    .reduce<string | undefined>(
      (least, it) => (least === undefined || it < least ? it : least),
      undefined,
    )
}

/** The first place of each lane, unless another one is before it in a lane that both stand in. */
export function heads(db: Kysely<Tables>) {
  return db
    .selectFrom('outbox')
    .leftJoin('lease', 'lease.lane', 'outbox.lane')
    .where('outbox.place', 'in', (it) =>
      it
        .selectFrom('outbox as one')
        .select(({ fn }) => fn.min('one.place').as('place'))
        .groupBy('one.lane'),
    )
    .where(({ not, or, exists, selectFrom }) => {
      const others = selectFrom('sharedLane as other')
        .select('other.place')
        .whereRef('other.lane', '=', 'outbox.lane')
        .whereRef('other.place', '<', 'outbox.place')
      const mine = selectFrom('sharedLane as mine').whereRef('mine.leg', '=', 'outbox.leg')
      const beside = mine
        .innerJoin('outbox as one', 'one.lane', 'mine.lane')
        .select('one.place')
        .whereRef('one.place', '<', 'mine.place')
      const across = mine
        .innerJoin('sharedLane as other', 'other.lane', 'mine.lane')
        .select('other.place')
        .whereRef('other.place', '<', 'mine.place')
      return not(or([exists(others), exists(beside), exists(across)]))
    })
}

/** Nobody has leased the lane. */
const free = sql<boolean>`coalesce("lease"."until", '') = ''`

/** Open ones that are due, oldest first. */
export function findOverdue(
  db: Kysely<Tables>,
  now: string,
  limit: number,
): Promise<readonly Awaited[]> {
  return db
    .selectFrom('awaited')
    .select(COLUMNS.awaited)
    .where('state', '=', 'open')
    .where('dueAt', '<=', now)
    .orderBy('dueAt')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** What was told of as overdue and has not come since, oldest first. */
export function findMissed(db: Kysely<Tables>, limit: number): Promise<readonly Awaited[]> {
  return db
    .selectFrom('awaited')
    .select(COLUMNS.awaited)
    .where('state', '=', 'overdue')
    .orderBy('dueAt')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How much waits for each party, and how much is parked. */
export async function findBacklog(db: Kysely<Tables>): Promise<readonly Backlog[]> {
  const [waiting, parked] = await Promise.all([
    db
      .selectFrom('outbox')
      .innerJoin('leg', 'leg.id', 'outbox.leg')
      .select(({ fn }) => [
        'leg.party',
        fn.countAll().as('waiting'),
        fn.min('leg.at').as('oldestAt'),
      ])
      .groupBy('leg.party')
      .execute(),
    db
      .selectFrom('leg')
      .select(({ fn }) => ['party', fn.countAll().as('parked')])
      .where('state', '=', 'PARKED')
      .groupBy('party')
      .execute(),
  ])
  const parties = [...new Set([...waiting, ...parked].map((it) => it.party))].sort()
  return parties.map((party) => {
    const own = waiting.find((it) => it.party === party)
    return {
      party,
      waiting: Number(own?.waiting ?? 0),
      parked: Number(parked.find((it) => it.party === party)?.parked ?? 0),
      oldestAt: own?.oldestAt ?? '',
    }
  })
}

/** Every configuration that was ever in force, newest first. */
export function findConfigurations(db: Kysely<Tables>): Promise<readonly Configuration[]> {
  return db
    .selectFrom('configuration')
    .select(COLUMNS.configuration)
    .orderBy('at', 'desc')
    .execute()
}
