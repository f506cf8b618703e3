// What a flow has searched for, where neither of two objects names the other; and by what an object is found besides its names.

import type { Placed } from './flow.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { RuleName } from './rules.ts'

/** Objects that a change is about, although neither names the other. Every object of the noun is looked at, but for `under`. */
export interface Search {
  readonly noun: string
  /** only what belongs to this organisation; all where nobody's things are told apart */
  readonly of?: Json
  readonly has: (object: JsonObject) => boolean
  /** only what is found under this text, which costs no more than what is found: see `under` of its flow */
  readonly under?: string
  /** instead of what is kept here alone all that has been told of the noun, and what the history of this object's lists tells */
  readonly historyOf?: { readonly noun: string; readonly object: Json }
}

/** What has been searched for, as far as it is kept here and the sender may know of it. */
export type FindAll = (it: Search) => readonly Placed[]

/** By what an object is known besides its mRID and its Names. */
export interface KnownBy {
  /** rule that forbids two of them */
  readonly rule: RuleName
  readonly reason: string
  /** each of them is nobody else's */
  readonly keys: (object: JsonObject) => readonly string[]
}
