// When a try that has failed is repeated: waits that grow, each drawn by lot up to its limit, so that many messages that
// failed together do not come back together.

import type { RetryPlan } from '../parties/party.ts'
import type { Random } from '../peer.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000] as const

/** Limits of the waits, in milliseconds. */
export const RETRY: RetryPlan = {
  delaysMs: [
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    8 * HOUR,
    24 * HOUR,
  ],
}

/** A peer that asks for more is asked again after this. */
const LONGEST_WISH_MS = 24 * HOUR

/**
 * Milliseconds until the next try; undefined when all have been made.
 * @param tries that have been made, at least one
 * @param wish milliseconds that the peer asks for (Retry-After): waited at least
 */
export function waitAfter(
  tries: number,
  { delaysMs }: RetryPlan,
  random: Random,
  wish = 0,
): number | undefined {
  const limit = delaysMs[tries - 1]
  if (limit === undefined) return undefined
  const drawn = Math.floor(random() * limit)
  return Math.max(drawn, Math.min(wish, LONGEST_WISH_MS))
}
