// Lists inside objects whose items are objects of their own, such as the members of a group, and how it is told who was in
// them, and when.

import type { JsonObject } from '../schema/json-text.ts'
import type { RuleName } from './rules/index.ts'

/** A list inside the object whose items are objects of their own, such as the members of a group. */
export interface Part {
  /** objectType of their IDs in replies */
  readonly objectType: string
  /** rule that forbids to list one of them twice */
  readonly twice: RuleName
  /** kept where it has to be known who was in the list at what time */
  readonly history?: History
}

/** How it is told who was in a list, and when. */
export interface History {
  /** noun whose objects tell it */
  readonly noun: string
  readonly told: (it: Stay) => JsonObject
}

/** One item in the list of one object, without a break. */
export interface Stay {
  /** mRID and Names of the object that has the list */
  readonly of: JsonObject
  readonly item: JsonObject
  /** half open; without end as long as it is there */
  readonly interval: JsonObject
  /** why it came, and once it has gone, why it went */
  readonly reason: string
}
