// A circuit breaker for each party: after so many failures in a row nothing is sent for a while, then one message is let
// through. Pure: what it knows is handed in and out. What is a failure, evidence.ts says.

import type { Evidence } from './evidence.ts'

/** What is known of one party. */
export interface Circuit {
  readonly state: 'closed' | 'open' | 'half-open'
  /** failures in a row */
  readonly failures: number
  /** milliseconds since 1970 at which it is tried again; 0 while it is closed */
  readonly until: number
  /** those whose failures have been counted, each once */
  readonly keys: readonly string[]
}

/** Nothing has failed. */
export const CLOSED: Circuit = { state: 'closed', failures: 0, until: 0, keys: [] }

/** When it opens, and for how long: the pause doubles with each probe that fails. */
export const BREAKER = { failures: 5, pauseMs: 10_000, longestPauseMs: 600_000 } as const

/** Nothing has failed, and it is asked for its health all the same: what is to come is long. One failure opens it. */
export const DOUBTED: Circuit = {
  state: 'half-open',
  failures: BREAKER.failures - 1,
  until: 0,
  keys: [],
}

/**
 * After a try.
 * @param key what keeps its order with the message: a message that fails again and again fails alone
 * @param now milliseconds since 1970
 */
export function after(circuit: Circuit, evidence: Evidence, key: string, now: number): Circuit {
  if (evidence === 'none') return circuit
  if (evidence === 'alive') return CLOSED
  if (evidence === 'ails' && circuit.state === 'closed' && circuit.keys.includes(key))
    return circuit
  const failures = circuit.failures + 1
  const keys = circuit.state === 'closed' ? [...circuit.keys, key] : circuit.keys
  if (failures < BREAKER.failures) return { state: 'closed', failures, until: 0, keys }
  const pause = Math.min(
    BREAKER.pauseMs * 2 ** Math.min(failures - BREAKER.failures, 20),
    BREAKER.longestPauseMs,
  )
  return { state: 'open', failures, until: now + pause, keys }
}

/** As it is now: an open one lets one message through when its pause is over. */
export function at(circuit: Circuit, now: number): Circuit {
  return circuit.state === 'open' && now >= circuit.until
    ? { ...circuit, state: 'half-open' }
    : circuit
}
