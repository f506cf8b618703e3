// What is forgotten by age: legs that are over, with their tries and keys, and lines of the audit log.

import { MESSAGE } from '../../lifecycles/message.ts'
import type { MessageState } from '../../gateway/ledger.ts'
import type { Kysely } from './kysely.ts'
import type { Tables } from './schema.ts'

const OVER = MESSAGE.terminal as readonly MessageState[]

/** As `Ledger.forget`. */
export function forget(
  db: Kysely<Tables>,
  before: { readonly legs: string; readonly audit: string },
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('audit').where('at', '<', before.audit).execute()
    await transaction
      .deleteFrom('awaited')
      .where('dueAt', '<', before.legs)
      .where('state', '<>', 'open')
      .execute()
    const { numDeletedRows } = await transaction
      .deleteFrom('leg')
      .where('at', '<', before.legs)
      .where('state', 'in', OVER)
      .where('id', 'not in', (it) => it.selectFrom('outbox').select('leg'))
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  })
}
