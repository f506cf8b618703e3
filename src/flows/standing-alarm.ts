// What a person has to be told of for as long as an object is in a state that nothing but people leads out of.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Reference } from './flow.ts'

/** What is said of an object that stands in such a state. */
export interface Standing {
  /** stands only where something that the object waits for was refused in part */
  readonly isOfHeldUp?: true
  /**
   * Objects that it is made of.
   * @param find what is known so far: asked again with it, more may be referred to
   */
  readonly refers?: (object: JsonObject, find: Around['find']) => readonly Reference[]
  /** one sentence each: what is wrong, and how it is mended */
  readonly said: (
    object: JsonObject,
    find: Around['find'],
  ) => { readonly reason: string; readonly mend: string }
}
