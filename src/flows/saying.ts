// What a reply says of an object beside its content.

/** What a reply says besides of the state that an object is in. */
export interface Saying {
  /** reply code */
  readonly code: string
  readonly reason: string
}
