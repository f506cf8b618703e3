// The timers of a served gateway.

import type { Timers } from '../gateway/peer.ts'

/** For what is to be done, however long that takes. */
export const TIMERS: Timers = {
  after(ms, run) {
    // A longer wait than Node can count is looked at again in between.
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
}

/** For what keeps no process alive. */
export const IDLE_TIMERS: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
}
