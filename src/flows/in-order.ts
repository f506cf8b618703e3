// What goes one after the other although it is of several nouns: what belongs to one object keeps its order with that object,
// and with all else that belongs to it. A cancelled event so never comes before what was reserved for it.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Reference } from './flow.ts'

/** What the objects of a flow belong to. */
export interface Belonging {
  /** of what they belong to, and what stands in the order key */
  readonly noun: string
  /** where more may be known of that than the object says */
  readonly refers: (object: JsonObject, find: Around['find']) => readonly Reference[]
  /** every text by which what it belongs to may be named */
  readonly keys: (object: JsonObject, find: Around['find']) => readonly string[]
}

/** What of a flow is a matter of order between nouns. */
export interface Belongs {
  /** absent = it keeps its order with its own noun alone */
  readonly belongs?: Belonging
}
