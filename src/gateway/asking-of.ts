// What a message asks of a party that is news when it is answered, by the flow of its noun.

import type { Asking } from '../flows/asking.ts'
import type { Flow } from '../flows/flow.ts'
import { flowFor } from '../flows/index.ts'

/** Undefined for any verb but get, and for a noun that is asked for as it is kept. */
export function askingOf(noun: string, verb: string | undefined): Asking | undefined {
  const flow: Flow | undefined = verb === 'get' ? flowFor(noun, 'get') : undefined
  return flow?.asking
}
