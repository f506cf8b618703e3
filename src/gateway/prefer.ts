// The Prefer header (RFC 7240): whether the caller wants to wait for what is done elsewhere, and how long.

/** What a caller prefers; what it does not say is absent. */
export interface Preference {
  /** answered at once with 202 (RFC 7240 §4.1) */
  readonly isAsync: boolean
  /** milliseconds that it would wait (§4.3) */
  readonly waitMs?: number
}

/** seconds that nobody waits longer than */
const LONGEST_WAIT = 300

/** @param header as received; several values are joined by commas */
export function preferenceIn(header: string | undefined): Preference {
  const words = (header ?? '').split(',').map((it) => it.split(';')[0]?.trim() ?? '')
  const isAsync = words.some((it) => it.toLowerCase() === 'respond-async')
  // The first one counts (§2).
  const wait = words.map((it) => /^wait\s*=\s*"?(\d{1,9})"?$/i.exec(it)?.[1]).find((it) => it)
  if (wait === undefined) return { isAsync }
  return { isAsync, waitMs: Math.min(Number(wait), LONGEST_WAIT) * 1000 }
}

/** What was heeded, for Preference-Applied (§3); empty when nothing was. */
export function appliedOf({ isAsync, waitMs }: Preference): string {
  const all = [
    ...(isAsync ? ['respond-async'] : []),
    ...(waitMs === undefined ? [] : [`wait=${waitMs / 1000}`]),
  ]
  return all.join(', ')
}
