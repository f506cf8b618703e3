// For tests only: a clock that goes on when nothing is left to do, from one timer to the next, so that days of retries
// pass in a moment.

import type { Timers } from '../peer.ts'
import type { Clock } from '../ports.ts'

/** Time that passes as fast as the work allows. */
export interface VirtualTime {
  readonly clock: Clock
  readonly timers: Timers
  /** Goes on to the next timer. False when there is none. */
  readonly step: () => boolean
  /** milliseconds since the beginning */
  readonly passed: () => number
}

const START = Date.parse('2026-07-14T08:00:00.000Z')

/** Begins on 2026-07-14. */
export function virtualTime(): VirtualTime {
  let now = START
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    clock: () => new Date(now).toISOString(),
    timers: {
      after(ms, run) {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((it) => it !== timer)
        }
      },
    },
    step() {
      const next = timers.reduce<(typeof timers)[number] | undefined>(
        (first, it) => (first === undefined || it.at < first.at ? it : first),
        undefined,
      )
      if (next === undefined) return false
      timers = timers.filter((it) => it !== next)
      now = Math.max(now, next.at)
      next.run()
      return true
    },
    passed: () => now - START,
  }
}
