// What a flow says of questions that a party is asked and whose answer is news: each is kept as an object from the moment it is
// asked, and follows what comes of it, so that a question without an answer is no silence.

import type { JsonObject } from '../schema/json-text.ts'
import type { QuantityName } from './quantities.ts'

/** Something that a party may be unable to do at all; written in its profile under this name. */
export type Capability = 'deviceStatusCheck'

/** How a question has ended without an answer of its own. */
export interface Ended {
  /** nobody has answered in time; nobody there is able to; it went wrong */
  readonly kind: 'timedOut' | 'unsupported' | 'failed'
  /** reply code */
  readonly code: string
  /** one sentence */
  readonly reason: string
}

/** A question as an object. */
export interface Asking {
  /** a party whose profile says that it is not able to is not asked */
  readonly capability: Capability
  /** as it is kept when it is asked @param now ISO 8601 with Z */
  readonly begun: (question: JsonObject, now: string) => JsonObject
  /** once its party has it */
  readonly sent: (kept: JsonObject) => JsonObject
  /** true for the object of a reply that answers the question */
  readonly isAnswer: (question: JsonObject, answer: JsonObject) => boolean
  /** an answer with what the question says and it does not: what it is about */
  readonly whole: (question: JsonObject, answer: JsonObject) => JsonObject
  /** @param isLate the time for it was over */
  readonly answered: (kept: JsonObject, answer: JsonObject, isLate: boolean) => JsonObject
  readonly ended: (kept: JsonObject, how: Ended) => JsonObject
  /** by what an Error of a reply may name it */
  readonly keys: (question: JsonObject) => readonly string[]
  readonly failures: Failures
  /** what is asked about, as an Error names it */
  readonly about: {
    readonly objectType: string
    readonly of: (question: JsonObject) => JsonObject
  }
  /** where it stands what there is to ask about */
  readonly known: readonly KnownIn[]
}

/** Objects of a noun by which what is asked about is known. */
export interface KnownIn {
  readonly noun: string
  readonly has: (object: JsonObject, question: JsonObject) => boolean
  /** what is not in there, where there are any, is not there at all */
  readonly isWhole: boolean
}

/** What failures in a row say of the party that was asked. */
export interface Failures {
  /** how many there are when it is not what was asked for that has failed */
  readonly quantity: QuantityName
  /** what the outcome of a question says of its party: that it has failed, that it is able to ask, or nothing */
  readonly saidBy: (kept: JsonObject) => 'failed' | 'able' | 'nothing'
  /** a question whose failure says nothing of what was asked for @param many that have failed in a row */
  readonly suspected: (kept: JsonObject, party: string, many: number) => JsonObject
  /** the alarm, and its end @param it with the questions that have failed in a row */
  readonly report: (it: {
    readonly party: string
    readonly failed: readonly string[]
    readonly now: string
    readonly isOver: boolean
  }) => { readonly noun: string; readonly object: JsonObject }
}
