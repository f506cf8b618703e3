// An outcome that is known, and from which what follows could not be kept: whose fault that is, and what is left to do.

import type { ErrorCode } from '../../envelope/errors.ts'
import type { Leg } from '../ledger.ts'
import type { Committed } from '../ports.ts'
import type { Outcome } from './outcome.ts'
import type { Verdict } from './verdict.ts'

/** a fault of ours, never shown as the party's */
export const UNKEPT: ErrorCode = 'internal'

/** What stands against a unit however often it is decided anew. */
export class Standing extends Error {
  constructor(last: Committed | undefined) {
    super(
      last?.kind === 'stale'
        ? `${last.noun} ${last.id} has changed each time, or has what would have to be another's.`
        : 'Others change it without a pause.',
    )
  }
}

/** What is still to be tried is; all else waits for a person. */
export function unkept(leg: Leg, verdict: Verdict, outcome: Outcome, err: unknown): Outcome {
  if (outcome.to === 'FAILED') return outcome
  const mend = 'Mend that, and drive it again: under its MessageID nothing is done twice.'
  const reason = `${saidBy(leg, verdict)} What follows from that could not be kept here: ${messageOf(err)} ${mend}`
  return { to: 'PARKED', reason: reason.replaceAll(UNKEEPABLE, '\ufffd') }
}

/** What was thrown, in words. */
export function messageOf(err: unknown): string {
  return err instanceof Error ? err.message : String(err)
}

/** no text of a store */
const UNKEEPABLE = /[\0\p{Surrogate}]/gu

/** What is known of a leg all the same. */
export function saidBy({ party }: Pick<Leg, 'party'>, { kind, outcome, reason }: Verdict): string {
  if (kind === 'done') return `${party} has carried it out.`
  if (kind === 'received') return `${party} has received it.`
  if (kind === 'refused' && outcome === 'business')
    return `${party} has refused it: ${reason}`.trim()
  return reason
}
