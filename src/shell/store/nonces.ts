// Nonces that have come, each under its party. What may be forgotten goes when the next ones come, so that nothing else has to
// look after it; and nothing that is as old as what was forgotten is let in, whatever the clock says by then. Portable SQL.

import type { Committed } from '../../gateway/ports.ts'
import type { NonceUse } from '../../gateway/replay-detection.ts'
import { sha256 } from './digest.ts'
import { insertRow } from './insert.ts'
import type { Kysely } from './kysely.ts'
import type { NonceRow, Tables } from './schema.ts'
import { run } from './statement.ts'

/** that one use forgets at most */
const SLICE = 200

/** of the row that is no Nonce: a digest is longer */
const FORGOTTEN = { party: '', nonce: 'forgotten' }

type Refusal = Extract<Committed, { readonly kind: 'used' | 'old' }>

/** @returns undefined when it is kept, or there already with the same message */
export async function useNonce(
  db: Kysely<Tables>,
  { party, nonce, createdAt, message, mayRepeat, forgetBefore }: NonceUse,
): Promise<Refusal | undefined> {
  // Whatever its length and letters, it takes as much room as any other.
  const key = { party, nonce: sha256(nonce) }
  const known = await rowOf(db, key)
  if (known !== undefined)
    return mayRepeat && known.message === message ? undefined : { kind: 'used' }
  const forgotten = await forget(db, forgetBefore)
  if (createdAt <= forgotten) return { kind: 'old' }
  await insertRow(db, 'nonce', { ...key, createdAt, message })
  return undefined
}

async function rowOf(
  db: Kysely<Tables>,
  { party, nonce }: Pick<NonceRow, 'party' | 'nonce'>,
): Promise<Pick<NonceRow, 'createdAt' | 'message'> | undefined> {
  const build = () =>
    db
      .selectFrom('nonce')
      .select(['createdAt', 'message'])
      .where('party', '=', party)
      .where('nonce', '=', nonce)
  return (await run(db, 'nonce', build, [party, nonce])).rows[0]
}

/** @returns the newest Created that has been forgotten; empty when none has */
async function forget(db: Kysely<Tables>, before: string): Promise<string> {
  const { createdAt: last = '' } = (await rowOf(db, FORGOTTEN)) ?? {}
  const old = () =>
    db
      .selectFrom('nonce')
      .select('createdAt')
      .where('createdAt', '<', before)
      .where('party', '<>', FORGOTTEN.party)
      .orderBy('createdAt')
      .limit(SLICE)
  const { rows } = await run(db, 'old nonces', old, [before, FORGOTTEN.party, SLICE])
  const newest = rows.at(-1)?.createdAt
  if (newest === undefined) return last
  await db
    .deleteFrom('nonce')
    .where('createdAt', '<=', newest)
    .where('party', '<>', FORGOTTEN.party)
    .execute()
  const createdAt = newest > last ? newest : last
  await db
    .insertInto('nonce')
    .values({ ...FORGOTTEN, createdAt, message: '' })
    .onConflict((it) => it.columns(['party', 'nonce']).doUpdateSet({ createdAt }))
    .execute()
  return createdAt
}
