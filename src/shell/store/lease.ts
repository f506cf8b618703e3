// Whose turn it is: lanes are leased, and the first leg of each is sent. One transaction each; portable SQL only.

import type { Claimed, Leg, Lease, Ledger } from '../../gateway/ledger.ts'
import type { Kysely } from './kysely.ts'
import { findLeg, heads } from './ledger-read.ts'
import { giveBack } from './ledger-write.ts'
import type { Tables } from './schema.ts'

type Claim = Parameters<Ledger['claim']>[0]

/** As `Ledger.claim`. */
export function claimLanes(db: Kysely<Tables>, claim: Claim): Promise<readonly Claimed[]> {
  return db.transaction().execute(async (transaction) => {
    const claimed: Claimed[] = []
    for (const { lane, leg, tries } of await dueHeads(transaction, claim)) {
      const lease = await take(transaction, lane, claim)
      await transaction
        .updateTable('leg')
        .set({ state: 'SENDING', reason: '' })
        .where('id', '=', leg)
        .execute()
      claimed.push({ leg: (await findLeg(transaction, leg)) as Leg, lease, tries })
    }
    return claimed
  })
}

function dueHeads(db: Kysely<Tables>, { now, limit, notTo }: Claim) {
  let due = heads(db)
    .innerJoin('leg', 'leg.id', 'outbox.leg')
    .select(['outbox.lane', 'outbox.leg', 'outbox.tries'])
    .where('outbox.dueAt', '<=', now)
    .where(({ eb, or }) => or([eb('lease.until', 'is', null), eb('lease.until', '<=', now)]))
  if (notTo.length > 0) due = due.where('leg.party', 'not in', notTo)
  return due.orderBy('outbox.priority', 'desc').orderBy('outbox.place').limit(limit).execute()
}

async function take(db: Kysely<Tables>, lane: string, { holder, until }: Claim): Promise<Lease> {
  const { token } = await db
    .insertInto('lease')
    .values({ lane, holder, token: 1, until })
    .onConflict((conflict) =>
      conflict.column('lane').doUpdateSet((it) => ({
        holder,
        until,
        token: it('lease.token', '+', 1),
      })),
    )
    .returning('token')
    .executeTakeFirstOrThrow()
  return { lane, holder, token: Number(token), until }
}

/** As `Ledger.release`. */
export function releaseLanes(db: Kysely<Tables>, leases: readonly Lease[]): Promise<void> {
  return db.transaction().execute(async (transaction) => {
    for (const it of leases) await giveBack(transaction, it)
  })
}
