// One worker thread that judges, one document at a time, under a deadline and a memory cap. It is started when
// first needed and replaced when it dies, hangs or has grown fat; what waits meanwhile is judged by its successor.

import { Worker } from 'node:worker_threads'
import type { EditionChoice } from '../../schema/catalogue.ts'
import type { SchemaFolder } from './xsd-read.ts'
import { undecided, undecidedBySchema } from './judgement.ts'
import type { JudgeOptions, Judgement } from './judgement.ts'

/** What the worker may cost. */
export interface PoolOptions {
  /** edition by noun, as the schemas outside were catalogued with */
  readonly choice: EditionChoice
  /** milliseconds for one document, the worker's start included where it has to be started */
  readonly deadlineMs: number
  /** megabytes of JavaScript heap of the worker, and as many again for the XML engine */
  readonly heapMb: number
}

/** Judges documents one after the other, elsewhere. */
export interface Pool {
  /** Takes the bytes away from the caller. Never rejects: what cannot be decided has the verdict `engine-error`. */
  readonly judge: (bytes: Uint8Array, options: JudgeOptions) => Promise<Judgement>
  /** Compiles a schema for the engine and as a model. @returns why that cannot be done; undefined when it can */
  readonly check: (location: string) => Promise<string | undefined>
  /** Settles everything that still waits. */
  readonly close: () => Promise<void>
}

/** What a worker is started with. */
export interface WorkerInput {
  readonly folders: readonly SchemaFolder[]
  readonly choice: EditionChoice
  readonly heapMb: number
  /** locations of schemas that killed a worker, with the reason */
  readonly hopeless: ReadonlyMap<string, string>
}

/** What a worker is sent. */
export interface Job {
  readonly bytes: Uint8Array
  /** location of a schema that is to be checked, in place of a document */
  readonly check?: string
  readonly options: JudgeOptions
}

/** What a worker says. */
export type WorkerMessage =
  /** undefined: the compilation has ended */
  | { readonly kind: 'compiling'; readonly schema: CompilingSchema | undefined }
  /** `worn`: it has trapped or grown, and wants to be replaced */
  | { readonly kind: 'judged'; readonly judgement: Judgement; readonly worn: boolean }

/** A schema as a worker names it. */
export interface CompilingSchema {
  readonly location: string
  readonly path: string
}

interface Waiting extends Job {
  readonly resolve: (judgement: Judgement) => void
}

interface Running extends Waiting {
  readonly worker: Worker
  readonly timer: NodeJS.Timeout
  /** the schema that is being compiled for it */
  compiling: CompilingSchema | undefined
}

/** @param folders of the schemas; the worker reads them itself */
export function poolOf(folders: readonly SchemaFolder[], options: PoolOptions): Pool {
  const hopeless = new Map<string, string>()
  const waiting: Waiting[] = []
  let worker: Worker | undefined
  let running: Running | undefined
  let isClosed = false

  function judge(bytes: Uint8Array, how: JudgeOptions): Promise<Judgement> {
    return asked({ bytes, options: how })
  }

  function asked(job: Job): Promise<Judgement> {
    if (isClosed) return Promise.resolve(undecided(CLOSED))
    return new Promise((resolve) => {
      waiting.push({ ...job, resolve })
      next()
    })
  }

  async function check(location: string): Promise<string | undefined> {
    const { findings } = await asked({ bytes: new Uint8Array(0), options: {}, check: location })
    return findings[0]?.found
  }

  function next(): void {
    const job = running === undefined ? waiting.shift() : undefined
    if (job === undefined) return
    const mine = (worker ??= start())
    const timer = setTimeout(
      () => replace(mine, `no decision within ${options.deadlineMs} ms`),
      options.deadlineMs,
    )
    running = { ...job, worker: mine, timer, compiling: undefined }
    const { resolve: _resolve, ...sent } = job
    mine.postMessage(sent, [job.bytes.buffer as ArrayBuffer])
  }

  function start(): Worker {
    const { choice, heapMb } = options
    const input: WorkerInput = { folders, choice, heapMb, hopeless }
    const made = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    made.on('message', (it: WorkerMessage) => hear(made, it))
    made.on('error', (error) => replace(made, error.message))
    made.on('exit', () => replace(made, 'the worker ended'))
    // The timer of the running job keeps the process alive, an idle worker does not.
    made.unref()
    return made
  }

  function hear(from: Worker, it: WorkerMessage): void {
    if (running?.worker !== from) return
    if (it.kind === 'compiling') running.compiling = it.schema
    else {
      if (it.worn) retire(from)
      settle(it.judgement)
    }
  }

  function retire(worn: Worker): void {
    if (worker === worn) worker = undefined
    void worn.terminate()
  }

  /** A worker that is given up takes its document along, and never another one. */
  function replace(dead: Worker, reason: string): void {
    retire(dead)
    if (running?.worker !== dead) return
    const { compiling } = running
    if (compiling === undefined) return settle(undecided(reason))
    const blamed = `the schema ${compiling.path} does not compile: ${reason}`
    hopeless.set(compiling.location, blamed)
    settle(undecidedBySchema(blamed))
  }

  function settle(judgement: Judgement): void {
    const job = running
    running = undefined
    clearTimeout(job?.timer)
    job?.resolve(judgement)
    next()
  }

  async function close(): Promise<void> {
    isClosed = true
    for (const it of waiting.splice(0)) it.resolve(undecided(CLOSED))
    const last = worker
    worker = undefined
    settle(undecided(CLOSED))
    await last?.terminate()
  }

  return { judge, check, close }
}

const CLOSED = 'judging has been closed'
