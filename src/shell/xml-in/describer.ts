// Documents made in a worker of their own: a schema with ten thousands of types takes seconds to be described, and neither
// the server nor the judging of messages waits for that. What has been made is kept, and so is what cannot be made.

import { Worker } from 'node:worker_threads'
import { CimError } from '../../envelope/errors.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import type { FacadeAnswer } from '../../gateway/facade/request.ts'
import type { Described, DocumentRequest, Documents } from '../../gateway/route.ts'
import type { CompilingSchema, PoolOptions } from './pool.ts'
import { threadOf } from './thread.ts'
import type { Said } from './thread.ts'
import type { SchemaFolder } from './xsd-read.ts'

/** What the worker is started with. */
export interface DescriberInput extends Described, Pick<PoolOptions, 'choice'> {
  readonly folders: readonly SchemaFolder[]
  /** schemas by location that are not to be described, with the reason */
  readonly hopeless: ReadonlyMap<string, string>
}

/** What the worker is sent. */
export interface DescriberJob {
  readonly id: string
  readonly request: DocumentRequest
}

/** What comes of it. */
export type Document =
  | { readonly answer: FacadeAnswer }
  | { readonly code: ErrorCode; readonly message: string }
  /** a schema has been given up meanwhile: without it there may be an answer */
  | { readonly again: true }

/** What the worker says: the schema that it works with; a document. */
export type DescriberMessage = Said<CompilingSchema, Document>

/** characters of all documents that are kept */
const MOST_KEPT = 64 * 1024 * 1024
/** documents that are asked for at the same time */
const MOST_WAITING = 100
/** schemas that are given up for one document */
const MOST_LOST = 3

/** @param options the deadline is that of one schema, and of the worker's start */
export function describerOf(
  folders: readonly SchemaFolder[],
  { choice, deadlineMs, heapMb }: PoolOptions,
  worker = new URL('./describe-worker.js', import.meta.url),
): Documents & { readonly close: () => Promise<void> } {
  const hopeless = new Map<string, string>()
  const kept = new Map<string, Promise<Document>>()
  let size = 0
  let about: () => Described
  const thread = threadOf<CompilingSchema, DescriberJob, Document>({
    start,
    deadlineMs,
    renewed: true,
    lost,
  })

  function start(): Worker {
    const workerData: DescriberInput = { ...about(), folders, choice, hopeless }
    return new Worker(worker, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
  }

  function lost(reason: string, at: CompilingSchema | undefined): Document {
    if (at === undefined) return { code: 'overloaded', message: `No document: ${reason}.` }
    hopeless.set(at.location, `${at.path}: The schema cannot be described: ${reason}`)
    return { again: true }
  }

  async function made(job: DescriberJob): Promise<Document> {
    for (let left = MOST_LOST; left >= 0; left -= 1) {
      const document = await thread.ask(job)
      if (!('again' in document)) return document
    }
    return { code: 'overloaded', message: 'Too many schemas cannot be described.' }
  }

  /** What failed for want of time may be made later; everything else stays as it is as long as the schemas do. */
  function keep(key: string, document: Document): void {
    size += 'answer' in document ? document.answer.rendered.text.length : 0
    if ('code' in document && document.code === 'overloaded') kept.delete(key)
    if (size <= MOST_KEPT) return
    kept.clear()
    size = 0
  }

  async function answer(id: string, request: DocumentRequest, described: () => Described) {
    about = described
    const key = JSON.stringify([id, request])
    const known = kept.get(key)
    if (known === undefined && thread.waiting() >= MOST_WAITING) throw new CimError('overloaded')
    const making = known ?? made({ id, request })
    kept.set(key, making)
    const document = await making
    if (known === undefined) keep(key, document)
    if ('answer' in document) return document.answer
    if ('code' in document) throw new CimError(document.code, document.message)
    throw new CimError('overloaded')
  }

  return { answer, close: thread.close }
}
