// Waiting in tests: for a fact, never for a length of time.

import { setTimeout as sleep } from 'node:timers/promises'

/** milliseconds; only detects a hang, and says nothing about how quick anything has to be */
export const HANG_MS = 60_000

/** Waits for a fact; fails when it does not come about. */
export async function waitFor(fact: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const lateAt = performance.now() + HANG_MS
  while (!(await fact())) {
    if (performance.now() > lateAt) throw new Error(`waited in vain for ${what}`)
    await sleep(5)
  }
}
