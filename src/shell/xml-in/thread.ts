// One worker thread that does one job after the other, each under a deadline. It is started when first needed and replaced
// when it dies, hangs or is worn; what waits meanwhile is done by its successor.

import type { Worker } from 'node:worker_threads'

/** What a worker says. */
export type Said<At, Answer> =
  /** what it is at from now on; undefined: nothing that could be to blame */
  | { readonly kind: 'at'; readonly at: At | undefined }
  /** `worn`: it has trapped or grown, and wants to be replaced */
  | { readonly kind: 'done'; readonly answer: Answer; readonly worn: boolean }

/** How a thread works. */
export interface ThreadOptions<At, Answer> {
  readonly start: () => Worker
  /** milliseconds for one job, the worker's start included where it has to be started */
  readonly deadlineMs: number
  /** true: whenever the worker is at something else, the deadline begins anew */
  readonly renewed: boolean
  /** What a job comes to whose worker is given up. @param at what it was at */
  readonly lost: (reason: string, at: At | undefined) => Answer
}

/** Does jobs elsewhere. */
export interface Thread<Job, Answer> {
  /** Never rejects. */
  readonly ask: (job: Job, transfer?: readonly ArrayBuffer[]) => Promise<Answer>
  /** jobs that nobody has begun */
  readonly waiting: () => number
  /** Settles everything that still waits. */
  readonly close: () => Promise<void>
}

interface Waiting<Job, Answer> {
  readonly job: Job
  readonly transfer: readonly ArrayBuffer[]
  readonly resolve: (answer: Answer) => void
}

interface Running<At, Job, Answer> extends Waiting<Job, Answer> {
  readonly worker: Worker
  readonly timer: NodeJS.Timeout
  at: At | undefined
}

/** A thread that is started with its first job, and anew where one has run into its deadline or has failed. */
export function threadOf<At, Job, Answer>({
  start,
  deadlineMs,
  renewed,
  lost,
}: ThreadOptions<At, Answer>): Thread<Job, Answer> {
  const waiting: Waiting<Job, Answer>[] = []
  let worker: Worker | undefined
  let running: Running<At, Job, Answer> | undefined
  let isClosed = false

  function ask(job: Job, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (isClosed) return Promise.resolve(lost(CLOSED, undefined))
    return new Promise((resolve) => {
      waiting.push({ job, transfer, resolve })
      next()
    })
  }

  function next(): void {
    const one = running === undefined ? waiting.shift() : undefined
    if (one === undefined) return
    const mine = (worker ??= begun())
    const timer = setTimeout(() => replace(mine, `no decision within ${deadlineMs} ms`), deadlineMs)
    running = { ...one, worker: mine, timer, at: undefined }
    mine.postMessage(one.job, one.transfer)
  }

  function begun(): Worker {
    const made = start()
    made.on('message', (it: Said<At, Answer>) => hear(made, it))
    made.on('error', (error) => replace(made, error.message))
    made.on('exit', () => replace(made, 'the worker ended'))
    // The timer of the running job keeps the process alive, an idle worker does not.
    made.unref()
    return made
  }

  function hear(from: Worker, it: Said<At, Answer>): void {
    if (running?.worker !== from) return
    if (it.kind === 'at') {
      running.at = it.at
      if (renewed) running.timer.refresh()
      return
    }
    if (it.worn) retire(from)
    settle(it.answer)
  }

  function retire(worn: Worker): void {
    if (worker === worn) worker = undefined
    void worn.terminate()
  }

  /** A worker that is given up takes its job along, and never another one. */
  function replace(dead: Worker, reason: string): void {
    retire(dead)
    if (running?.worker === dead) settle(lost(reason, running.at))
  }

  function settle(answer: Answer): void {
    const done = running
    running = undefined
    clearTimeout(done?.timer)
    done?.resolve(answer)
    next()
  }

  async function close(): Promise<void> {
    isClosed = true
    for (const it of waiting.splice(0)) it.resolve(lost(CLOSED, undefined))
    const last = worker
    worker = undefined
    settle(lost(CLOSED, undefined))
    await last?.terminate()
  }

  return { ask, waiting: () => waiting.length, close }
}

const CLOSED = 'judging has been closed'
