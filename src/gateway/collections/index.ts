// Long lists put together: taken in, carried out, looked into, and sent once more as far as they have failed.

import type { Leg } from '../ledger.ts'
import { carryingOn } from './carrying.ts'
import type { Carrying, CarryingParts } from './carrying.ts'
import { resultsOf } from './results.ts'
import { failedAgain } from './retrying.ts'
import type { Retried } from './retrying.ts'
import type { Results } from './routes.ts'
import { takingIn } from './taking.ts'
import type { TakeIn, TakingParts } from './taking.ts'
import { withdrawn } from './withdrawing.ts'
import type { Withdrawn, WithdrawingParts } from './withdrawing.ts'

/** What a gateway does with long lists. */
export interface Lists extends Carrying {
  readonly takeIn: TakeIn
  readonly results: Results
  readonly failedAgain: (origin: Leg) => Promise<Retried>
  readonly withdrawn: (origin: Leg) => Promise<Withdrawn>
}

/** Over one store. */
export function listsOn(parts: TakingParts & CarryingParts & WithdrawingParts): Lists {
  const { store, wayOf } = parts
  const priorityOf = (leg: Leg) => wayOf(leg).priority
  return {
    ...carryingOn(parts),
    takeIn: takingIn(parts),
    results: (origin, query) => resultsOf(origin, query, store),
    failedAgain: (origin) => failedAgain(origin, { ...parts, priorityOf }),
    withdrawn: (origin) => withdrawn(origin, parts),
  }
}
