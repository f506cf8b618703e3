// What a flow has searched for, where neither of two objects names the other.

import type { Placed } from './flow.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

/** Objects that a change is about, although neither names the other. Every object of the noun is looked at. */
export interface Search {
  readonly noun: string
  /** only what belongs to this organisation; all where nobody's things are told apart */
  readonly of?: Json
  readonly has: (object: JsonObject) => boolean
  /** instead of what is kept here alone all that has been told of the noun, and what the history of this object's lists tells */
  readonly historyOf?: { readonly noun: string; readonly object: Json }
}

/** What has been searched for, as far as it is kept here and the sender may know of it. */
export type FindAll = (it: Search) => readonly Placed[]
