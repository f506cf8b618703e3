// Lengths of time as XML Schema writes them, in days and smaller: months and years are no fixed lengths.

import type { Json } from '../schema/json-text.ts'

const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

const [SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS] = [1_000, 60_000, 3_600_000, 86_400_000]

/** Milliseconds of `P1DT2H`; undefined for what is negative, has months or years, or is no duration. */
export function durationMs(it: Json | undefined): number | undefined {
  const parts = typeof it === 'string' ? PARTS.exec(it.trim()) : null
  if (parts === null || !/\d/.test(String(it))) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((one) => Number(one ?? 0))
  return days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS
}
