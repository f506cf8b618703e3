// For tests only: the time of a run as server that nobody has to wait for. It goes on as soon as nothing else does.

import type { Bell } from './bell.ts'

/** A bell, and what makes its time go by. */
export interface VirtualBell extends Bell {
  /** lets time go by until the game is over. @param isBusy something is still being judged, which takes no time here */
  readonly run: (over: Promise<unknown>, isBusy: () => boolean) => Promise<void>
}

/** At its beginning. */
export function openVirtualBell(): VirtualBell {
  let now = 0
  let due: { readonly at: number; readonly wake: () => void }[] = []
  const waiting = new Set<() => void>()
  const start = (ms: number, wake: () => void) => void due.push({ at: now + ms, wake })
  const ring = () => {
    const woken = [...waiting]
    waiting.clear()
    for (const wake of woken) wake()
  }
  const next = () => {
    const first = due.reduce((one, it) => (it.at < one.at ? it : one), due[0]!)
    due = due.filter((it) => it !== first)
    now = Math.max(now, first.at)
    first.wake()
  }
  return {
    ...{ now: () => now, ring, end: () => void (due = []) },
    ringIn: (ms) => start(ms + 1, ring),
    later: (ms) => new Promise((done) => start(ms, done)),
    until: async (isSo) => {
      while (!isSo()) await new Promise<void>((wake) => waiting.add(wake))
    },
    run: async (over, isBusy) => {
      let isOver = false
      void over.then(() => (isOver = true))
      // Whatever is no judging goes on in microtasks, all of which have been done by the next turn.
      for (;;) {
        await new Promise((turn) => setImmediate(turn))
        if (isOver) return
        if (!isBusy() && due.length > 0) next()
      }
    },
  }
}
