// What has passed beside what was due.

import type { Change, Passed } from './passed.ts'
import type { Due } from './scenario.ts'

/** A message that passed, with the row that it was due by. */
export interface Step {
  readonly passed: Passed
  readonly due: Due | undefined
  /** what is not as it was due; empty when all is */
  readonly odd: string
}

/** Everything that passed, and what did not. */
export interface Compared {
  readonly steps: readonly Step[]
  readonly missing: readonly Due[]
}

/** Each message takes the first row of its kind that is still free. */
export function compared(all: readonly Passed[], rows: readonly Due[]): Compared {
  const free = [...rows]
  const steps = all.map((passed) => {
    const at = free.findIndex((it) => isOf(it, passed))
    const [row] = at < 0 ? [] : free.splice(at, 1)
    return { passed, due: row, odd: oddOf(passed, row) }
  })
  return { steps, missing: free }
}

function isOf({ from, to, message }: Due, it: Passed): boolean {
  return from === it.from && to === it.to && message === `${it.verb} ${it.noun}`
}

function oddOf({ changes, reply }: Passed, row: Due | undefined): string {
  if (row === undefined) return 'nobody was to send this'
  const own = changes.map(changeText)
  return [
    own.join('; ') === row.changes.join('; ')
      ? ''
      : `due was ${row.changes.join('; ') || 'no change'}`,
    reply === row.reply ? '' : `due was the reply ${row.reply}`,
  ]
    .filter((it) => it !== '')
    .join(', ')
}

/** `WorkRequests: waitingOnApproval > approved`; `-` for what was not there before. */
export function changeText({ noun, previous, state }: Change): string {
  return `${noun}: ${previous || '-'} > ${state}`
}
