// Results in larger pieces: a write for each file costs as much as judging it. Nothing is held back for longer than a
// person would notice, and what is said on standard error stays behind the results that it follows.

import type { Terminal } from './terminal.ts'

/** A terminal that gathers what is written to standard output. */
export interface Gathered extends Terminal {
  /** Writes what is left. */
  readonly flush: () => void
}

/** UTF-16 units after which is written, and milliseconds */
const MOST_UNITS = 64 * 1024
const LONGEST_MS = 50

/** @param now milliseconds of any clock that runs on */
export function gathered(terminal: Terminal, now = Date.now): Gathered {
  let text = ''
  let since = 0
  const flush = () => {
    if (text !== '') terminal.out(text)
    text = ''
  }
  const out = (it: string) => {
    if (text === '') {
      since = now()
      // Whoever waits, for standard input or another thread, lets others see what there is.
      setImmediate(flush)
    }
    text += it
    if (text.length >= MOST_UNITS || now() - since > LONGEST_MS) flush()
  }
  const err = (it: string) => {
    flush()
    terminal.err(it)
  }
  return { ...terminal, out, err, flush }
}
