// The time of a run as server: whoever waits for something is woken when that may have come about.

/** Wakes who waits. */
export interface Bell {
  /** ms */
  readonly now: () => number
  /** resolves when it is so; asked anew each time that the bell rings */
  readonly until: (isSo: () => boolean) => Promise<void>
  /** something is different now */
  readonly ring: () => void
  /** rings once more, after so long */
  readonly ringIn: (ms: number) => void
  /** resolves after so long, or never where the run ends before */
  readonly later: (ms: number) => Promise<void>
  /** stops all that is still to come, so that the process can end */
  readonly end: () => void
}

/** With nobody waiting. */
export function openBell(): Bell {
  const timers = new Set<NodeJS.Timeout>()
  const waiting = new Set<() => void>()
  const start = (ms: number, wake: () => void) => void timers.add(setTimeout(wake, ms))
  const rung = () => new Promise<void>((wake) => waiting.add(wake))
  const ring = () => {
    const woken = [...waiting]
    waiting.clear()
    for (const wake of woken) wake()
  }
  return {
    ...{ now: () => Date.now(), ring },
    // A timer may be early by less than a millisecond.
    ringIn: (ms) => start(ms + 1, ring),
    later: (ms) => new Promise((done) => start(ms, done)),
    end: () => timers.forEach((it) => clearTimeout(it)),
    until: async (isSo) => {
      while (!isSo()) await rung()
    },
  }
}
