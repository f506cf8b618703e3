// For tests alone: ends the process as kill -9 would, at a named point of the store's work. Without CIMGATE_CRASH_AT in the
// environment nothing happens.

import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { FilePoint } from '../../gateway/files/transfer.ts'

/**
 * Where the process can be ended: `CIMGATE_CRASH_AT=<point>:<n>`, the n-th time that it is reached. The last three are
 * those of sending: a lane is leased and nothing sent, sent and not noted, noted.
 */
export const CRASH_POINTS = [
  'before-transaction',
  'in-transaction',
  'before-commit',
  'during-commit',
  'after-commit',
  'before-response',
  'after-response',
  'before-checkpoint',
  'during-checkpoint',
  'after-checkpoint',
  'in-migration',
  'after-migration',
  'before-send',
  'after-send',
  'after-mark',
] as const

/** The same on the way of a file: see gateway/files/transfer.ts. */
export const FILE_POINTS = [
  'file-copied',
  'file-listed',
  'file-validated',
  'file-delivering',
  'file-collection',
  'file-delivered',
  'file-renamed',
  'file-reported',
] as const satisfies readonly FilePoint[]

export type StorePoint = (typeof CRASH_POINTS)[number]
export type CrashPoint = StorePoint | FilePoint

const [WANTED = '', COUNT = '1'] = (process.env['CIMGATE_CRASH_AT'] ?? '').split(':')
/** Only then is anything counted. */
export const isCrashWanted = WANTED !== ''
let left = Number(COUNT)

/** Ends the process here when that is wanted. */
export function crashAt(point: CrashPoint): void {
  if (isDue(point)) end()
}

/** Ends the process when an answer that is given now has left it. */
export async function crashAfter(point: CrashPoint): Promise<void> {
  if (!isDue(point)) return
  await sleep(SENT_MS)
  end()
}

/** Ends the process while what follows is under way: another thread does it. */
export function crashDuring(point: CrashPoint): void {
  if (killer === undefined || !isDue(point)) return
  Atomics.store(killer, 0, 1)
  Atomics.notify(killer, 0)
}

/** milliseconds in which an answer reaches a client on the same machine */
const SENT_MS = 20

const killer = WANTED.startsWith('during-') ? startKiller() : undefined

function startKiller(): Int32Array {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  new Worker(new URL('./crash-thread.js', import.meta.url), { workerData: signal }).unref()
  return signal
}

function isDue(point: CrashPoint): boolean {
  return point === WANTED && (left -= 1) === 0
}

function end(): void {
  process.kill(process.pid, 'SIGKILL')
  // Nothing more is to happen in this thread until the signal is there.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
