// By what objects of a flow can be asked for besides who they are: what an object is to be like.

import type { JsonObject } from '../schema/json-text.ts'

/** A query that says what objects are to be like: an object without identity in a get, parameters in the façade. */
export interface Criteria {
  /** by the name of the parameter: what it is, and the object that it asks for; undefined for a text that cannot be */
  readonly parameters: Readonly<
    Record<
      string,
      { readonly about: string; readonly like: (text: string) => JsonObject | undefined }
    >
  >
  /** whether an object is like the one that is asked for */
  readonly isLike: (wanted: JsonObject, object: JsonObject) => boolean
}
