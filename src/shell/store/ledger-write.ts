// Keeps what one unit changes on the way of messages, inside its transaction. A step checks what it is based on by the
// statement that changes the row. Portable SQL only.

import type { Awaited, Leg, LedgerUnit, LegStep, Slot } from '../../gateway/ledger.ts'
import { chunks } from './chunks.ts'
import { sql } from './kysely.ts'
import type { Kysely } from './kysely.ts'
import { legRow, rowOf } from './rows.ts'
import { COLUMNS } from './schema.ts'
import type { Tables } from './schema.ts'

/** @returns id of a leg that is not as a step expects; undefined when all is kept */
export async function keepLedger(
  db: Kysely<Tables>,
  unit: LedgerUnit,
): Promise<string | undefined> {
  for (const it of unit.legs ?? []) await keepLeg(db, it)
  await keepAll(db, 'businessKey', unit.keys ?? [])
  await keepSlots(db, unit.slots ?? [])
  for (const it of unit.steps ?? []) if (!(await takeStep(db, it))) return it.leg
  await keepAll(db, 'attempt', unit.attempts ?? [])
  await keepAwaited(db, unit)
  await keepAudit(db, unit)
  return undefined
}

/** @throws when there is a leg of the same direction, party and MessageID */
export async function keepLeg(db: Kysely<Tables>, leg: Leg): Promise<void> {
  await db.insertInto('leg').values(legRow(leg)).execute()
}

async function keepAll<T extends 'businessKey' | 'attempt'>(
  db: Kysely<Tables>,
  table: T,
  records: readonly Tables[T][],
): Promise<void> {
  const columns = COLUMNS[table] as readonly (keyof Tables[T] & string)[]
  for (const some of chunks(records))
    await db
      .insertInto(table)
      .values(some.map((it) => rowOf(it as object, columns as never)) as never)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

async function keepSlots(db: Kysely<Tables>, slots: readonly Slot[]): Promise<void> {
  if (slots.length === 0) return
  const { last } = await db
    .selectFrom('outbox')
    .select(sql<number>`coalesce(max("place"), 0)`.as('last'))
    .executeTakeFirstOrThrow()
  const rows = slots.map((it, n) =>
    rowOf({ ...it, place: Number(last) + 1 + n, tries: 0 }, COLUMNS.outbox),
  )
  for (const some of chunks(rows)) await db.insertInto('outbox').values(some).execute()
}

async function takeStep(db: Kysely<Tables>, step: LegStep): Promise<boolean> {
  if (step.lease !== undefined && !(await hasLease(db, step.lease))) return false
  const { numUpdatedRows } = await db
    .updateTable('leg')
    .set(rowOf({ state: step.to, reason: step.reason, ...step.answered }, columnsOf(step)))
    .where('id', '=', step.leg)
    .where('state', '=', step.from)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) return false
  await moveSlot(db, step)
  return true
}

function columnsOf({ answered }: LegStep) {
  const always = ['state', 'reason'] as const
  const replied = ['reply', 'replyMessageID', 'replyStatus', 'replyContentType'] as const
  return answered === undefined ? always : ([...always, ...replied] as never)
}

async function hasLease(
  db: Kysely<Tables>,
  { lane, holder, token }: NonNullable<LegStep['lease']>,
): Promise<boolean> {
  const row = await db
    .selectFrom('lease')
    .select('token')
    .where('lane', '=', lane)
    .where('holder', '=', holder)
    .where('token', '=', token)
    .executeTakeFirst()
  return row !== undefined
}

async function moveSlot(db: Kysely<Tables>, { leg, slot, lease }: LegStep): Promise<void> {
  if (slot === undefined) return
  if (slot.kind === 'drop') await db.deleteFrom('outbox').where('leg', '=', leg).execute()
  else
    await db
      .updateTable('outbox')
      .set((it) => ({ dueAt: slot.dueAt, tries: it('tries', '+', 1) }))
      .where('leg', '=', leg)
      .execute()
  if (lease !== undefined) await giveBack(db, lease)
}

/** The token stays as long as the lane has something to send, so that an older one is known for what it is. */
export async function giveBack(
  db: Kysely<Tables>,
  { lane, holder, token }: NonNullable<LegStep['lease']>,
): Promise<void> {
  await db
    .updateTable('lease')
    .set({ until: '' })
    .where('lane', '=', lane)
    .where('holder', '=', holder)
    .where('token', '=', token)
    .execute()
  await db
    .deleteFrom('lease')
    .where('lane', '=', lane)
    .where('until', '=', '')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('outbox').select('place').where('lane', '=', lane))),
    )
    .execute()
}

async function keepAwaited(
  db: Kysely<Tables>,
  { awaits = [], met = [], overdue = [] }: LedgerUnit,
): Promise<void> {
  for (const it of awaits)
    await db.insertInto('awaited').values(rowOf(it, COLUMNS.awaited)).execute()
  const close = (state: Awaited['state']) =>
    db.updateTable('awaited').set({ state }).where('state', '=', 'open')
  for (const { kind, key } of met)
    await close('met').where('kind', '=', kind).where('key', '=', key).execute()
  for (const id of overdue) await close('overdue').where('id', '=', id).execute()
}

async function keepAudit(db: Kysely<Tables>, { audit = [] }: LedgerUnit): Promise<void> {
  if (audit.length === 0) return
  const { last } = await db
    .selectFrom('audit')
    .select(sql<number>`coalesce(max("seq"), 0)`.as('last'))
    .executeTakeFirstOrThrow()
  const rows = audit.map((it, n) => rowOf({ ...it, seq: Number(last) + 1 + n }, COLUMNS.audit))
  for (const some of chunks(rows)) await db.insertInto('audit').values(some).execute()
}
