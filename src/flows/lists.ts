// Every long list there is, one line each.

import type { LongList } from './long-list.ts'
import { RESERVATIONS } from './reservation-list.ts'

/** In the order in which they are documented. */
export const LISTS: readonly LongList[] = [RESERVATIONS]

/** The list that messages of a noun and verb may be; undefined where there is none. */
export function listFor(noun: string | undefined, verb: string | undefined): LongList | undefined {
  return verb === 'create' ? LISTS.find((it) => it.noun === noun) : undefined
}
