// Messages whose time passes while they wait: told as soon as it has, wherever they stand: behind one that has failed,
// before a try that is hours away, or at a party that is spared.

import type { Claimed, Ledger, Leg } from '../ledger.ts'
import type { Log } from '../ports.ts'
import type { Outcome } from './outcome.ts'
import type { Verdict } from './verdict.ts'

/** messages that expire at once */
const AT_ONCE = 100

/** A message that is not sent any more, because it would come too late. */
export function expiryOf({ notAfter }: Leg): {
  readonly verdict: Verdict
  readonly outcome: Outcome
} {
  const reason = `Its time has passed (${notAfter}), so it is not sent any more.`
  return {
    verdict: {
      kind: 'refused',
      outcome: 'technical',
      code: 'peer-unreachable',
      rule: 'EXPIRED',
      reason,
    },
    outcome: { to: 'EXPIRED', reason },
  }
}

/** What ends without a try. */
export type Waited = Pick<Claimed, 'leg' | 'attempts'>

/** What looking needs. */
interface ExpiryParts {
  readonly store: Pick<Ledger, 'expired' | 'leg' | 'attempts'>
  readonly log: Log
}

/** @param end keeps the end of one @returns true when more may have expired */
export async function expireDue(
  { store, log }: ExpiryParts,
  now: string,
  end: (it: Waited) => Promise<void>,
): Promise<boolean> {
  const ids = await store.expired(now, AT_ONCE)
  let ended = 0
  for (const id of ids)
    try {
      const leg = await store.leg(id)
      if (leg !== undefined) await end({ leg, attempts: (await store.attempts(id)).length })
      ended += 1
    } catch (err) {
      // The others are sent all the same.
      log.error({ err, leg: id }, 'that the time of a message has passed could not be kept')
    }
  return ended === AT_ONCE
}
