// What objects of a noun share with nobody, or with few, and what is said where two want it.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around } from './flow.ts'
import type { RuleName } from './rules/index.ts'
import type { Saying } from './saying.ts'

/** What an object claims, apart by what that depends on: each is asked no more often than the answer can be another one. */
export interface Claims {
  /** in any state */
  readonly always?: (object: JsonObject) => readonly Claim[]
  readonly inState?: (object: JsonObject, state: string) => readonly Claim[]
  /**
   * What also depends on other objects, or on whoever says it.
   * @param by party that sends it; empty where it is nobody's message
   */
  readonly knowing?: (
    object: JsonObject,
    state: string,
    find: Around['find'],
    by: string,
  ) => readonly Claim[]
}

/** Something that objects of a noun share with nobody, or only with those that they do not clash with. */
export interface Claim {
  /** what is claimed, as text */
  readonly key: string
  readonly rule: RuleName
  /** why it cannot be had twice */
  readonly reason: string
  /** how many objects may share it at most; 1 where it is absent */
  readonly places?: number
  /** those that do not clash may share it; absent = whoever has it first has it alone */
  readonly clashes?: (other: JsonObject) => boolean
  /** reply code, by whom it clashes with; 6.1 where it is absent */
  readonly code?: (other: JsonObject) => string
  /** where it is taken the object does without it */
  readonly yields?: true
  /** true where it is had instead of that one, which is kept as it is and found by it no longer */
  readonly takes?: (other: JsonObject) => boolean
  /** true where the one that has it says the same already: then there is nothing to be done, and nobody to be told */
  readonly same?: (other: JsonObject) => boolean
  /** whoever has it does not say by that that the same has been done already */
  readonly rival?: true
  /** the reason where whoever has it may be named */
  readonly reasonBy?: (other: JsonObject) => string
  /** said, at the level INFORM, where the one that has it says the same already */
  readonly repeated?: Saying
}
