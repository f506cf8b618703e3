// What a reply says of an object beside its content.

import type { RuleName } from './rules/index.ts'

/** What a reply says besides of the state that an object is in. */
export interface Saying {
  /** reply code */
  readonly code: string
  /** rule by which it is said, where it has one */
  readonly rule?: RuleName
  readonly reason: string
}
