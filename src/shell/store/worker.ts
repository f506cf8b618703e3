// The database thread: opens what it was given, then does the calls one after the other. After a fault
// of the disk it ends, because what the engine then has in memory is not to be trusted.

import { parentPort, workerData } from 'node:worker_threads'
import { openEmbedded, openTransient } from './sqlite/open.ts'
import type { Embedded } from './sqlite/open.ts'
import type { Engine } from './engine.ts'
import { faultOf } from './fault.ts'
import type { StoreFaultCode } from './fault.ts'
import { packedOutcome, unpackedUnit } from './packed.ts'
import type { PackedOutcome, PackedUnit } from './packed.ts'
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
const HARMLESS: ReadonlySet<StoreFaultCode> = new Set([
  'store-full',
  'store-refused',
  'store-text-damaged',
])
/** A damaged page leaves the others readable; only writing beside it must not go on. */
const HARMLESS_READING: ReadonlySet<StoreFaultCode> = new Set([...HARMLESS, 'store-damaged'])

const WRITING: ReadonlySet<string> = new Set<keyof Engine>([
  'commit',
  'owners',
  'identities',
  'missed',
  'claim',
  'release',
  'forgetSlice',
])

const port = parentPort
if (!port) throw new Error('This module is the script of a worker thread.')
const { folder, mustExist } = workerData as WorkerData

const send = (answers: readonly Answer[]) => port.postMessage(answers)

try {
  const open = folder === undefined ? openTransient() : openEmbedded(folder, mustExist)
  const embedded = await open
  serve(embedded)
  send([{ id: READY, value: embedded.opened }])
} catch (error) {
  send([{ id: READY, fault: faultOf(error) }])
}

function serve(embedded: Embedded): void {
  let goesOn = Promise.resolve(true)
  port?.on('message', (calls: readonly Call[]) => {
    // Calls that had arrived before the end are left without an answer: they meet the exit instead.
    goesOn = goesOn.then((yes) => yes && answerEach(embedded, calls))
  })
}

/** @returns whether more calls may follow */
async function answerEach(embedded: Embedded, calls: readonly Call[]): Promise<boolean> {
  let unsent: Answer[] = []
  const flush = () => {
    if (unsent.length > 0) send(unsent)
    unsent = []
  }
  for (const call of calls) {
    // Whoever only reads does not wait for the disk.
    if (WRITING.has(call.method)) flush()
    const it = await answer(embedded, call)
    unsent.push(it)
    if (endsWith(call, it)) {
      flush()
      return end()
    }
  }
  flush()
  return true
}

async function answer(embedded: Embedded, { id, method, parameters }: Call): Promise<Answer> {
  try {
    return { id, value: await perform(embedded, method, parameters) }
  } catch (error) {
    return { id, fault: faultOf(error) }
  }
}

function endsWith({ method }: Call, it: Answer): boolean {
  if (!('fault' in it)) return method === 'close'
  const harmless = WRITING.has(method) ? HARMLESS : HARMLESS_READING
  return !harmless.has(it.fault.code)
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
  if (method === 'commit') return committed(engine, parameters[0] as readonly PackedUnit[])
  const methods = engine as unknown as Record<string, (...given: readonly unknown[]) => unknown>
  return methods[method]?.(...parameters)
}

async function committed(
  { commit }: Engine,
  units: readonly PackedUnit[],
): Promise<readonly PackedOutcome[]> {
  return (await commit(units.map(unpackedUnit))).map(packedOutcome)
}
