// For tests only: what a test that attacks is made of. Each is one function, run at its full
// number by `npm run test:security` and at a small one by `npm test`.

import * as assert from 'uvu/assert'

/** One row of the table of attacks. */
export interface Attack {
  /** by which it is run alone; T and a number: what its tests and its lines are called by */
  readonly id: string
  /** what has to hold, as a fact */
  readonly about: string
  /** how many of each kind that is made by a seed, when there is time */
  readonly full: number
  /** the same in `npm test`; absent: other tests show it there */
  readonly few?: number
  /** @returns what was counted besides the cases, such as octets or codes */
  readonly run: (how: Attacking) => Promise<Counts>
}

/** What an attack is run with. */
export interface Attacking {
  /** of each kind that is made by a seed */
  readonly count: number
  readonly seed: number
  /** true for the number of `npm run test:security` */
  readonly isFull: boolean
  /** One case. What it throws is noted under its name, and the next one is tried. */
  readonly attempt: (name: string, run: () => unknown) => Promise<void>
  /** Says that something could not be tried here, such as for want of a tool: that is no pass. */
  readonly notRun: (why: string) => void
}

export type Counts = Readonly<Record<string, number | string>>

/** A case that did not hold. */
export interface Failure {
  readonly name: string
  readonly said: string
}

/** What an attack came to. */
export interface Outcome {
  readonly id: string
  readonly about: string
  readonly seed: number
  readonly count: number
  readonly cases: number
  readonly failures: readonly Failure[]
  readonly notRun: readonly string[]
  readonly counts: Counts
  readonly ms: number
}

/** How often, and which cases. */
export interface Wanted {
  readonly full: boolean
  readonly seed: number
  /** whole names of cases; none = all */
  readonly only?: string | undefined
}

/** failures of one attack after which nothing new is to be learnt */
const MOST_FAILURES = 50

/** Runs an attack to its end, whatever of it fails. */
export async function attacked(attack: Attack, { full, seed, only }: Wanted): Promise<Outcome> {
  const { id, about } = attack
  const count = full ? attack.full : (attack.few ?? 0)
  const [failures, notRun]: [Failure[], string[]] = [[], []]
  const begun = performance.now()
  let cases = 0
  const note = (name: string, error: unknown) => failures.push({ name, said: wordsOf(error) })
  const attempt: Attacking['attempt'] = async (name, run) => {
    if ((only !== undefined && only !== name) || failures.length >= MOST_FAILURES) return
    cases += 1
    try {
      await run()
    } catch (error) {
      note(name, error)
    }
  }
  const how = { count, seed, isFull: full, attempt, notRun: (why: string) => notRun.push(why) }
  const counts = await attack.run(how).catch((error: unknown) => (note('as a whole', error), {}))
  const ms = Math.round(performance.now() - begun)
  if (cases === 0 && notRun.length === 0) note('as a whole', 'There is no such case.')
  return { id, about, seed, count, cases, failures, notRun, counts, ms }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/** One line that brings a failure back. */
export function repeatOf({ id, seed }: Outcome, { name }: Failure): string {
  const which = name === 'as a whole' ? '' : ` --case ${JSON.stringify(name)}`
  return `npm run test:security -- --only ${id} --seed ${seed}${which}`
}

/** Throws with all that did not hold. */
export function assertHeld(outcome: Outcome): void {
  const lines = outcome.failures.map((it) => `${it.name}: ${it.said}\n  ${repeatOf(outcome, it)}`)
  assert.is(lines.length, 0, lines.join('\n'))
}
