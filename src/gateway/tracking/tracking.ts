// Messages on their way, as parties and operators may look at them. A party sees its own legs and is not told that there
// are others; an operator sees all.

import { ours } from '../guarded.ts'
import type { Attempt, Ledger, Leg, LegFacts, LegQuery } from '../ledger.ts'
import type { Sender } from '../received.ts'

/** What a conversation consists of. */
export interface Hop {
  readonly leg: Leg
  readonly attempts: readonly Attempt[]
  /** leg with the answer that was given later than the acknowledgement; absent = the reply of the leg itself is all */
  readonly later?: string
}

/** Looks without changing anything. */
export interface Tracking {
  readonly search: (
    query: LegQuery,
    sender: Sender,
  ) => Promise<{ readonly legs: readonly LegFacts[]; readonly next: string | null }>
  readonly one: (id: string, sender: Sender) => Promise<Hop | undefined>
  /** every hop, the oldest first; none when there is none, or none that the sender may see */
  readonly exchange: (id: string, sender: Sender) => Promise<readonly Hop[]>
}

/** legs of one conversation that are shown */
const MOST_HOPS = 1_000

/** Over the ledger; rejects with a CimError `overloaded` when that fails. */
export function trackingOf(ledger: Pick<Ledger, 'leg' | 'legs' | 'attempts'>): Tracking {
  const hop = async (leg: Leg): Promise<Hop> => ({
    leg,
    attempts: await ours(() => ledger.attempts(leg.id)),
  })

  async function search(query: LegQuery, sender: Sender) {
    if (sender.operator === true) return ours(() => ledger.legs(query))
    const { party = sender.party } = query
    if (party !== sender.party) return { legs: [], next: null }
    return ours(() => ledger.legs({ ...query, party }))
  }

  async function one(id: string, sender: Sender): Promise<Hop | undefined> {
    const leg = await ours(() => ledger.leg(id))
    if (leg === undefined || !maySee(sender, leg)) return undefined
    const later = await laterOf(leg)
    return { ...(await hop(leg)), ...(later === undefined ? {} : { later }) }
  }

  async function laterOf({ id, direction, exchangeId, party }: Leg): Promise<string | undefined> {
    if (direction === 'out') return undefined
    const asked = {
      exchangeId,
      party,
      direction: 'out',
      verb: ['reply'],
      limit: MOST_HOPS,
    } as const
    const { legs } = await ours(() => ledger.legs(asked))
    return legs.find((it) => it.answers === id)?.id
  }

  async function exchange(exchangeId: string, sender: Sender): Promise<readonly Hop[]> {
    const { legs } = await search({ exchangeId, limit: MOST_HOPS }, sender)
    const hops = await Promise.all(
      [...legs].reverse().map(async ({ id }) => {
        const leg = await ours(() => ledger.leg(id))
        return leg === undefined ? [] : [await hop(leg)]
      }),
    )
    return inOrder(hops.flat())
  }

  return { search, one, exchange }
}

function maySee({ party, operator }: Sender, leg: LegFacts): boolean {
  return operator === true || leg.party === party
}

/** By time; of one time, what came in before what goes out, and what answers behind what it answers. */
function inOrder(hops: readonly Hop[]): readonly Hop[] {
  const rank = ({ leg }: Hop) => `${leg.at} ${leg.direction === 'in' && leg.answers === '' ? 0 : 1}`
  return [...hops].sort((one, other) =>
    rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : 0,
  )
}
