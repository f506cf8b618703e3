// What has become of a message is noted until it is kept: while the store fails, whoever has sent it is the only one who
// knows, and without it the message would be sent once more when its lease has run out.

import type { Timers } from '../peer.ts'
import type { Log, Store } from '../ports.ts'

/** milliseconds between two tries */
const AGAIN_MS = 500

/** Faults of a store that waiting mends, whether anything is written by then or not: what is there already is `late`. */
const PASSING: ReadonlySet<string> = new Set(
  ['busy', 'full', 'io', 'lost', 'timeout', 'unavailable'].map((it) => `store-${it}`),
)

/** @param over ends the waiting @returns `commit`, which rejects only when waiting is of no use, or over */
export function noting(
  commit: Store['commit'],
  { timers, log }: { readonly timers: Timers; readonly log: Log },
  over: AbortSignal,
): Store['commit'] {
  return async (unit) => {
    for (let isTold = false; ; isTold = true) {
      try {
        return await commit(unit)
      } catch (err) {
        if (over.aborted || !PASSING.has((err as { readonly code?: string }).code ?? '')) throw err
        const leg = unit.steps?.[0]?.leg
        if (!isTold)
          log.warn({ err, leg }, 'what became of a message cannot be kept yet; it is tried again')
      }
      await pause(timers, over)
    }
  }
}

function pause(timers: Timers, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      over.removeEventListener('abort', go)
      cancel()
      resolve()
    }
    const cancel = timers.after(AGAIN_MS, go)
    over.addEventListener('abort', go)
  })
}
