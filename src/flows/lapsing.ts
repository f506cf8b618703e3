// The step `lapse` of an object's own lifecycle, taken by the clock when something has not come until then.

import type { Placed } from './flow.ts'
import { named } from './notice.ts'
import type { Turns } from './turns.ts'

/** @param at milliseconds of the epoch; undefined = nothing is awaited */
export function lapsing(at: (it: Placed) => number | undefined): Turns {
  return {
    times: (it) => {
      const due = at(it)
      return due === undefined || !Number.isFinite(due) ? [] : [due]
    },
    moves: ({ noun, object }) => [
      { noun, object: named(object), trigger: 'lapse', optional: true },
    ],
  }
}
