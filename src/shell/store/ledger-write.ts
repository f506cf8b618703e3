// Keeps what one unit changes on the way of messages, inside its transaction. A step checks what it is based on by the
// statement that changes the row. Portable SQL only.

import type { Attempt, Awaited, Leg, LedgerUnit, LegStep, Slot } from '../../gateway/ledger.ts'
import type { Committed } from '../../gateway/ports.ts'
import { keepAudit } from './audit.ts'
import { rowChunks } from './chunks.ts'
import { insertRow, insertRows } from './insert.ts'
import type { Kysely } from './kysely.ts'
import { findLegBy } from './read.ts'
import { legRow, rowOf, valuesOf } from './rows.ts'
import type { Tables } from './schema.ts'
import { OVER } from './retention.ts'
import { run } from './statement.ts'
import { ANSWERED, answerSumOf } from './sums.ts'

/** Why nothing of a unit is kept: a leg is there already, or is not as a step expects. */
type Refusal = Extract<Committed, { readonly kind: 'duplicate' | 'late' }>

/** @returns undefined when all is kept */
export async function keepLedger(
  db: Kysely<Tables>,
  unit: LedgerUnit,
  most?: number,
): Promise<Refusal | undefined> {
  for (const some of rowChunks(unit.legs ?? [], most)) {
    const earlier = await keepNumbered(db, some)
    if (earlier !== undefined) return earlier
  }
  // The same value may stand in a message twice.
  await insertRows(db, 'businessKey', unit.keys ?? [], [])
  // Before the places: a leg of another state than expected may have one already.
  for (const it of unit.steps ?? [])
    if (!(await takeStep(db, it))) return { kind: 'late', leg: it.leg }
  await keepSlots(db, unit.slots ?? [])
  for (const it of unit.attempts ?? [])
    if (!(await keepAttempt(db, it))) return { kind: 'late', leg: it.leg }
  await keepAwaited(db, unit)
  if (unit.configuration !== undefined) await insertRow(db, 'configuration', unit.configuration)
  await keepAudit(db, unit.audit)
  return undefined
}

/** @returns the one that is there already under its direction, party and MessageID, if any */
export async function keepLeg(db: Kysely<Tables>, leg: Leg): Promise<Refusal | undefined> {
  // Any other conflict (the id) is an error: it must not pass for a repeat.
  if (await insertRow(db, 'leg', legRow(leg), ['messageID', 'party', 'direction'])) return undefined
  const message = await findLegBy(db, leg.direction, leg.party, leg.messageID)
  return message && { kind: 'duplicate', message }
}

/** An id may be a number behind that of another leg: whoever has taken it meanwhile was quicker. */
async function keepNumbered(
  db: Kysely<Tables>,
  legs: readonly Leg[],
): Promise<Refusal | undefined> {
  const [leg] = legs
  if (leg === undefined || (await insertRows(db, 'leg', legs.map(legRow), [])) === legs.length)
    return undefined
  const message = await findLegBy(db, leg.direction, leg.party, leg.messageID)
  return message === undefined ? { kind: 'late', leg: leg.id } : { kind: 'duplicate', message }
}

/** Append-only: a try that is there already was noted by somebody else. */
async function keepAttempt(db: Kysely<Tables>, attempt: Attempt): Promise<boolean> {
  return insertRow(db, 'attempt', attempt, ['leg', 'n'])
}

async function keepSlots(db: Kysely<Tables>, slots: readonly Slot[]): Promise<void> {
  if (slots.length === 0) return
  const build = () => db.selectFrom('outbox').select(({ fn }) => fn.max('place').as('last'))
  const [row] = (await run(db, 'last place', build, [])).rows
  const last = Number(row?.last ?? 0)
  const placed = slots.map((it, at) => ({ ...it, place: last + at + 1, tries: it.tries ?? 0 }))
  await insertRows(db, 'outbox', placed)
  const shared = placed.flatMap(({ leg, place, also = [] }) =>
    also.map((lane) => ({ leg, lane, place })),
  )
  await insertRows(db, 'sharedLane', shared)
}

async function takeStep(db: Kysely<Tables>, step: LegStep): Promise<boolean> {
  if (step.lease !== undefined && !(await hasLease(db, step.lease))) return false
  const { answered } = step
  const changed = {
    state: step.to,
    reason: step.reason,
    ...(answered && { replyETag: '', ...answered, answerSum: answerSumOf(answered) }),
  }
  const columns: readonly string[] = answered === undefined ? STEP : ANSWERED_STEP
  const { instead } = step
  const build = () => {
    const own = db
      .updateTable('leg')
      .set(rowOf(changed, columns as typeof STEP))
      .where('id', '=', step.leg)
      .where('state', '=', step.from)
    return instead === undefined ? own : own.where('replyMessageID', '=', instead)
  }
  const based = [step.leg, step.from, ...(instead === undefined ? [] : [instead])]
  const values = [...valuesOf(changed, columns), ...based]
  const statement = `step ${columns.length} ${based.length}`
  const { numAffectedRows } = await run(db, statement, build, values)
  if (numAffectedRows !== 1n) return false
  await moveSlot(db, step)
  return true
}

const STEP = ['state', 'reason'] as const
const ANSWERED_STEP = [...STEP, ...ANSWERED, 'replyETag', 'answerSum'] as const

async function hasLease(
  db: Kysely<Tables>,
  { lane, holder, token }: NonNullable<LegStep['lease']>,
): Promise<boolean> {
  const build = () =>
    db
      .selectFrom('lease')
      .select('token')
      .where('lane', '=', lane)
      .where('holder', '=', holder)
      .where('token', '=', token)
  return (await run(db, 'has lease', build, [lane, holder, token])).rows.length > 0
}

async function moveSlot(db: Kysely<Tables>, { leg, to, slot, lease }: LegStep): Promise<void> {
  // What is over is never sent, whoever has ended it.
  if (slot?.kind === 'drop' || OVER.has(to))
    await run(db, 'drop', () => db.deleteFrom('outbox').where('leg', '=', leg), [leg])
  else if (slot !== undefined)
    await db
      .updateTable('outbox')
      .set((it) => ({
        dueAt: slot.dueAt,
        tries: slot.kind === 'anew' ? it.val(0) : it('tries', '+', 1),
      }))
      .where('leg', '=', leg)
      .execute()
  if (lease !== undefined && slot !== undefined) await giveBack(db, lease)
}

/** Gives a lane back to all. Its row goes with the last slot, the newest token excepted: the next one must be greater. */
export async function giveBack(
  db: Kysely<Tables>,
  { lane, holder, token }: NonNullable<LegStep['lease']>,
): Promise<void> {
  const free = () =>
    db
      .updateTable('lease')
      .set({ until: '' })
      .where('lane', '=', lane)
      .where('holder', '=', holder)
      .where('token', '=', token)
  await run(db, 'give back', free, ['', lane, holder, token])
  const forget = () =>
    db
      .deleteFrom('lease')
      .where('lane', '=', lane)
      .where('until', '=', '')
      .where('token', '<', (it) =>
        it.selectFrom('lease').select(({ fn }) => fn.max('token').as('newest')),
      )
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('outbox').select('place').where('lane', '=', lane))),
      )
  await run(db, 'forget lease', forget, [lane, '', lane])
}

async function keepAwaited(
  db: Kysely<Tables>,
  { awaits = [], met = [], overdue = [] }: LedgerUnit,
): Promise<void> {
  await insertRows(db, 'awaited', awaits)
  const close = (state: Awaited['state'], ...from: readonly Awaited['state'][]) =>
    db.updateTable('awaited').set({ state }).where('state', 'in', from)
  for (const { kind, key, leg } of met) {
    const all = close('met', 'open', 'overdue').where('kind', '=', kind).where('key', '=', key)
    await (leg === undefined ? all : all.where('leg', '=', leg)).execute()
  }
  for (const id of overdue) await close('overdue', 'open').where('id', '=', id).execute()
}
