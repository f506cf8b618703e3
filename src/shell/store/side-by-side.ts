// Keeps the units of a group side by side, where a connection takes statements without waiting for the answers to those before:
// then a group takes about as long as one unit. Only units that have nothing to do with each other; whatever goes wrong, the
// group is kept one by one, which says why. Portable SQL only.

import type { Committed, Unit } from '../../gateway/ports.ts'
import { sideBySide } from './kysely.ts'
import type { Dialect, Kysely } from './kysely.ts'
import { lastSeq } from './read.ts'
import type { Tables } from './schema.ts'
import { keepUnit } from './unit.ts'

/** @returns undefined when it is not to be kept in this way */
export async function keepSideBySide(
  db: Kysely<Tables>,
  units: readonly Unit[],
  dialect: Dialect,
): Promise<readonly Committed[] | undefined> {
  let last = await lastSeq(db)
  const settled = await sideBySide(db, dialect, (beside) =>
    // Nothing is under way when the transaction goes on.
    Promise.allSettled(
      units.map((unit) => {
        const before = last
        last += unit.events.length
        return keepUnit(beside, unit, before)
      }),
    ),
  )
  const outcomes = settled.flatMap((it) =>
    it.status === 'fulfilled' && it.value.kind === 'committed' ? [it.value] : [],
  )
  return outcomes.length === units.length ? outcomes : undefined
}

/** True when each makes what no other one makes, and none counts on where another one stands. */
export function areApart(units: readonly Unit[]): boolean {
  if (units.length < 2 || !units.every(isPlain)) return false
  const all = units.map((it) => new Set(madeBy(it)))
  const sum = all.reduce((many, it) => many + it.size, 0)
  return new Set(all.flatMap((it) => [...it])).size === sum
}

/** What is received, and what it makes; places in the outbox and lines of the audit log are counted one by one. */
function isPlain({ message, keys, puts, removals, events, ...others }: Unit): boolean {
  const isMaking = removals.length === 0 && puts.every(({ expect }) => expect === 0)
  return isMaking && Object.values(others).every((it) => !Array.isArray(it) || it.length === 0)
}

function madeBy({ message, puts }: Unit): readonly string[] {
  const legs =
    message === undefined
      ? []
      : [`leg ${message.id}`, `message ${message.direction} ${message.party} ${message.messageID}`]
  const objects = puts.flatMap(({ noun, id, names }) => [
    `object ${noun} ${id}`,
    ...names.map((it) => `name ${noun} ${it}`),
  ])
  return [...legs, ...objects]
}
