// How an object is found that a message names by what it is about, because its sender knows it by nothing else, and what the message
// means once it is found.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Breach, Reference } from './flow.ts'
import type { Saying } from './saying.ts'
import type { FindAll, Search } from './search.ts'

/** What has been found so far. */
export interface Seen extends Pick<Around, 'find' | 'keeps'> {
  readonly all: FindAll
}

/** What such a message means. */
export type Meant =
  /** this of the one object */
  | { readonly kind: 'asks'; readonly object: JsonObject }
  /** nothing: it has come about already */
  | { readonly kind: 'done'; readonly saying: Saying }
  /** there is no one object, or it lacks something else */
  | { readonly kind: 'breach'; readonly breach: Breach }

/** Asked again with what it leads to, until that is nothing new. */
export interface Sought {
  readonly refers: (asked: JsonObject, seen: Seen) => readonly Reference[]
  /** each of them under a text */
  readonly searches: (asked: JsonObject, seen: Seen) => readonly Search[]
  readonly meant: (asked: JsonObject, seen: Seen) => Meant
}
