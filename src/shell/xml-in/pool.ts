// The thread that judges: what it is asked, and whom it blames when it is given up.

import { Worker } from 'node:worker_threads'
import type { EditionChoice } from '../../schema/catalogue.ts'
import type { SchemaFolder } from './xsd-read.ts'
import { undecided, undecidedBySchema } from './judgement.ts'
import type { JudgeOptions, Judgement } from './judgement.ts'
import { threadOf } from './thread.ts'
import type { Said } from './thread.ts'

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
  /** Tries to make samples of the nouns of a schema. @returns why there can be none, one sentence each, without a stop */
  readonly trySamples: (location: string) => Promise<readonly string[]>
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
  /** location of a schema of whose nouns samples are to be made, in place of a document */
  readonly sample?: string
  readonly options: JudgeOptions
}

/** What a worker says: the schema that it compiles; a judgement. */
export type WorkerMessage = Said<CompilingSchema, Judgement>

/** A schema as a worker names it. */
export interface CompilingSchema {
  readonly location: string
  readonly path: string
}

/** @param folders of the schemas; the worker reads them itself */
export function poolOf(folders: readonly SchemaFolder[], options: PoolOptions): Pool {
  const hopeless = new Map<string, string>()
  const { ask, close } = threadOf<CompilingSchema, Job, Judgement>({
    start,
    deadlineMs: options.deadlineMs,
    renewed: false,
    lost,
  })

  function judge(bytes: Uint8Array, how: JudgeOptions): Promise<Judgement> {
    return ask({ bytes, options: how }, [bytes.buffer as ArrayBuffer])
  }

  async function check(location: string): Promise<string | undefined> {
    const { findings } = await ask({ ...NOTHING, check: location })
    return findings[0]?.found
  }

  async function trySamples(location: string): Promise<readonly string[]> {
    const { findings } = await ask({ ...NOTHING, sample: location })
    return findings.map((it) => it.found)
  }

  function start(): Worker {
    const { choice, heapMb } = options
    const input: WorkerInput = { folders, choice, heapMb, hopeless }
    return new Worker(new URL('./worker.js', import.meta.url), {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
  }

  function lost(reason: string, compiling: CompilingSchema | undefined): Judgement {
    if (compiling === undefined) return undecided(reason)
    const blamed = `the schema ${compiling.path} does not compile: ${reason}`
    hopeless.set(compiling.location, blamed)
    return undecidedBySchema(blamed)
  }

  return { judge, check, trySamples, close }
}

const NOTHING = { bytes: new Uint8Array(0), options: {} } as const
