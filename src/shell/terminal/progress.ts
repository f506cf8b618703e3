// How far a long run is: one line on standard error that is written over, only where a person watches.

import type { Terminal } from './terminal.ts'

/** Counts files. */
export interface Progress {
  readonly step: () => void
  /** takes the line away, so that something else can be written */
  readonly clear: () => void
}

/** runs that end before so many files need no progress */
const EVERY = 100
const CLEAR = '\r\u001b[K'

/** On a terminal that somebody watches; elsewhere it writes nothing. */
export function progressOn({ err, watched }: Terminal): Progress {
  if (!watched) return { step: () => undefined, clear: () => undefined }
  let done = 0
  let shown = false
  const step = () => {
    done += 1
    if (done % EVERY !== 0) return
    err(`${CLEAR}${done} files`)
    shown = true
  }
  const clear = () => {
    if (shown) err(CLEAR)
    shown = false
  }
  return { step, clear }
}
