// What a party can take: what it cannot is not sent to it.

import type { Verb } from '../../envelope/verbs.ts'
import type { Party } from './party.ts'

/** What a party can do; what it cannot is not sent to it but parked. */
export interface Profile {
  /** absent = all */
  readonly nouns?: readonly string[]
  readonly verbs?: readonly Verb[]
  /** takes OperationSet */
  readonly operationSets: boolean
  /** takes several objects in one message, so many at most; else they are sent one by one. Of a long list as many records */
  readonly collections: boolean | number
  /** nouns of which it takes each item as an object of its own; absent = none */
  readonly itemwise?: readonly string[]
  /** `unsupported`: it cannot ask devices for their state, so it is not asked to; by default it is */
  readonly deviceStatusCheck?: Ability
}

/** Whether a party is able to do something that not all are; of `supported` it has the last word itself (2.9). */
export type Ability = 'supported' | 'unsupported'

/** objects that go in one message at most, where they are counted */
export const MOST_TOGETHER = 10_000

/** records of a long list that are carried out together where nobody says otherwise; Oracle publishes no number */
export const USUAL_COLLECTION = 500

/** What of a message matters to its receiver. */
export interface Shape {
  readonly noun: string
  readonly verb: string
  readonly isOperationSet: boolean
}

/** Why a party cannot take a message, one sentence; undefined when it can. */
export function unfit({ id, profile }: Party, it: Shape): string | undefined {
  const { nouns, verbs, operationSets } = profile
  if (nouns !== undefined && !nouns.includes(it.noun)) return off(id, it.noun, 'nouns')
  if (verbs !== undefined && !(verbs as readonly string[]).includes(it.verb))
    return off(id, `message with the verb ${it.verb}`, 'verbs')
  if (it.isOperationSet && !operationSets) return off(id, 'OperationSet', 'operationSets')
  return undefined
}

function off(id: string, what: string, key: keyof Party['profile']): string {
  const mend = `Change parties.${id}.profile.${key} in the configuration, or lead the route to another party.`
  return `${id} takes no ${what} by its profile. ${mend}`
}

/** Objects that a party takes in one message; Infinity = any number. */
export function mostFor({ profile: { collections } }: Pick<Party, 'profile'>): number {
  if (typeof collections === 'number') return collections
  return collections ? Infinity : 1
}
