// A bucket of tokens: filled evenly over time up to its burst; each request takes one. Pure.

import type { Rate } from './rules.ts'

/** How full it was, and when. */
export interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** What asking for one token comes to. */
export interface Drawn {
  /** 0 = it was there, and is taken; else milliseconds until there is one, and nothing is taken */
  readonly waitMs: number
  readonly bucket: Bucket
}

/** One that nobody has taken from. */
export function fullBucket({ burst }: Rate, nowMs: number): Bucket {
  return { tokens: burst, atMs: nowMs }
}

/** what sums of fractions may be off by */
const TINY = 1e-6

/** Takes a token where there is one. A clock that goes back fills nothing and empties nothing. */
export function drawn(bucket: Bucket, { perSecond, burst }: Rate, nowMs: number): Drawn {
  if (perSecond === 0) return { waitMs: 0, bucket }
  const passedMs = Math.max(0, nowMs - bucket.atMs)
  const tokens = Math.min(burst, bucket.tokens + (passedMs * perSecond) / 1_000)
  const atMs = Math.max(nowMs, bucket.atMs)
  if (tokens >= 1 - TINY) return { waitMs: 0, bucket: { tokens: Math.max(0, tokens - 1), atMs } }
  const waitMs = Math.ceil(((1 - tokens) * 1_000) / perSecond - TINY)
  return { waitMs, bucket: { tokens, atMs } }
}
