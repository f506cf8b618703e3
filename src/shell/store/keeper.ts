// Keeps a database thread, or the connections to a server, at hand: when they fail, calls are refused at once until the next ones are ready. Nothing
// waits for what may never come, so nothing piles up.

import type { Log } from '../../gateway/ports.ts'
import { StoreError, faultOf } from './fault.ts'

/** What answers calls until it fails. */
export interface Answering {
  /** Resolves as soon as it is of no more use, with the reason. */
  readonly failed: Promise<StoreError>
  /** Resolves when it has ended and let go of all that it held. */
  readonly ended: Promise<void>
  /** @throws {StoreError} the fault answered, or that there is no answer */
  call(method: string, parameters: readonly unknown[]): Promise<unknown>
}

/** Between two attempts to start what does not come up: soon at first, then once a second. */
const RETRY_MS = [100, 200, 400, 1_000]

/** What a keeper is made of. */
export interface KeeperOptions {
  /** Makes a thread that is fit for use; called again after each failure. */
  start(): Promise<Answering>
  /** false where a new thread would have forgotten what the old one knew */
  readonly replace: boolean
  readonly log: Log
}

/** A thread that is replaced when it fails. */
export class Keeper {
  readonly #options: KeeperOptions
  #current: Answering | undefined
  #starting: Promise<void> | undefined
  #retry: NodeJS.Timeout | undefined
  #isClosed = false
  #failures = 0

  private constructor(options: KeeperOptions) {
    this.#options = options
  }

  /**
   * Starts the first thread.
   * @throws what `start` throws, this first time only
   */
  static async open(options: KeeperOptions): Promise<Keeper> {
    const keeper = new Keeper(options)
    keeper.#use(await options.start())
    return keeper
  }

  /** @throws {StoreError} as {@link Answering.call}, or `store-closed` */
  async call(method: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed) throw new StoreError('store-closed')
    if (!this.#current) throw new StoreError('store-unavailable')
    return this.#current.call(method, parameters)
  }

  /** Ends the thread by a last call to its method `close`; a thread that is stuck is not waited for. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#retry)
    await this.#starting
    const last = this.#current
    if (!last) return
    try {
      await last.call('close', [])
      await last.ended
    } catch (error) {
      this.#options.log.error({ ...faultOf(error) }, 'The database was not closed cleanly.')
    }
  }

  #use(thread: Answering): void {
    this.#current = thread
    this.#failures = 0
    void thread.failed.then((error) => {
      this.#current = undefined
      if (this.#isClosed) return
      this.#options.log.error({ ...faultOf(error) }, 'The database failed.')
      // Only its end frees the lock that the next one needs.
      if (this.#options.replace) void thread.ended.then(() => this.#replace())
    })
  }

  #replace(): void {
    if (this.#isClosed) return
    this.#starting = this.#options.start().then(
      (thread) => this.#use(thread),
      (error: unknown) => this.#postpone(error),
    )
  }

  #postpone(error: unknown): void {
    const { log } = this.#options
    // Checking a damaged database again and again mends nothing and keeps the disk busy.
    if (error instanceof StoreError && error.code === 'store-damaged')
      return log.error({ ...faultOf(error) }, 'The database has to be restored, then start again.')
    log.error({ ...faultOf(error) }, 'The database could not be reopened; trying again.')
    if (this.#isClosed) return
    const waitMs = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)]
    this.#failures += 1
    this.#retry = setTimeout(() => this.#replace(), waitMs)
  }
}
