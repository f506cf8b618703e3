// What ends a server: a signal, or the end of the npm that started it. npm does not pass a signal on when it is
// itself ended by one, and what it started would live on unseen, with the port and the folder in its hands.

import { setTimeout as sleep } from 'node:timers/promises'

const PARENT_MS = 250

/** Waits until the server is to end. @returns why, for people */
export async function stopped(): Promise<string> {
  const signals = ['SIGTERM', 'SIGINT'] as const
  const signal = new Promise<string>((done) =>
    signals.forEach((name) => process.once(name, () => done(name))),
  )
  return process.env['npm_lifecycle_event'] === 'start'
    ? Promise.race([signal, parentGone()])
    : signal
}

/** Runs on each SIGHUP, which ends the process else. @returns how to stop that */
export function onHangup(run: () => void): () => void {
  process.on('SIGHUP', run)
  return () => void process.off('SIGHUP', run)
}

/** A process whose parent has ended gets another one. */
async function parentGone(): Promise<string> {
  const parent = process.ppid
  while (process.ppid === parent) await sleep(PARENT_MS, undefined, { ref: false })
  return 'npm has ended'
}
