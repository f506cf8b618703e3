// What is not tried again although it could be: its route does not wait for a party that is down, and whoever has sent the message
// hears of it and sends it again (`whenTargetDown: refuse`).

import { verbRow } from '../../envelope/verbs.ts'
import { isCollection } from '../collections/draft.ts'
import type { Verdict } from '../delivery/verdict.ts'
import type { Ledger, Leg } from '../ledger.ts'
import type { Way } from '../parties/party.ts'
import { firstOf, isPieceOf } from './joined.ts'
import { isUnreached } from './stopping.ts'

/** What is needed from outside. */
export interface GivingUpParts {
  readonly store: Pick<Ledger, 'leg'>
  readonly wayOf: (leg: Leg) => Pick<Way, 'whenTargetDown'>
}

/** What may have arrived is tried again all the same, so that it is known what has become of it; so are collections of a long list. */
export function givingUpOn({ store, wayOf }: GivingUpParts) {
  return async (leg: Leg, verdict: Verdict): Promise<boolean> => {
    if (!isUnreached(verdict) || wayOf(leg).whenTargetDown !== 'refuse') return false
    if (leg.answers === '' || verbRow(leg.verb)?.kind !== 'request' || isCollection(leg))
      return false
    const origin = await store.leg(leg.answers)
    if (origin?.direction !== 'in' || origin.state !== 'ACCEPTED') return false
    return isPieceOf((await firstOf(leg, store)).id, origin.answers)
  }
}
