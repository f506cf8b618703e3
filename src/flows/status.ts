// Where the objects of a flow carry their state.

import type { JsonObject } from '../schema/json-text.ts'

/** Where a flow's objects carry their state. */
export interface Status {
  /** undefined where the object does not say */
  readonly of: (object: JsonObject) => string | undefined
  /** the object with this state written into it; what it was before tells whether that is new */
  readonly written: (object: JsonObject, state: string, now: string, was?: JsonObject) => JsonObject
  /** also into what somebody tells of for the first time, because it says more than that does */
  readonly isFull?: true
}
