// What has become of a message is noted until it is kept: while the store fails, whoever has sent it is the only one who
// knows, and without it the message would be sent once more when its lease has run out.

import type { Timers } from '../peer.ts'
import type { Log } from '../ports.ts'

/** milliseconds between two tries */
const AGAIN_MS = 500

/** Faults of a store that waiting mends, whether anything is written by then or not: what is there already is `late`. */
const PASSING: ReadonlySet<string> = new Set(
  ['busy', 'full', 'io', 'lost', 'timeout', 'unavailable'].map((it) => `store-${it}`),
)

/** Asks the store about a leg, until it answers. Rejects only when waiting is of no use, or over. */
export type Note = <T>(leg: string, ask: () => Promise<T>) => Promise<T>

/** @param over ends the waiting */
export function noting(
  { timers, log }: { readonly timers: Timers; readonly log: Pick<Log, 'warn'> },
  over: AbortSignal,
): Note {
  return async (leg, ask) => {
    for (let isTold = false; ; isTold = true) {
      try {
        return await ask()
      } catch (err) {
        if (over.aborted || !isPassing(err)) throw err
        if (!isTold)
          log.warn({ err, leg }, 'what became of a message cannot be kept yet; it is tried again')
      }
      await pause(timers, over)
    }
  }
}

/** True for a fault of the store that waiting mends, also where it is told as one of the gateway. */
export function isPassing(err: unknown): boolean {
  const { code, cause } = (err ?? {}) as { readonly code?: unknown; readonly cause?: unknown }
  return PASSING.has(String(code)) || (cause !== undefined && isPassing(cause))
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
