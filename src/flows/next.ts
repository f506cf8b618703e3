// What comes next: a message that has to be sent when an object has changed, and what it is made of.

import type { Verb } from '../envelope/verbs.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Placed, Reference } from './flow.ts'
import type { Search } from './search.ts'

/**
 * A message that has to be sent when an object has changed: by whoever has the role, or by the gateway where it orchestrates
 * the flow.
 */
export interface Following {
  /** `a work is closed` */
  readonly when: string
  readonly source: string
  /** role that sends it, as routes name it: `dso-cs` */
  readonly from: string
  /** of `execute` each object is what is to be taken out of it: an OperationSet of which all is done, or nothing */
  readonly verb: Verb
  readonly noun: string
  /** the gateway sends it whatever it orchestrates: it is no step of anybody's business */
  readonly isOurs?: true
  /** the change itself has done it where such objects are kept here: sent only where its way leads to a party */
  readonly isDoneHere?: true
  /** states of the object in which it is still due; absent = whatever has become of it */
  readonly dueIn?: readonly string[]
  /**
   * Objects that it is made of.
   * @param find what is known so far: asked again with it, more may be referred to
   */
  readonly refers?: (after: JsonObject, find: Around['find']) => readonly Reference[]
  /** objects that it is made of and nobody names, found under what they belong to */
  readonly searches?: (before: Placed | undefined, after: Placed) => readonly Search[]
  /**
   * One message for each object; of cancel, close and delete its mRID is enough.
   * @param before undefined = it did not exist; the same as after where something else has changed that it waits for
   */
  readonly objects: (
    before: Placed | undefined,
    after: Placed,
    making: Making,
  ) => readonly JsonObject[]
  /**
   * What the message of such an object says in the end; asked again when a person drives one that could not be written.
   * Absent = the one object as it is.
   */
  readonly finished?: (object: JsonObject, after: JsonObject, making: Making) => Finished
}

/** The objects of one message; or one sentence: what is missing for it, and how it is given. Nothing is made up. */
export type Finished = readonly JsonObject[] | { readonly missing: string }

/** What the integrator has said is to be used where neither an object nor what it refers to says it. */
export interface Given {
  /** milliseconds after an order in which its crew is expected */
  readonly crewAfterMs?: number
  /** contactType of a customer of whom neither mail nor telephone is known; the contactValue is the account */
  readonly contactType?: string
}

/** What a new object is made with. */
export interface Making extends Omit<Around, 'keeps' | 'makes'> {
  /** a new UUID */
  readonly newId: () => string
  /** the event verb that tells of the change; absent where nothing has changed but what the object waits for */
  readonly verb?: string
  readonly given: Given
  /** steps of other objects that went with the change, as these were before and are now */
  readonly moved: readonly {
    readonly noun: string
    readonly was: JsonObject
    readonly object: JsonObject
  }[]
}
