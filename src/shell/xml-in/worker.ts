// The worker thread of pool.ts: reads the schema folders once, then judges one document after the other.

import { parentPort, workerData } from 'node:worker_threads'
import { catalogueOf } from '../../schema/catalogue.ts'
import { schemasOf } from '../../schema/schemas.ts'
import { lastingFacts } from './xsd-facts.ts'
import { readSchemas } from './xsd-read.ts'
import { engineMemory, engineTrapped, loadEngine } from './engine.ts'
import { checkSamples, checkSchema } from './check-schema.ts'
import { judgeDocument } from './judge.ts'
import type { Judgement } from './judgement.ts'
import type { Job, WorkerInput, WorkerMessage } from './pool.ts'
import { parseXml } from './parse-xml.ts'
import { validatorsOf } from './validators.ts'

/** octets of engine memory, which never shrinks, above which a fresh worker is cheaper to keep */
const WORN_BYTES = 256 * 1024 * 1024

/** a page of WebAssembly memory */
const PAGE_BYTES = 64 * 1024

/** what is used of the global that the types of Node leave out */
const { WebAssembly: WEB_ASSEMBLY } = globalThis as unknown as {
  readonly WebAssembly: { readonly Memory: { readonly prototype: EngineMemory } }
}

interface EngineMemory {
  readonly buffer: ArrayBufferLike
  grow: (this: EngineMemory, pages: number) => number
}

const { folders, choice, heapMb, hopeless } = workerData as WorkerInput
capEngineMemory(heapMb * 1024 * 1024)
await loadEngine()
const { files } = await readSchemas(folders, parseXml, lastingFacts())
const schemas = schemasOf(catalogueOf(files, choice))
const validators = validatorsOf(schemas, {
  hopeless,
  onCompile: (schema) => say({ kind: 'at', at: schema }),
})

parentPort?.on('message', (job: Job) => {
  const judgement = judgementOf(job)
  const worn = engineTrapped() || engineMemory().byteLength > WORN_BYTES
  say({ kind: 'done', answer: judgement, worn })
})

function judgementOf({ bytes, options, check, sample }: Job): Judgement {
  if (check !== undefined) return checkSchema(check, schemas, validators)
  if (sample !== undefined) return checkSamples(sample, schemas)
  return judgeDocument(bytes, schemas, validators, options)
}

function say(it: WorkerMessage): void {
  parentPort?.postMessage(it)
}

/** `resourceLimits` leave WebAssembly out: the engine's memory is capped where it grows, and it then reports that there is none left. */
function capEngineMemory(most: number): void {
  const memory = WEB_ASSEMBLY.Memory.prototype
  const { grow } = memory
  memory.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE_BYTES > most)
      throw new RangeError(`the XML engine needs more than ${most} octets`)
    return grow.call(this, pages)
  }
}
