// The step `lapse` of an object's own lifecycle, taken by the clock when something has not come until then.

import { member } from '../schema/json-text.ts'
import type { Placed } from './flow.ts'
import type { Turns } from './turns.ts'

/** @param at milliseconds of the epoch; undefined = nothing is awaited */
export function lapsing(at: (it: Placed) => number | undefined): Turns {
  return {
    times: (it) => {
      const due = at(it)
      return due === undefined || !Number.isFinite(due) ? [] : [due]
    },
    moves: ({ noun, object }) => [
      {
        noun,
        object: { mRID: member(object, 'mRID') ?? '' },
        ...{ trigger: 'lapse', optional: true },
      },
    ],
  }
}
