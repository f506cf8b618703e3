// Judging from outside: small messages under shipped schemas inline, all others in a worker thread with a
// deadline, so that no document and no foreign schema can hold up the server.

import { Worker } from 'node:worker_threads'
import type { Element } from '../../envelope/element.ts'
import type { Finding } from '../../envelope/finding.ts'
import type { Limits } from '../../envelope/limits.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { SchemaFolder } from '../xsd-read.ts'
import { judgeDocument } from './judge.ts'
import type { JudgeOptions, Judgement } from './judge.ts'
import { failureFinding, open } from './open.ts'
import { validatorsOf } from './subjects.ts'

export { convertible } from './judge.ts'
export type { JudgeOptions, Judgement } from './judge.ts'

/** Judges documents. */
export interface XmlIn {
  readonly judge: (bytes: Uint8Array, options?: JudgeOptions) => Promise<Judgement>
  /** the same at once and on this thread, for what we wrote ourselves */
  readonly judgeInline: (bytes: Uint8Array, options?: JudgeOptions) => Judgement
  readonly close: () => Promise<void>
}

export interface XmlInOptions {
  /** octets up to which a message is judged inline under shipped schemas; measured: a worker does not pay below */
  readonly inlineBytes?: number
  /** milliseconds after which a worker is given up */
  readonly deadlineMs?: number
  /** megabytes of JavaScript heap of the worker */
  readonly heapMb?: number
}

const INLINE_BYTES = 64 * 1024
const DEADLINE_MS = 30_000
const HEAP_MB = 512

/** @param folders the same that `schemas` was read from; the worker reads them again */
export function openXmlIn(
  schemas: SchemaSet,
  folders: readonly SchemaFolder[],
  options: XmlInOptions = {},
): XmlIn {
  const validators = validatorsOf(schemas)
  const foreign = folders.some((it) => !it.shipped)
  const worker = workerOf(folders, options)
  const judgeInline = (bytes: Uint8Array, how: JudgeOptions = {}) =>
    judgeDocument(bytes, schemas, validators, how)
  const judge = async (bytes: Uint8Array, how: JudgeOptions = {}): Promise<Judgement> => {
    const limits = how.limits ?? LIMITS
    const inline =
      bytes.length > limits.bodyBytes ||
      (!foreign && bytes.length <= (options.inlineBytes ?? INLINE_BYTES))
    return inline ? judgeInline(bytes, how) : worker.judge(bytes, how)
  }
  const close = async () => {
    validators.dispose()
    await worker.close()
  }
  return { judge, judgeInline, close }
}

/** Parses a schema file with the same guard as a message. */
export function parseXml(
  bytes: Uint8Array,
  limits: Limits = SCHEMA_LIMITS,
): Element | { readonly reason: string } {
  const opened = open(bytes, limits)
  if ('findings' in opened) return { reason: opened.findings.map((it) => it.message).join(' ') }
  opened.parsed.document.dispose()
  return opened.root
}

/** A schema may have more attributes and levels than a message. */
const SCHEMA_LIMITS: Limits = { ...LIMITS, depth: 128, namespaces: 128 }

interface Job {
  readonly resolve: (judgement: Judgement) => void
  readonly timer: NodeJS.Timeout
}

/** One worker, started when first needed and replaced when it traps or overruns its deadline. */
function workerOf(folders: readonly SchemaFolder[], options: XmlInOptions) {
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS
  let worker: Worker | undefined
  let last = 0
  const jobs = new Map<number, Job>()

  function start(): Worker {
    const made = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { folders },
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb ?? HEAP_MB },
    })
    made.on('message', (it: { id: number; judgement: Judgement }) => settle(it.id, it.judgement))
    made.on('error', (error) => abandon(made, error.message))
    made.on('exit', () => abandon(made, 'the worker ended'))
    made.unref()
    return made
  }

  function settle(id: number, judgement: Judgement): void {
    const job = jobs.get(id)
    jobs.delete(id)
    if (job === undefined) return
    clearTimeout(job.timer)
    job.resolve(judgement)
    if (jobs.size === 0) worker?.unref()
  }

  /** Everything that waits for a dead worker gets "could not decide", never a verdict. */
  function abandon(dead: Worker, reason: string): void {
    if (worker !== dead) return
    worker = undefined
    void dead.terminate()
    for (const id of [...jobs.keys()]) settle(id, undecided(reason))
  }

  function judge(bytes: Uint8Array, how: JudgeOptions): Promise<Judgement> {
    worker ??= start()
    const mine = worker
    mine.ref()
    last += 1
    const id = last
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => abandon(mine, `no decision within ${deadlineMs} ms`),
        deadlineMs,
      )
      jobs.set(id, { resolve, timer })
      mine.postMessage({ id, bytes, options: how })
    })
  }

  const close = async () => {
    const open = worker
    worker = undefined
    await open?.terminate()
  }
  return { judge, close }
}

function undecided(reason: string): Judgement {
  const findings: readonly Finding[] = [failureFinding(reason)]
  return {
    verdict: 'engine-error',
    findings,
    noun: null,
    verb: null,
    schema: null,
    root: null,
    messageID: null,
    correlationID: null,
    soap: null,
  }
}
