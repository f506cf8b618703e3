// Who is there: each node says so again and again, and the lanes of one that has fallen silent go back to all. What that one
// still sends is refused its outcome, because whoever leases a lane next has a later token.

import { beginning } from './connection.ts'
import type { Ask, Writing } from './connection.ts'

/** Longer than a party has to answer by default: what a node cut off from the database has under way is over by then. */
export const SILENT_MS = 60_000

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

/** @returns true when lanes of silent nodes have been given back: something may be due now */
export async function freeSilent(
  ask: Ask,
  writing: Writing,
  silentMs = SILENT_MS,
): Promise<boolean> {
  const silent = `"until" <> '' and not exists (select 1 from "node" where "node"."id" = "lease"."holder"
    and "node"."seenAt" > now() - interval '${silentMs} milliseconds')`
  const found = await ask(`select 1 from "lease" where ${silent} limit 1`)
  if (found.length === 0) return false
  await ask(beginning(writing))
  await ask(`update "lease" set "until" = '' where ${silent}`)
  await ask('commit')
  return true
}

/** Nobody asks for what is as old: marks of a minute ago, nodes of an hour ago. */
export async function forgetOld(ask: Ask): Promise<void> {
  await ask(`delete from "mark" where "at" < now() - interval '1 minute'`)
  await ask(`delete from "node" where "seenAt" < now() - interval '1 hour'`)
}
