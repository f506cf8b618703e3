// What happens by the clock to an object that is not over, and to others by it, without a message from anybody.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Move, Placed } from './flow.ts'
import type { RuleName } from './rules/index.ts'
import type { FindAll, Search } from './search.ts'

/** What the clock does to an object, and to others by it. */
export interface Turns {
  /** milliseconds; of those that have passed nothing comes */
  readonly times: (it: Placed) => readonly number[]
  /** objects that steps are taken with then, and that can only be searched for */
  readonly searches?: (object: JsonObject, at: number) => readonly Search[]
  /** as far as they can still be taken */
  readonly moves: (
    it: { readonly noun: string; readonly object: JsonObject },
    at: number,
    all: FindAll,
  ) => readonly Move[]
}

/** A time that an object says. @param before as it is known here */
export type Due = (
  after: JsonObject,
  before: JsonObject | undefined,
  find: Around['find'],
  now: string,
) => number | undefined

/** What of a flow is a matter of time. */
export interface Timely {
  /** refusals by these rules are put off: what has to be first may still come, for so many milliseconds */
  readonly waits?: { readonly rules: readonly RuleName[]; readonly forMs: number }
  /** milliseconds until which a request about it is worth being sent; undefined = as long as it takes */
  readonly deadline?: Due
  /** milliseconds by which whoever is asked has to have answered, besides what its way says: then there is an alarm */
  readonly answerBy?: Due
  /** what happens by the clock before it is over: a timer for each of these times */
  readonly turns?: Turns
}
