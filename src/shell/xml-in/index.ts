// Judging from outside: small messages under shipped schemas inline, all others in a worker thread with a
// deadline, so that no document and no foreign schema can hold up the server.

import { LIMITS } from '../../envelope/limits.ts'
import type { Documents } from '../../gateway/route.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { SchemaFolder } from './xsd-read.ts'
import { engineTrapped, isEngineLoaded, loadEngine } from './engine.ts'
import { judgeByEngine, judgeDocument, judgeQuickly } from './judge.ts'
import { undecided } from './judgement.ts'
import type { JudgeOptions, Judgement } from './judgement.ts'
import type { Pool, PoolOptions } from './pool.ts'
import { Elsewhere, importedIn, validatorsOf } from './validators.ts'

export { loadEngine } from './engine.ts'
export { convertible } from './judgement.ts'
export type { JudgeOptions, Judgement } from './judgement.ts'
export { parseXml } from './parse-xml.ts'

/** Judges documents. */
export interface XmlIn {
  /** Never rejects, whatever the bytes; they stay the caller's. */
  readonly judge: (bytes: Uint8Array, options?: JudgeOptions) => Promise<Judgement>
  /** the same at once and on this thread, without a deadline: for what we wrote ourselves, once the engine is loaded */
  readonly judgeInline: (bytes: Uint8Array, options?: JudgeOptions) => Judgement
  /** the same for a document that takes shipped schemas alone; undefined when an imported one, or an engine that is not loaded yet, would have to judge it */
  readonly judgeShipped: (bytes: Uint8Array, options?: JudgeOptions) => Judgement | undefined
  /** Tries a schema file out, in the worker. @returns why it cannot be used; undefined when it can */
  readonly check: (location: string) => Promise<string | undefined>
  /** Tries to make samples of the nouns of a schema, in the worker. @returns why there can be none, one sentence each, without a stop */
  readonly trySamples: (location: string) => Promise<readonly string[]>
  /** where documents are made; undefined where the shipped schemas are all that there are, which takes no other place */
  readonly documents: Documents | undefined
  /** Whatever is still being judged ends as undecided. */
  readonly close: () => Promise<void>
}

/** Where judging takes place, and what it may cost. */
export interface XmlInOptions extends Partial<PoolOptions> {
  /** octets up to which a message is judged inline under shipped schemas; measured: a worker does not pay below */
  readonly inlineBytes?: number
}

const INLINE_BYTES = 64 * 1024
/** octets of what we wrote ourselves: to copy so much to a worker and back costs as much as to judge what is plain */
const HERE_BYTES = 1024 * 1024
const DEADLINE_MS = 30_000
const HEAP_MB = 512

/** @param folders the same that `schemas` was read from; the worker reads them again */
export function openXmlIn(
  schemas: SchemaSet,
  folders: readonly SchemaFolder[],
  {
    inlineBytes = INLINE_BYTES,
    deadlineMs = DEADLINE_MS,
    heapMb = HEAP_MB,
    choice = {},
  }: XmlInOptions = {},
): XmlIn {
  const validators = validatorsOf(schemas)
  const pool = lazyPool(folders, { choice, deadlineMs, heapMb })
  const describer = lazyDescriber(folders, { choice, deadlineMs, heapMb })
  const isForeign = folders.some((it) => !it.shipped)
  const own = isForeign ? validatorsOf(schemas, { elsewhere: importedIn(schemas) }) : validators
  const isInline = (bytes: Uint8Array, { limits = LIMITS, here = false }: JudgeOptions) =>
    bytes.length > limits.bodyBytes ||
    (!engineTrapped() &&
      bytes.length <= (here ? HERE_BYTES : inlineBytes) &&
      !mayBeCompressed(bytes))
  const judgeInline = (bytes: Uint8Array, how: JudgeOptions = {}) =>
    judgeDocument(bytes, schemas, validators, how)
  const judgeShipped = (bytes: Uint8Array, how: JudgeOptions = {}) =>
    unlessElsewhere(() => judgeQuickly(bytes, schemas, own, how) ?? judgeLoaded(bytes, how))
  const judgeLoaded = (bytes: Uint8Array, how: JudgeOptions) =>
    isEngineLoaded() ? judgeByEngine(bytes, schemas, own, how) : undefined
  const judge: XmlIn['judge'] = async (bytes, how = {}) => {
    if (!isInline(bytes, how)) return pool.judge(bytes, how)
    const judged = judgeShipped(bytes, how)
    if (judged !== undefined) return judged
    if (isEngineLoaded()) return pool.judge(bytes, how)
    // At once: the caller may go on to use them.
    const copy = new Uint8Array(bytes)
    await loadEngine()
    return unlessElsewhere(() => judgeLoaded(copy, how)) ?? pool.judge(copy, how)
  }
  const documents = isForeign ? describer : undefined
  const close = async () => {
    validators.dispose()
    own.dispose()
    await Promise.all([pool.close(), describer.close()])
  }
  return {
    judge,
    judgeInline,
    judgeShipped,
    check: pool.check,
    trySamples: pool.trySamples,
    documents,
    close,
  }
}

function unlessElsewhere<T>(judge: () => T): T | undefined {
  try {
    return judge()
  } catch (error) {
    if (error instanceof Elsewhere) return undefined
    throw error
  }
}

/** Most commands never need a worker, and are spared what belongs to it. */
function lazyPool(folders: readonly SchemaFolder[], options: PoolOptions): Pool {
  let pool: Promise<Pool> | undefined
  let isClosed = false
  const opened = () => (pool ??= import('./pool.ts').then(({ poolOf }) => poolOf(folders, options)))
  return {
    async judge(bytes, how) {
      if (isClosed) return undecided('judging has been closed')
      // At once: the caller may go on to use them, and the worker takes its own away.
      const copy = new Uint8Array(bytes)
      return (await opened()).judge(copy, how)
    },
    async check(location) {
      return (await opened()).check(location)
    },
    async trySamples(location) {
      return (await opened()).trySamples(location)
    },
    async close() {
      isClosed = true
      await (await pool)?.close()
    },
  }
}

/** The same for documents, which fewer commands need. */
function lazyDescriber(folders: readonly SchemaFolder[], options: PoolOptions) {
  let opened: Promise<Documents & { readonly close: () => Promise<void> }> | undefined
  const open = () =>
    (opened ??= import('./describer.ts').then(({ describerOf }) => describerOf(folders, options)))
  const answer: Documents['answer'] = async (...all) => (await open()).answer(...all)
  return { answer, close: async () => (await opened)?.close() }
}

/** A small message may hold a large one; its element name cannot be hidden, in UTF-16 it has a zero between its letters. */
function mayBeCompressed(bytes: Uint8Array): boolean {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return MARKS.some((it) => octets.includes(it))
}

const MARKS: readonly Buffer[] = [
  Buffer.from('Compressed'),
  Buffer.from('Compressed', 'utf16le').subarray(0, -1),
]
