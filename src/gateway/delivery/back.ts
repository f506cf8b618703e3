// A party is there again: what has not reached it goes at once, however long its next wait would be. Waits between tries are
// to spare a party that is away; they are no reason to keep from it what has waited for it.

import type { Attempt, Leg, Ledger, LegQuery } from '../ledger.ts'
import { legPages } from '../pages.ts'
import type { Clock, Store } from '../ports.ts'
import { transition } from './transition.ts'

/** What it needs from outside. */
export interface BackParts {
  readonly store: Pick<Store, 'commit'> & Pick<Ledger, 'attempts' | 'leg' | 'legs'>
  readonly clock: Clock
}

/** messages that are read at once */
const PAGE = 200

/**
 * Makes due what waits for a party, one unit a message; what somebody else has changed meanwhile is left alone. Only the
 * first of those that keep their order has been tried: the others follow it.
 */
export async function dueNow(party: string, parts: BackParts): Promise<void> {
  const query: LegQuery = { direction: 'out', party, state: ['FAILED'], limit: PAGE }
  for await (const legs of legPages(query, parts.store))
    for (const { id } of legs) await again(id, parts)
}

async function again(id: string, { store, clock }: BackParts): Promise<void> {
  const [leg, attempts] = await Promise.all([store.leg(id), store.attempts(id)])
  if (leg?.state !== 'FAILED' || !isUnreached(attempts.at(-1)) || isElsewhere(leg)) return
  const now = clock()
  const step = { leg: id, from: leg.state, to: 'QUEUED', reason: '' } as const
  await store.commit({
    puts: [],
    removals: [],
    events: [transition(leg, step, { at: now, revision: attempts.length })],
    steps: [{ ...step, slot: { kind: 'anew', dueAt: now } }],
  })
}

/** No connection: what has been refused or not answered is not tried sooner because others are. */
function isUnreached(last: Attempt | undefined): boolean {
  return last?.outcome === 'technical' && last.status === 0
}

/** Goes to an address of its own, which says nothing about the party's, nor that about it. */
function isElsewhere({ target }: Leg): boolean {
  return /^(?:[A-Z]+ )?https?:/.test(target)
}
