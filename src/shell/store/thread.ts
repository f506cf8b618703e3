// One worker thread and the calls under way in it: questions with ids, answers or faults, a deadline for
// each. What is asked in one turn of the loop goes over together, because waking a thread costs more than most
// questions. It knows nothing of databases, and a thread that failed is never used again.

import { Worker } from 'node:worker_threads'
import { StoreError, errorOf } from './fault.ts'
import type { Fault } from './fault.ts'

/** One question of those that the thread gets together. */
export interface Call {
  readonly id: number
  readonly method: string
  readonly parameters: readonly unknown[]
}

/** One answer of those that it gives together: first of all, with id `READY`, that it is ready or why not; then one for each call. */
export type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly fault: Fault }

/** The id of the first answer. */
export const READY = 0

/** answers that are gone on with in one turn of the loop */
const SLICE = 32

/** Megabytes for what is new in the thread, three times one half of it: what a commit needs is gone with the commit. */
const LIMITS = { maxYoungGenerationSizeMb: 12 }

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: StoreError) => void
  /** runs from when it was sent: before that it waits for us, not for the thread */
  deadline?: NodeJS.Timeout
}

/** A thread that said it is ready. */
export class Thread {
  /** Resolves as soon as the thread is of no more use, with the reason. */
  readonly failed: Promise<StoreError>
  /** Resolves when it has ended and let go of all that it held. */
  readonly ended: Promise<void>
  readonly #worker: Worker
  readonly #deadlineMs: number
  readonly #pending = new Map<number, Pending>()
  #unsent: Call[] = []
  readonly #heard: Answer[] = []
  #tellFailed: (error: StoreError) => void = () => undefined
  #isFailed = false
  #lastId = READY

  private constructor(worker: Worker, deadlineMs: number) {
    this.#worker = worker
    this.#deadlineMs = deadlineMs
    this.failed = new Promise((resolve) => (this.#tellFailed = resolve))
    this.ended = new Promise((resolve) => worker.once('exit', () => resolve()))
    worker.on('message', (answers: readonly Answer[]) => this.#hear(answers))
    worker.once('error', (cause) =>
      this.#fail(new StoreError('store-lost', cause.message, { cause })),
    )
    worker.once('exit', (code) => this.#fail(new StoreError('store-lost', `Exit code ${code}.`)))
  }

  /**
   * Starts a script in a thread of its own and waits until it is ready, however long that takes: checking a
   * large database after a crash has no deadline.
   * @param deadlineMs after which one unanswered call makes the thread count as stuck
   * @returns the thread, and what it said when it was ready
   * @throws {StoreError} the fault it answered instead, or `store-lost`
   */
  static async start(
    script: URL,
    workerData: unknown,
    deadlineMs: number,
  ): Promise<{ readonly thread: Thread; readonly ready: unknown }> {
    const thread = new Thread(
      new Worker(script, { workerData, resourceLimits: LIMITS }),
      deadlineMs,
    )
    try {
      return { thread, ready: await thread.#answerTo(READY) }
    } catch (error) {
      await thread.terminate()
      throw error
    }
  }

  /** @throws {StoreError} the fault answered, or `store-timeout` | `store-lost` | `store-unavailable` */
  async call(method: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isFailed) throw new StoreError('store-unavailable')
    const id = ++this.#lastId
    if (this.#unsent.push({ id, method, parameters }) === 1) setImmediate(() => this.#send())
    return this.#answerTo(id)
  }

  /** Ends the thread, whatever it is doing; waits until it has ended. */
  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }

  #send(): void {
    const calls: readonly Call[] = this.#unsent
    this.#unsent = []
    if (this.#isFailed) return
    for (const { id, method } of calls) {
      const deadline = setTimeout(() => this.#expire(id, method), this.#deadlineMs)
      const call = this.#pending.get(id)
      if (call !== undefined) call.deadline = deadline
    }
    this.#worker.postMessage(calls)
  }

  #answerTo(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }))
  }

  /** Slice by slice: each answer goes on with a message, and nobody else has a turn before all of a slice have. */
  #hear(answers: readonly Answer[]): void {
    const isFirst = this.#heard.length === 0
    this.#heard.push(...answers)
    if (isFirst) this.#goOn()
  }

  #goOn(): void {
    for (const it of this.#heard.splice(0, SLICE)) this.#settle(it)
    if (this.#heard.length > 0) setImmediate(() => this.#goOn())
  }

  #settle(answer: Answer): void {
    const call = this.#pending.get(answer.id)
    clearTimeout(call?.deadline)
    this.#pending.delete(answer.id)
    if ('fault' in answer) call?.reject(errorOf(answer.fault))
    else call?.resolve(answer.value)
  }

  #expire(id: number, method: string): void {
    // When our own loop was blocked, the answer may lie there unread: one turn lets it in.
    setImmediate(() => {
      if (!this.#pending.has(id)) return
      this.#fail(new StoreError('store-timeout', `"${method}" took over ${this.#deadlineMs} ms.`))
      void this.terminate()
    })
  }

  #fail(error: StoreError): void {
    this.#isFailed = true
    this.#tellFailed(error)
    // What has been answered is answered.
    for (const it of this.#heard.splice(0)) this.#settle(it)
    for (const call of this.#pending.values()) {
      clearTimeout(call.deadline)
      call.reject(error)
    }
    this.#pending.clear()
  }
}
