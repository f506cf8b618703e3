// Keeps a group of units in one transaction; where one of them cannot be kept, all over again, each in its own savepoint.
// Knows no engine: portable SQL only.

import type { Committed, Unit } from '../../gateway/ports.ts'
import { crashAt, crashDuring, isCrashWanted } from './crash.ts'
import { StoreError, faultOf } from './fault.ts'
import type { Fault } from './fault.ts'
import type { ControlledTransaction, Dialect, Kysely } from './kysely.ts'
import { lastSeq } from './read.ts'
import type { Tables } from './schema.ts'
import { inTransaction } from './transaction.ts'
import type { InDoubt } from './transaction.ts'
import { areApart, keepSideBySide } from './side-by-side.ts'
import { keepUnit } from './unit.ts'

/** What became of one unit of a group; `failed` = this unit cannot be kept, whatever the others are. */
export type Outcome = Committed | { readonly kind: 'failed'; readonly fault: Fault }

/**
 * Keeps what can be kept of `units`, in their order, each seeing those before it.
 * @param inDoubt is asked when the commit itself fails
 * @param piped of connections that take statements without waiting for the answers to those before; absent = they do not
 * @returns one outcome per unit, after the commit is on disk
 * @throws {StoreError} nothing of the group is kept (`store-full`), or it is unknown (`store-io`)
 */
export async function commitGroup(
  db: Kysely<Tables>,
  units: readonly Unit[],
  inDoubt?: InDoubt,
  piped?: Dialect,
): Promise<readonly Outcome[]> {
  const isNoted = units.some(({ attempts = [] }) => attempts.length > 0)
  crashAt('before-transaction')
  if (isNoted) crashAt('after-send')
  const way = piped !== undefined && areApart(units) ? beside(piped) : inTurn(keepPlainly)
  const kept = await committed(db, units, way, inDoubt)
  const outcomes = kept ?? (await committed(db, units, inTurn(keepInSavepoint), inDoubt))
  if (isNoted) crashAt('after-mark')
  return outcomes ?? []
}

/** How one unit is kept; undefined = not in this way, and then none of the group. */
type Keep = (
  transaction: ControlledTransaction<Tables>,
  unit: Unit,
  last: number,
) => Promise<Outcome | undefined>

/** How a group is kept; undefined = not in this way. */
type KeepAll = (
  transaction: ControlledTransaction<Tables>,
  units: readonly Unit[],
) => Promise<readonly Outcome[] | undefined>

function beside(dialect: Dialect): KeepAll {
  return (transaction, units) => keepSideBySide(transaction, units, dialect)
}

function inTurn(keep: Keep): KeepAll {
  return (transaction, units) => keepAll(transaction, units, keep)
}

async function committed(
  db: Kysely<Tables>,
  units: readonly Unit[],
  keep: KeepAll,
  inDoubt?: InDoubt,
) {
  const isCounted = isCrashWanted && !units.every(isAuditAlone)
  const work = async (transaction: ControlledTransaction<Tables>) => {
    const outcomes = await keep(transaction, units)
    if (outcomes === undefined) return undefined
    if (isCounted) crashAt('before-commit')
    if (isCounted) crashDuring('during-commit')
    return outcomes
  }
  const outcomes = await inTransaction(db, work, inDoubt)
  if (outcomes !== undefined && isCounted) crashAt('after-commit')
  return outcomes
}

/** It has nothing but lines for the audit log, which come when they come: for points that are counted it is none. */
function isAuditAlone({ audit, puts, removals, events, ...more }: Unit): boolean {
  const changes = [...puts, ...removals, ...events]
  return audit !== undefined && changes.length === 0 && Object.keys(more).length === 0
}

async function keepAll(
  transaction: ControlledTransaction<Tables>,
  units: readonly Unit[],
  keep: Keep,
): Promise<readonly Outcome[] | undefined> {
  const outcomes: Outcome[] = []
  let last = await lastSeq(transaction)
  for (const unit of units) {
    const outcome = await keep(transaction, unit, last)
    if (outcome === undefined) return undefined
    if (outcome.kind === 'committed') last += outcome.events.length
    outcomes.push(outcome)
    crashAt('in-transaction')
  }
  return outcomes
}

/** Without a savepoint, which costs as much as a row: for a group of which every unit can be kept. */
const keepPlainly: Keep = async (transaction, unit, last) => {
  const outcome = await keepUnit(transaction, unit, last).catch(refusal)
  return outcome.kind === 'committed' ? outcome : undefined
}

/** Only so it is known what comes too late. */
const ROW_BY_ROW = 1

/** So that one that comes too late leaves the others alone. */
const keepInSavepoint: Keep = async (transaction, unit, last) => {
  const point = await transaction.savepoint('unit').execute()
  const outcome = await keepUnit(point, unit, last, ROW_BY_ROW).catch(refusal)
  if (outcome.kind !== 'committed') await point.rollbackToSavepoint('unit').execute()
  await point.releaseSavepoint('unit').execute()
  return outcome
}

/** What is wrong with one unit, or with what it repeats or is based on. */
const OWN: ReadonlySet<string> = new Set(['store-refused', 'store-text-damaged'])

/** What lies in the unit itself is its own failure; what the engine met is the whole group's. */
function refusal(error: unknown): Outcome {
  if (!(error instanceof StoreError))
    return { kind: 'failed', fault: { code: 'store-refused', text: String(error) } }
  if (!OWN.has(error.code)) throw error
  return { kind: 'failed', fault: faultOf(error) }
}
