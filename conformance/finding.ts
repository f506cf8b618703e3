// What a check says: a requirement that is not met, where, whose it is, and how to mend it. How much it weighs is not its
// business: the plan says so.

import type { Layer } from './layer.ts'

/** What a check finds in a message or an exchange. */
export interface Observation {
  /** id in the register */
  readonly requirement: string
  /** what has found it, where it is more than the requirement: the rule of a schema */
  readonly check: string
  readonly layer: Layer
  readonly expected: string
  readonly got: string
  /** one sentence: what is wrong */
  readonly message: string
  /** one sentence: how to mend it; empty = as the register says */
  readonly mend: string
  /** of an element of the message; empty for the whole */
  readonly path: string
  /** from 1; 0 = unknown */
  readonly line: number
  readonly column: number
}

/** An observation in its place: case, step, message, and who is to blame. */
export interface Finding extends Observation {
  readonly severity: 'fail' | 'warning'
  readonly scenario: string
  readonly step: string
  readonly blame: 'target' | 'tester'
  /** file of the message in the folder of the run; empty where none came */
  readonly wire: string
  /** who has agreed to it, and why */
  readonly waived?: string
}

/** An observation without a place in the text. */
export function observed(
  requirement: string,
  layer: Layer,
  {
    expected,
    got,
    message,
    path = '',
    line = 0,
  }: Pick<Observation, 'expected' | 'got' | 'message'> & {
    readonly path?: string
    readonly line?: number
  },
): Observation {
  return {
    requirement,
    check: requirement,
    layer,
    expected,
    got,
    message,
    mend: '',
    path,
    line,
    column: 0,
  }
}
