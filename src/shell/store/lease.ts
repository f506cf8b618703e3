// Whose turn it is: lanes are leased, and the first leg of each is sent. One transaction each; portable SQL only.

import { transition } from '../../gateway/delivery/transition.ts'
import type { Claimed, Lease, Ledger } from '../../gateway/ledger.ts'
import type { SequencedEvent, StatusEvent } from '../../gateway/ports.ts'
import type { Kysely } from './kysely.ts'
import { heads, legRowBy } from './ledger-read.ts'
import { giveBack } from './ledger-write.ts'
import { lastSeq } from './read.ts'
import { judgedLeg } from './rows.ts'
import type { Tables } from './schema.ts'
import { run } from './statement.ts'
import { inTransaction } from './transaction.ts'
import type { InDoubt } from './transaction.ts'
import { append } from './unit.ts'

type Claim = Parameters<Ledger['claim']>[0]

/** What was claimed, and the events that tell so. */
export interface ClaimedLanes {
  readonly claimed: readonly Claimed[]
  readonly events: readonly SequencedEvent[]
}

/** As `Ledger.claim`. */
export async function claimLanes(
  db: Kysely<Tables>,
  claim: Claim,
  inDoubt?: InDoubt,
): Promise<ClaimedLanes> {
  const claimed = await inTransaction(db, (it) => claimIn(it, claim), inDoubt)
  return claimed ?? { claimed: [], events: [] }
}

async function claimIn(transaction: Kysely<Tables>, claim: Claim): Promise<ClaimedLanes> {
  const claimed: Claimed[] = []
  const told: StatusEvent[] = []
  let token = await newestToken(transaction)
  for (const { lane, leg, tries } of await dueHeads(transaction, claim)) {
    const row = await legRowBy(transaction, leg)
    // A row that only its index has still: there is nothing to be sent.
    if (row === undefined) continue
    const lease = await take(transaction, { ...claim, lane, token: (token += 1) })
    const { leg: before, damage } = judgedLeg(row)
    const now = { state: 'SENDING', reason: '' } as const
    const update = () => transaction.updateTable('leg').set(now).where('id', '=', leg)
    await run(transaction, 'leg is being sent', update, [now.state, now.reason, leg])
    const attempts = await lastAttempt(transaction, leg)
    const it = { leg: { ...before, ...now }, lease, tries, attempts }
    claimed.push(damage === undefined ? it : { ...it, damage })
    const step = { from: before.state, to: now.state }
    // One that was under way when its process died is under way again.
    if (step.from !== step.to)
      told.push(transition(before, step, { at: claim.now, revision: attempts }))
  }
  const last = told.length === 0 ? 0 : await lastSeq(transaction)
  return { claimed, events: await append(transaction, told, last) }
}

async function lastAttempt(db: Kysely<Tables>, leg: string): Promise<number> {
  const build = () =>
    db
      .selectFrom('attempt')
      .select(({ fn }) => fn.max('n').as('last'))
      .where('leg', '=', leg)
  const [row] = (await run(db, 'last attempt', build, [leg])).rows
  return Number(row?.last ?? 0)
}

/** What goes first, and in the last places of a full house what has waited longest. */
async function dueHeads(db: Kysely<Tables>, claim: Claim) {
  const { limit, oldest = 0 } = claim
  const first = await firstHeads(db, claim)
  if (first.length < limit || oldest === 0) return first
  const waited = await due(db, claim).orderBy('outbox.place').limit(oldest).execute()
  const isAmong = ({ leg }: { readonly leg: string }) => first.some((it) => it.leg === leg)
  const left = waited.filter((it) => !isAmong(it))
  return [...first.slice(0, limit - left.length), ...left]
}

function firstHeads(db: Kysely<Tables>, claim: Claim) {
  return due(db, claim)
    .orderBy('outbox.priority', 'desc')
    .orderBy(({ eb }) => eb.case().when('leg.notAfter', '=', '').then(1).else(0).end())
    .orderBy('leg.notAfter')
    .orderBy('outbox.place')
    .limit(claim.limit)
    .execute()
}

function due(db: Kysely<Tables>, { now, notTo }: Claim) {
  const all = heads(db)
    .innerJoin('leg', 'leg.id', 'outbox.leg')
    .select(['outbox.lane', 'outbox.leg', 'outbox.tries'])
    .where('outbox.dueAt', '<=', now)
    .where(({ eb, or }) => or([eb('lease.until', 'is', null), eb('lease.until', '<=', now)]))
  return notTo.length > 0 ? all.where('leg.party', 'not in', notTo) : all
}

/** Tokens count over all lanes, so that one comes never again although the row of its lane is gone. */
async function newestToken(db: Kysely<Tables>): Promise<number> {
  const { newest } = await db
    .selectFrom('lease')
    .select(({ fn }) => fn.max('token').as('newest'))
    .executeTakeFirstOrThrow()
  return Number(newest ?? 0)
}

async function take(
  db: Kysely<Tables>,
  { lane, holder, token, until }: Claim & Pick<Lease, 'lane' | 'token'>,
): Promise<Lease> {
  const lease: Lease = { lane, holder, token, until }
  const build = () =>
    db
      .insertInto('lease')
      .values(lease)
      .onConflict((conflict) => conflict.column('lane').doUpdateSet({ holder, token, until }))
  await run(db, 'lease', build, [lane, holder, token, until, holder, token, until])
  return lease
}

/**
 * Gives every lane back: right after opening a database that one process has at a time, because whoever leased them is
 * dead. What was under way is sent again.
 */
export async function releaseAll(db: Kysely<Tables>): Promise<void> {
  await db.updateTable('lease').set({ until: '' }).where('until', '<>', '').execute()
}

/** As `Ledger.release`. */
export function releaseLanes(db: Kysely<Tables>, leases: readonly Lease[]): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    for (const it of leases) await giveBack(transaction, it)
  })
}
