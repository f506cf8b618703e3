// The rest of a list that a person takes back while it is being carried out: what has not gone does not go any more. What is on
// its way, and what has been carried out, stays as it is, and whoever has sent the list hears of all together.

import { transition } from '../delivery/transition.ts'
import type { Consequence } from '../delivery/dispatcher.ts'
import type { Ledger, LegFacts, LegStep, MessageState } from '../ledger.ts'
import type { Clock } from '../ports.ts'
import { openIn } from './run.ts'
import type { RunStore } from './run.ts'

/** What it needs from outside. */
export interface WithdrawingParts {
  readonly store: RunStore & Pick<Ledger, 'attempts'>
  readonly clock: Clock
  /** Tells whoever has sent a list what has come of it, where nothing of it is left to come. */
  readonly lookAtList: (list: Pick<LegFacts, 'id' | 'exchangeId'>) => Promise<void>
}

/** What is to be kept, and what is to be done then; or one sentence why there is nothing to be taken back. */
export type Withdrawn = Consequence | { readonly reason: string }

type End = Pick<LegStep, 'to' | 'reason'>

const UNSENT: End = { to: 'CANCELED', reason: 'A person has canceled the list before it was sent.' }
const TRIED: End = {
  to: 'CLOSED',
  reason: 'A person has canceled the list; it may have arrived.',
}

/** What becomes of a collection by the state that it is in; none of what is on its way. */
const ENDS: Partial<Readonly<Record<MessageState, End>>> = {
  QUEUED: UNSENT,
  HELD: UNSENT,
  FAILED: TRIED,
}

/** @param origin leg of a list */
export async function withdrawn(
  origin: LegFacts,
  { store, clock, lookAtList }: WithdrawingParts,
): Promise<Withdrawn> {
  const open = await openIn(origin, store)
  const ended = open.flatMap((leg) => {
    const end = ENDS[leg.state]
    return end === undefined ? [] : [{ leg, end }]
  })
  if (ended.length === 0) return { reason: 'Nothing of it waits to be sent any more.' }
  const at = clock()
  const steps = ended.map(({ leg, end }): LegStep => {
    return { leg: leg.id, from: leg.state, ...end, slot: { kind: 'drop' } }
  })
  const events = await Promise.all(
    ended.map(async ({ leg, end: { to } }) => {
      const { length: revision } = await store.attempts(leg.id)
      return transition(leg, { from: leg.state, to }, { at, revision })
    }),
  )
  return { unit: { steps, events }, committed: () => lookAtList(origin) }
}
