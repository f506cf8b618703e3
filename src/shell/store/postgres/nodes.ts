// Who is there: each node says so again and again, and holds a lock as long as its connection lives. The lanes of one that
// has died, or has fallen silent, go back to all. What that one still sends is refused its outcome, because whoever leases
// a lane next has a later token.

import { beginning } from './connection.ts'
import type { Ask, Writing } from './connection.ts'
import type { Patience } from './fence.ts'

/** "cims" in ASCII: the first half of the key of the scheduler's lock; the second is that of the writers. */
const SCHEDULER = 0x63696d73

/** Of the lock that a holder has while its connection lives, as one number of 64 bits. */
const keyOf = (holder: string) => `hashtextextended('cimgate ' || ${holder}, 0)`

/** Such locks, as the server lists them. */
const LOCKS = `select "pid", ("classid"::bigint << 32) | "objid"::bigint as "key" from pg_locks
  where "locktype" = 'advisory' and "objsubid" = 1
    and "database" = (select "oid" from pg_database where "datname" = current_database())`

/** Says that these holders of leases are there. The time is that of the server. */
export async function sayHere(ask: Ask, holders: Iterable<string>): Promise<void> {
  await ask(
    `insert into "node" ("id", "seenAt") select "id", now() from unnest($1::text[]) as "it" ("id")
      on conflict ("id") do update set "seenAt" = excluded."seenAt"`,
    [[...holders]],
  )
}

/** Says that they are no longer: what they have leased goes back at the next look. */
export async function sayGone(ask: Ask, holders: Iterable<string>): Promise<void> {
  await ask('delete from "node" where "id" = any($1)', [[...holders]])
}

/** Has these holders live as long as this connection. */
export async function live(ask: Ask, holders: Iterable<string>): Promise<void> {
  const all = [...holders]
  if (all.length > 0)
    await ask(`select pg_advisory_lock(${keyOf('"id"')}) from unnest($1::text[]) as "it" ("id")`, [
      all,
    ])
}

/** @returns true when this connection makes its node the scheduler, as long as it lives */
export async function takeTurn(ask: Ask, { lock }: Pick<Writing, 'lock'>): Promise<boolean> {
  const [row] = await ask(`select pg_try_advisory_lock(${SCHEDULER}, ${lock}) as "isOurs"`)
  return row?.['isOurs'] === true
}

/** Lets another one have it. */
export async function giveTurn(ask: Ask, { lock }: Pick<Writing, 'lock'>): Promise<void> {
  await ask(`select pg_advisory_unlock(${SCHEDULER}, ${lock})`)
}

/** @returns true when lanes of others have been given back: something may be due now */
export async function freeSilent(
  ask: Ask,
  writing: Writing,
  { silentMs, goneMs }: Patience,
): Promise<boolean> {
  const seen = (ms: number) => `"node"."seenAt" > now() - interval '${ms} milliseconds'`
  const lives = `exists (select 1 from (${LOCKS}) as "it" where "it"."key" = ${keyOf('"node"."id"')})`
  const gone = `"until" <> '' and not exists (select 1 from "node" where "node"."id" = "lease"."holder"
    and (${seen(goneMs)} or ${seen(silentMs)} and ${lives}))`
  const found = await ask(`select 1 from "lease" where ${gone} limit 1`)
  if (found.length === 0) return false
  await ask(beginning(writing))
  await ask(`update "lease" set "until" = '' where ${gone}`)
  await ask('commit')
  return true
}

/** Ends the connections of those who say nothing: what they hold by them, the turn of the scheduler too, is free then. */
export async function endSilent(ask: Ask, { silentMs }: Patience): Promise<void> {
  await ask(
    `select pg_terminate_backend("it"."pid") from "node" join (${LOCKS}) as "it" on "it"."key" = ${keyOf('"node"."id"')}
      where "node"."seenAt" <= now() - interval '${silentMs} milliseconds'`,
  )
}

/** Nobody asks for what is as old: marks of a minute ago, nodes of an hour ago. */
export async function forgetOld(ask: Ask): Promise<void> {
  await ask(`delete from "mark" where "at" < now() - interval '1 minute'`)
  await ask(`delete from "node" where "seenAt" < now() - interval '1 hour'`)
}
