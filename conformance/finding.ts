// What a check says: a requirement that is not met, where, whose it is, and how to mend it. How much it weighs is not its
// business: the plan says so.

import type { Layer } from './layer.ts'
import type { Observation } from './results-shape.ts'

export type { Finding, Observation } from './results-shape.ts'

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
    mend = '',
  }: Pick<Observation, 'expected' | 'got' | 'message'> & {
    readonly path?: string
    readonly line?: number
    /** by default that of the requirement */
    readonly mend?: string
  },
): Observation {
  return {
    requirement,
    check: requirement,
    layer,
    expected,
    got,
    message,
    mend,
    path,
    line,
    column: 0,
  }
}

/** What judges one kind of thing, and the requirement that it is for. */
export interface Check<T> {
  readonly requirement: string
  readonly judge: (it: T) => readonly Observation[]
}
