// The database thread: opens what it was given, then does the calls one after the other. After a fault
// of the disk it ends, because what the engine then has in memory is not to be trusted.

import { parentPort, workerData } from 'node:worker_threads'
import { openEmbedded, openTransient } from './embedded.ts'
import type { Embedded } from './embedded.ts'
import type { Engine } from './engine.ts'
import { faultOf } from './fault.ts'
import type { StoreFaultCode } from './fault.ts'
import { READY } from './thread.ts'
import type { Answer, Call } from './thread.ts'

/** What the thread is started with. */
export interface WorkerData {
  /** data folder; absent = a database in memory */
  readonly folder?: string
  /** true on reopening: a folder that is gone meanwhile shall not become a new, empty store */
  readonly mustExist: boolean
}

/** Faults after which this thread goes on: the engine has undone the work and is as it was before. */
const HARMLESS: ReadonlySet<StoreFaultCode> = new Set(['store-full', 'store-refused'])
/** A damaged page leaves the others readable; only writing beside it must not go on. */
const HARMLESS_READING: ReadonlySet<StoreFaultCode> = new Set([...HARMLESS, 'store-damaged'])

const WRITING: ReadonlySet<string> = new Set<keyof Engine>([
  'commit',
  'claim',
  'release',
  'keepConfiguration',
  'forgetSlice',
])

const port = parentPort
if (!port) throw new Error('This module is the script of a worker thread.')
const { folder, mustExist } = workerData as WorkerData

const send = (answer: Answer) => port.postMessage(answer)

try {
  const open = folder === undefined ? openTransient() : openEmbedded(folder, mustExist)
  const embedded = await open
  serve(embedded)
  send({ id: READY, value: embedded.opened })
} catch (error) {
  send({ id: READY, fault: faultOf(error) })
}

function serve(embedded: Embedded): void {
  let goesOn = Promise.resolve(true)
  port?.on('message', (call: Call) => {
    // Calls that had arrived before the end are left without an answer: they meet the exit instead.
    goesOn = goesOn.then((yes) => yes && answer(embedded, call))
  })
}

/** @returns whether another call may follow */
async function answer(embedded: Embedded, { id, method, parameters }: Call): Promise<boolean> {
  try {
    send({ id, value: await perform(embedded, method, parameters) })
    return method !== 'close' || end()
  } catch (error) {
    const fault = faultOf(error)
    send({ id, fault })
    const harmless = WRITING.has(method) ? HARMLESS : HARMLESS_READING
    return harmless.has(fault.code) || end()
  }
}

function end(): false {
  port?.close()
  return false
}

async function perform(
  { engine, close }: Embedded,
  method: string,
  parameters: readonly unknown[],
): Promise<unknown> {
  if (method === 'close') return close()
  const methods = engine as unknown as Record<string, (...given: readonly unknown[]) => unknown>
  return methods[method]?.(...parameters)
}
