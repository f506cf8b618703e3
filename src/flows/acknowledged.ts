// What goes on by the word of whoever is told of it, or asked: events that want an acknowledgement, and requests that are kept
// here before their party is asked.

import { isVerb } from '../envelope/verbs.ts'
import type { Verb } from '../envelope/verbs.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Flow, Move } from './flow.ts'

/** Whose word counts, and what it means. */
export interface Acknowledged {
  /** roles whose word counts, as routes name them */
  readonly by: readonly string[]
  /** request verbs of which the same holds: what they ask for is kept here before its party is asked, and goes on by its word */
  readonly asked?: readonly Verb[]
  /** states of such an object in which a person may send it once more; absent = any */
  readonly dueIn?: readonly string[]
  /**
   * Steps of other objects that go with it.
   * @param isRefused the business over there has said no; false where nobody knows what has become of it
   */
  readonly moves: (object: JsonObject, isAcked: boolean, isRefused?: boolean) => readonly Move[]
}

/** True for a request that is kept here before its party is asked. @param verb of a message about the flow's noun */
export function keptFirst(flow: Flow | undefined, verb: string): boolean {
  return isVerb(verb) && flow?.acknowledged?.asked?.includes(verb) === true
}

/** True where all of it is kept first: what claims something must not be claimed by others while its party is asked. */
export function areKeptFirst(
  tasks: readonly { readonly noun: string; readonly verb: string }[],
  flow: (noun: string, verb: string) => Flow | undefined,
): boolean {
  return tasks.length > 0 && tasks.every(({ noun, verb }) => keptFirst(flow(noun, verb), verb))
}
