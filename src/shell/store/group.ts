// Group commit: all units that arrive while a commit runs share the next one, so that a sync of the disk
// is paid once for many. Knows no database.

import type { Leg } from '../../gateway/ledger.ts'
import type { Committed, Unit } from '../../gateway/ports.ts'
import type { Outcome } from './commit.ts'
import { StoreError, errorOf } from './fault.ts'

/**
 * Weight of one transaction at most, in rows or 4 KiB of text: bounds how long the first unit of a group waits
 * for the last, far below the deadline. A unit that is heavier goes alone.
 */
const GROUP_WEIGHT = 1_000
const TEXT_WEIGHT = 1 / 4_096

interface Waiting {
  readonly unit: Unit
  readonly resolve: (committed: Committed) => void
  readonly reject: (error: unknown) => void
}

/** The queue before a commit that takes many units at once. */
export class Group {
  readonly #commit: (units: readonly Unit[]) => Promise<readonly Outcome[]>
  readonly #waiting: Waiting[] = []
  #running: Promise<void> | undefined
  #isClosed = false

  /** @param commit keeps a group, gives one outcome per unit; never called twice at a time */
  constructor(commit: (units: readonly Unit[]) => Promise<readonly Outcome[]>) {
    this.#commit = commit
  }

  /** @throws {StoreError} what `commit` throws, the unit's own `store-refused`, or `store-closed` */
  add(unit: Unit): Promise<Committed> {
    if (this.#isClosed) return Promise.reject(new StoreError('store-closed'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Takes no more units and resolves when the last one has its answer. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
  }

  async #run(): Promise<void> {
    // Units of the same turn of the loop belong to the same group, also when they are the first.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#runOne(this.#take())
    this.#running = undefined
  }

  #take(): readonly Waiting[] {
    let weight = 0
    const tooMany = this.#waiting.findIndex(
      ({ unit }, n) => (weight += weigh(unit)) > GROUP_WEIGHT && n > 0,
    )
    return this.#waiting.splice(0, tooMany === -1 ? this.#waiting.length : tooMany)
  }

  async #runOne(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#commit(group.map(({ unit }) => unit))
      group.forEach((waiting, n) => answer(waiting, outcomes[n]))
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
}

function weigh(unit: Unit): number {
  const { message, legs = [], puts, steps = [], attempts = [], audit = [] } = unit
  let text = message === undefined ? 0 : textIn(message)
  for (const it of legs) text += textIn(it)
  for (const it of puts) text += it.body.length
  for (const it of steps) text += it.answered?.reply.length ?? 0
  for (const it of attempts) text += it.answer.length
  for (const it of audit) text += it.details.length
  return rowsOf(unit) + text * TEXT_WEIGHT
}

function textIn({ request, reply, findings }: Leg): number {
  return request.length + reply.length + findings.length
}

function rowsOf(unit: Unit): number {
  let rows = 1
  for (const it of Object.values(unit) as readonly unknown[])
    if (Array.isArray(it)) rows += it.length
  return rows
}

function answer({ resolve, reject }: Waiting, outcome: Outcome | undefined): void {
  if (outcome === undefined) reject(new StoreError('store-lost'))
  else if (outcome.kind === 'failed') reject(errorOf(outcome.fault))
  else resolve(outcome)
}
