// What something that a party has made falls short of what it was asked for.

import type { JsonObject } from '../schema/json-text.ts'
import type { Around } from './flow.ts'
import type { RuleName } from './rules/index.ts'

/** The objects of a noun in a message. */
export type Beside = (noun: string) => readonly JsonObject[]

/** What something that a party has made falls short of. */
export interface Short {
  readonly rule: RuleName
  readonly reason: string
  /** false where it is not to be made then */
  readonly isAllowed: boolean
}

/** By the message that asked, and by the reply to it; undefined where nothing is missing. */
export type FallsShort = (
  object: JsonObject,
  asked: Beside,
  told: Beside,
  find: Around['find'],
) => Short | undefined
