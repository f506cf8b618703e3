// What a step has come to, before it is weighed.

import type { Observation } from '../finding.ts'

/** A step as it was played. */
export interface Seen {
  readonly step: string
  /** why it was not sent; undefined = it was */
  readonly notRun: string | undefined
  /** what depends on it may go on */
  readonly isAsExpected: boolean
  readonly observations: readonly Observation[]
  /** the suite could not judge it: nothing of the target's */
  readonly undecided: string | undefined
  /** file of what came back; empty where nothing did */
  readonly reply: string
}
