// What a flow has searched for, where neither of two objects names the other; and by what an object is found besides its names.

import type { Around, Breach, Placed } from './flow.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { RuleName } from './rules/index.ts'
import type { Sought } from './sought.ts'

/** Objects that a change is about, although neither names the other. Every object of the noun is looked at, but for `under`. */
export interface Search {
  readonly noun: string
  /** only what belongs to this organisation; all where nobody's things are told apart */
  readonly of?: Json
  readonly has: (object: JsonObject) => boolean
  /** only what is found under this text, which costs no more than what is found: see `under` of its flow */
  readonly under?: string
  /** as many are enough, whichever they are; all by default */
  readonly most?: number
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

/** How the objects of a flow are found, and what is found for them. */
export interface Findable {
  /**
   * Objects that rules and steps look at, and that can only be searched for, by what a change is; as seldom as can be.
   * @param isGoing it is to be deleted
   */
  readonly searches?: (
    before: JsonObject | undefined,
    after: JsonObject,
    find: Around['find'],
    isGoing: boolean,
  ) => readonly Search[]
  /** texts under which many objects of the noun are found at once: what belongs to the same thing */
  readonly under?: (object: JsonObject, state: string) => readonly string[]
  /**
   * The object as several of its noun, for a party that knows no items: each under the id of one.
   * @param known as it is kept here; undefined where it is not
   * @param isOpen only what is not over
   */
  readonly itemwise?: (
    asked: JsonObject,
    known: JsonObject | undefined,
    isOpen?: boolean,
  ) => readonly JsonObject[]
  /** by what an object is known besides mRID and Names, where it can be named by what it is about */
  readonly knownBy?: KnownBy
  /** what is said of an object that is not there, where that says more than that it does not exist */
  readonly unseen?: (
    asked: JsonObject,
    kind: string,
    /** told of as having happened */
    isReported: boolean,
  ) => Breach | undefined
  /** how it is found by what it is about, where a vendor has no other way to name it */
  readonly sought?: Sought
  /** the rule by which what is unseen waits instead, as long as somebody is asked to make the object and has not answered */
  readonly making?: RuleName
  /** members that tell one object from the others of its message, where it has no id of its own until it is made */
  readonly madeOf?: readonly string[]
  /** a new object with what goes without saying, by what it refers to */
  readonly filled?: (object: JsonObject, find: Around['find']) => JsonObject
}
