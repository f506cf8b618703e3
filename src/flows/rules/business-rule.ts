// What a business rule is as it is listed, printed and told: who has to act, with which code it refuses, and how to mend it.

/** One rule; what it checks stands in the flows and lifecycles that it is named by. */
export interface BusinessRule {
  /** who has to act */
  readonly whose: 'sender' | 'peer'
  /** ids of the flows whose functions refuse by it; empty where only lifecycles do, or whatever flow there is */
  readonly flows: readonly string[]
  /** reply codes that it refuses with */
  readonly codes: readonly string[]
  /** the requirement in our own words */
  readonly asks: string
  /** one sentence: what to do about a refusal */
  readonly mend: string
  /** a person has to know of it besides whoever is told: an alarm stands until the object has gone on as it should */
  readonly isAlarm?: true
  /** what is refused by it alone is held, and goes on by itself when that may be */
  readonly isHold?: true
  /** rows of the catalogue of flows, or clauses */
  readonly source: string
}

/** Of nearly all rules. */
export const SENDER = { whose: 'sender' } as const

/** With the code that most refuse with: a business rule is broken. */
export const REFUSED = { ...SENDER, codes: ['6.1'] } as const

/** With the code for something that is missing, or does not fit what it depends on. */
export const LACKING = { ...SENDER, codes: ['5.8'] } as const
