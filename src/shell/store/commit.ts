// Keeps a group of units in one transaction: each in its own savepoint, so that one that comes too late
// leaves the others alone. Knows no engine: portable SQL only.

import type { Committed, Unit } from '../../gateway/ports.ts'
import { crashAt, crashDuring } from './crash.ts'
import { StoreError, faultOf } from './fault.ts'
import type { Fault } from './fault.ts'
import type { ControlledTransaction, Kysely } from './kysely.ts'
import { lastSeq } from './read.ts'
import type { Tables } from './schema.ts'
import { keepUnit } from './unit.ts'

/** What became of one unit of a group; `failed` = this unit cannot be kept, whatever the others are. */
export type Outcome = Committed | { readonly kind: 'failed'; readonly fault: Fault }

/**
 * Keeps what can be kept of `units`, in their order, each seeing those before it.
 * @returns one outcome per unit, after the commit is on disk
 * @throws {StoreError} nothing of the group is kept (`store-full`), or it is unknown (`store-io`)
 */
export async function commitGroup(
  db: Kysely<Tables>,
  units: readonly Unit[],
): Promise<readonly Outcome[]> {
  const isNoted = units.some(({ attempts = [] }) => attempts.length > 0)
  crashAt('before-transaction')
  if (isNoted) crashAt('after-send')
  const outcomes =
    (await committed(db, units, keepPlainly)) ?? (await committed(db, units, keepEach))
  if (isNoted) crashAt('after-mark')
  return outcomes ?? []
}

/** How the units are kept; undefined = not in this way. */
type Keep = (
  transaction: ControlledTransaction<Tables>,
  units: readonly Unit[],
) => Promise<readonly Outcome[] | undefined>

async function committed(db: Kysely<Tables>, units: readonly Unit[], keep: Keep) {
  const transaction = await db.startTransaction().execute()
  try {
    const outcomes = await keep(transaction, units)
    if (outcomes === undefined) return void (await transaction.rollback().execute())
    crashAt('before-commit')
    crashDuring('during-commit')
    await transaction.commit().execute()
    crashAt('after-commit')
    return outcomes
  } catch (error) {
    // The engine may have rolled back by itself already; the first error is the one to tell.
    await transaction
      .rollback()
      .execute()
      .catch(() => undefined)
    throw error
  }
}

/** Without savepoints, which cost as much as a row; undefined when one cannot be kept. */
const keepPlainly: Keep = async (transaction, units) => {
  const outcomes: Outcome[] = []
  let last = await lastSeq(transaction)
  for (const unit of units) {
    const outcome = await keepUnit(transaction, unit, last).catch(refusal)
    if (outcome.kind !== 'committed') return undefined
    last += outcome.events.length
    outcomes.push(outcome)
    crashAt('in-transaction')
  }
  return outcomes
}

async function keepEach(
  transaction: ControlledTransaction<Tables>,
  units: readonly Unit[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  let last = await lastSeq(transaction)
  for (const unit of units) {
    const outcome = await keepInSavepoint(transaction, unit, last)
    if (outcome.kind === 'committed') last += outcome.events.length
    outcomes.push(outcome)
    crashAt('in-transaction')
  }
  return outcomes
}

async function keepInSavepoint(
  transaction: ControlledTransaction<Tables>,
  unit: Unit,
  last: number,
): Promise<Outcome> {
  const point = await transaction.savepoint('unit').execute()
  const outcome = await keepUnit(point, unit, last).catch(refusal)
  if (outcome.kind !== 'committed') await point.rollbackToSavepoint('unit').execute()
  await point.releaseSavepoint('unit').execute()
  return outcome
}

/** What lies in the unit itself is its own failure; what the engine met is the whole group's. */
function refusal(error: unknown): Outcome {
  if (!(error instanceof StoreError))
    return { kind: 'failed', fault: { code: 'store-refused', text: String(error) } }
  if (error.code !== 'store-refused') throw error
  return { kind: 'failed', fault: faultOf(error) }
}
