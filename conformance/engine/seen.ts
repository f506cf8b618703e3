// What a step has come to, before it is weighed.

import type { Observation } from '../finding.ts'
import type { Layer } from '../layer.ts'

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
  /** file of the message that was judged; empty where none came */
  readonly reply: string
  /** whose what was found is; undefined = the target's */
  readonly blame?: string
  /** why it cannot be told how it came out, although nothing is wrong */
  readonly open?: string
  /** nothing that came back could be read: what is judged in an exchange is not */
  readonly isUnread?: boolean
  /** it is part of a scenario, so that L7 is judged in it */
  readonly isOfScenario?: boolean
  /** all layers that it shows anything of; undefined = L0 to L6 */
  readonly shows?: readonly Layer[]
  /** layers of them that nothing of it shows */
  readonly unjudged?: readonly Layer[]
}
