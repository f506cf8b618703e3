// What is forgotten by age: legs that are over, with their tries and keys, lines of the audit log, status events.

import { MESSAGE } from '../../lifecycles/message.ts'
import type { Ledger, MessageState } from '../../gateway/ledger.ts'
import { forgetAudit } from './audit.ts'
import { sql } from './kysely.ts'
import type { Kysely } from './kysely.ts'
import { BODY } from './reference.ts'
import type { Tables } from './schema.ts'

/** States in which nothing more happens to a leg. */
export const OVER: ReadonlySet<string> = new Set(MESSAGE.terminal)

/** Rows of a table that one call forgets at most: a commit that waits behind it waits a moment. */
const SLICE = 1_000

/** What is older than these times. */
export type Before = Parameters<Ledger['forget']>[0]

/** What one call has forgotten, and whether there is more of it. */
export interface Forgotten {
  readonly legs: number
  readonly more: boolean
  /** files that were named by what is forgotten */
  readonly bodies: readonly string[]
}

/** As `Ledger.forget`, a slice of it. */
export function forgetSlice(db: Kysely<Tables>, before: Before): Promise<Forgotten> {
  return db.transaction().execute(async (transaction) => {
    const { legs, bodies } = await forgetLegs(transaction, before.legs)
    const others = [
      await forgetAwaited(transaction, before.legs),
      await forgetAudit(transaction, before.audit),
      await forgetEvents(transaction, before.events ?? ''),
      await forgetGone(transaction),
    ]
    return { legs, bodies, more: [legs, ...others].some((it) => it >= SLICE) }
  })
}

/** Tries and keys go with their leg (foreign keys). */
async function forgetLegs(
  db: Kysely<Tables>,
  before: string,
): Promise<Pick<Forgotten, 'legs' | 'bodies'>> {
  const old = within(db)
    .selectFrom('leg')
    .select('id')
    .where('at', '<', before)
    .where('state', 'in', [...OVER] as MessageState[])
    .where('id', 'not in', (it) => it.selectFrom('outbox').select('leg'))
    .orderBy('at')
    .limit(SLICE)
  const gone = await db
    .deleteFrom('leg')
    .where('id', 'in', old)
    .returning([reference('request').as('request'), reference('reply').as('reply')])
    .execute()
  const bodies = gone.flatMap(({ request, reply }) => [request, reply]).filter((it) => it !== '')
  return { legs: gone.length, bodies: bodies.map((it) => it.slice(BODY.length)) }
}

/** For a query inside of another: what it selects is compared, and never read as octets. */
function within(db: Kysely<Tables>): Kysely<Tables> {
  return db.withoutPlugins()
}

/** Long texts are not to be read because they are forgotten. */
function reference(column: 'request' | 'reply') {
  const text = sql.ref(column)
  return sql<string>`case when substr(${text}, 1, 13) = ${BODY} then ${text} else '' end`
}

async function forgetAwaited(db: Kysely<Tables>, before: string): Promise<number> {
  const old = within(db)
    .selectFrom('awaited')
    .select('id')
    .where('state', '<>', 'open')
    .where('dueAt', '<', before)
    .limit(SLICE)
  const done = await db.deleteFrom('awaited').where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(done.numDeletedRows)
}

/** What is gone is known as long as the feed tells of it. */
async function forgetGone(db: Kysely<Tables>): Promise<number> {
  const old = within(db)
    .selectFrom('gone')
    .select('seq')
    .where('seq', '<', (it) =>
      it.selectFrom('event').select(({ fn }) => fn.min('seq').as('oldest')),
    )
    .orderBy('seq')
    .limit(SLICE)
  const done = await db.deleteFrom('gone').where('seq', 'in', old).executeTakeFirstOrThrow()
  return Number(done.numDeletedRows)
}

/** From the oldest on, and never the newest: the next one gets its number plus one. */
async function forgetEvents(db: Kysely<Tables>, before: string): Promise<number> {
  const old = within(db)
    .selectFrom('event')
    .select('seq')
    .where('at', '<', before)
    .where('seq', '<', (it) =>
      it.selectFrom('event').select(({ fn }) => fn.max('seq').as('newest')),
    )
    .orderBy('seq')
    .limit(SLICE)
  const done = await db.deleteFrom('event').where('seq', 'in', old).executeTakeFirstOrThrow()
  return Number(done.numDeletedRows)
}
