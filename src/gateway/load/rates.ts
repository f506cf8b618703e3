// Requests a second, per party and of all together. Who is over his own rate takes nothing from that of all.

import { drawn, fullBucket } from './bucket.ts'
import type { Bucket } from './bucket.ts'
import type { LoadRules, Rate } from './rules.ts'

/** A request that comes too soon. */
export interface TooSoon {
  readonly why: 'party-rate' | 'rate'
  /** until there is room again */
  readonly waitMs: number
}

/** Counts requests. */
export interface Rates {
  /** Takes a place in the second; undefined = there was one. @param own rate of the party, where it has one of its own */
  readonly take: (party: string, own: Rate | undefined) => TooSoon | undefined
}

/** @param nowMs milliseconds since some moment */
export function ratesOn(rules: () => LoadRules, nowMs: () => number): Rates {
  const byParty = new Map<string, Bucket>()
  let all: Bucket | undefined
  return {
    take: (party, own) => {
      const { rate, partyRate } = rules()
      const now = nowMs()
      const limit = own ?? partyRate
      const mine = drawn(byParty.get(party) ?? fullBucket(limit, now), limit, now)
      if (mine.waitMs > 0) return { why: 'party-rate', waitMs: mine.waitMs }
      const whole = drawn(all ?? fullBucket(rate, now), rate, now)
      if (whole.waitMs > 0) return { why: 'rate', waitMs: whole.waitMs }
      byParty.set(party, mine.bucket)
      all = whole.bucket
      return undefined
    },
  }
}
