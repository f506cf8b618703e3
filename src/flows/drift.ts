// Where the other side of an object that is synchronized stands: who compares what both have has to know that it was told of
// something, and has not made it so.

import type { JsonObject } from '../schema/json-text.ts'

/** What an object says of the side that has to know it. */
export interface Drift {
  /** one sentence why that side does not have it as it is; undefined where it has, or is still to say */
  readonly unmet: (object: JsonObject, state: string) => string | undefined
  /** one sentence that it has been told, since when, and has not acknowledged that, within its time; undefined where it has */
  readonly pending: (object: JsonObject, state: string) => string | undefined
  /** true for what that side is to have no more: whoever does not list it lacks nothing */
  readonly ended: (object: JsonObject) => boolean
}
