// One transaction, and what is told when its commit fails. Knows no engine.

import type { ControlledTransaction, Kysely } from './kysely.ts'
import type { Tables } from './schema.ts'

/**
 * Resolves when a transaction is committed although its commit has failed.
 * @throws {StoreError} what is to be told when it is not, or when that is not known
 */
export type InDoubt = (error: unknown) => Promise<void>

const told: InDoubt = (error) => Promise.reject(error)

/**
 * Does some work as a whole or not at all.
 * @param work undefined = nothing of it is to be kept
 * @param inDoubt is asked when the commit itself fails
 */
export async function inTransaction<T>(
  db: Kysely<Tables>,
  work: (transaction: ControlledTransaction<Tables>) => Promise<T | undefined>,
  inDoubt: InDoubt = told,
): Promise<T | undefined> {
  const transaction = await db.startTransaction().execute()
  try {
    const done = await work(transaction)
    if (done === undefined) return void (await transaction.rollback().execute())
    await commit(transaction, inDoubt)
    return done
  } catch (error) {
    await undo(transaction)
    throw error
  }
}

async function commit(transaction: ControlledTransaction<Tables>, inDoubt: InDoubt): Promise<void> {
  try {
    await transaction.commit().execute()
  } catch (error) {
    await inDoubt(error)
    await undo(transaction)
  }
}

/** The engine may have rolled back by itself already; the first error is the one to tell. */
async function undo(transaction: ControlledTransaction<Tables>): Promise<void> {
  await transaction
    .rollback()
    .execute()
    .catch(() => undefined)
}
