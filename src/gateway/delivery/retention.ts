// Forgets by age what is over. How long it is kept is also how long a repeated message is known.

import type { Ledger } from '../ledger.ts'
import type { Timers } from '../peer.ts'
import type { Clock, Log } from '../ports.ts'
import { shifted } from './outcome.ts'

/** How long what is over is kept, in milliseconds. */
export interface Retention {
  readonly messagesMs: number
  readonly auditMs: number
}

/** milliseconds between two times of tidying up */
const EVERY_MS = 3_600_000

/** Tidies up until it is stopped. */
export function createRetention(parts: {
  readonly store: Pick<Ledger, 'forget'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly retention: () => Retention
}): {
  readonly tidy: () => Promise<void>
  /** Tidies up now and every hour, also when it was stopped before. */
  readonly begin: () => Promise<void>
  readonly stop: () => void
} {
  const { store, clock, timers, log } = parts
  let cancel: () => void = () => undefined
  let stopped = false

  async function tidy(): Promise<void> {
    const { messagesMs, auditMs } = parts.retention()
    const now = clock()
    const before = shifted(now, -messagesMs)
    try {
      const legs = await store.forget({
        legs: before,
        audit: shifted(now, -auditMs),
        events: before,
      })
      if (legs > 0) log.info({ legs, before }, 'what is over has been forgotten')
    } catch (err) {
      log.error({ err }, 'what is over could not be forgotten')
    }
    if (!stopped) cancel = timers.after(EVERY_MS, () => void tidy())
  }

  return {
    tidy,
    begin: () => {
      stopped = false
      cancel()
      return tidy()
    },
    stop: () => {
      stopped = true
      cancel()
    },
  }
}
