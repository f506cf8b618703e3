// What happens by the clock to an object that is not over, and to others by it, without a message from anybody.

import type { JsonObject } from '../schema/json-text.ts'
import type { Move, Placed } from './flow.ts'
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
