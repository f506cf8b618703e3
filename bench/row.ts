// One line of the result: what was measured, how long it took, and how that stands to a goal.

import { GOALS, verdictOn } from './goals.ts'
import type { Goal, GoalId } from './goals.ts'

/** One measurement as it is printed and written to results.json. */
export interface Row {
  readonly what: string
  /** size or kind of the messages, empty where there is none */
  readonly size: string
  /** the raw figure with its unit, such as `82 µs`; `not run: …` with the reason */
  readonly figure: string
  /** what the figure is compared with, in the goal's unit; absent for a row that only informs */
  readonly value?: number
  readonly goal?: GoalId
  /** a comparison without a goal, such as `x1.9 libxml2-wasm` */
  readonly note?: string
}

/** A measurement that could not be made here. */
export function notRun(what: string, reason: string, size = ''): Row {
  return { what, size, figure: `not run: ${reason}` }
}

/** The rows as one table. */
export function table(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)]
  const widths = HEAD.map((_, at) => Math.max(...lines.map((it) => it[at]?.length ?? 0)))
  return lines
    .map((line) => line.map((it, at) => it.padEnd(widths[at] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

const HEAD = ['what', 'size', 'figure', 'compared', 'goal', 'verdict', 'also'] as const

function cells(row: Row): readonly string[] {
  const { what, size, figure, note = '' } = row
  if (row.goal === undefined || row.value === undefined)
    return [what, size, figure, '', '', '', note]
  const { unit, today, final }: Goal = GOALS[row.goal]
  const goal = today === final ? `${today}` : `${today}, final ${final}`
  return [what, size, figure, `${rounded(row.value)} ${unit}`, goal, verdictOf(row) ?? '', note]
}

/** `met` or `missed`; undefined for a row without a goal. */
export function verdictOf({ goal, value }: Row): string | undefined {
  return goal === undefined || value === undefined ? undefined : verdictOn(goal, value)
}

/** Two digits after the point below 10, one below 100, none above. */
export function rounded(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)
}

/** Microseconds with the unit that suits them. */
export function time(us: number): string {
  if (us < 1_000) return `${rounded(us)} µs`
  return us < 1_000_000 ? `${rounded(us / 1_000)} ms` : `${rounded(us / 1_000_000)} s`
}
