// Tells listeners what became durable, in seq order and without a gap: from the answers to commits, and
// after a fault, when an answer was lost, from the database.

import type { Log, SequencedEvent } from '../../gateway/ports.ts'
import type { Engine } from './engine.ts'

/** Events read at once when catching up. */
const CATCH_UP = 1_000

type Listener = (events: readonly SequencedEvent[]) => void

/** The listeners of a store, and how far they have been told. */
export class Feed {
  readonly #listeners = new Set<Listener>()
  readonly #log: Log
  #told: number | undefined
  #following: Promise<void> = Promise.resolve()

  constructor(log: Log) {
    this.#log = log
  }

  /** @returns how to stop */
  listen(listener: Listener): () => void {
    // A function of its own, so that one listener may be added twice and stopped once.
    const own: Listener = (events) => listener(events)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /** Tells events that just became durable; they follow those told before. */
  tell(events: readonly SequencedEvent[]): void {
    const last = events.at(-1)
    if (!last) return
    this.#told = last.seq
    for (const listener of this.#listeners) this.#tellOne(listener, events)
  }

  /** Before the first commit on a database just opened: tells what a lost answer kept back. */
  async catchUp({ events, horizon }: Pick<Engine, 'events' | 'horizon'>): Promise<void> {
    this.#told ??= (await horizon()).last
    for (;;) {
      const missed = await events(this.#told, CATCH_UP)
      if (missed.length === 0) return
      this.tell(missed)
    }
  }

  /**
   * After another server has taken the place of the first: what that has lost is told, and what comes next is told from where
   * it goes on.
   */
  async notAhead({ horizon }: Pick<Engine, 'horizon'>): Promise<void> {
    const told = this.#told ?? 0
    const { last } = await horizon()
    if (last >= told) return
    this.#log.error(
      { told, last, lost: told - last },
      'The database has lost events that it had acknowledged, and what they tell of: compare with what partners have sent since, and have them send it again.',
    )
    this.#told = last
  }

  /**
   * Tells what follows without a gap, for a feed that others append to as well: what is missing before `events`, or
   * behind what has been told, is read. One after the other.
   * @throws {StoreError} when it cannot be read; it is told later
   */
  async follow(
    engine: Pick<Engine, 'events' | 'horizon'>,
    events: readonly SequencedEvent[] = [],
  ): Promise<void> {
    const following = this.#following.then(() => this.#follow(engine, events))
    this.#following = following.catch(() => undefined)
    return following
  }

  async #follow(
    engine: Pick<Engine, 'events' | 'horizon'>,
    events: readonly SequencedEvent[],
  ): Promise<void> {
    const told = this.#told
    const fresh = events.filter(({ seq }) => told === undefined || seq > told)
    if (events.length > 0 && fresh.length === 0) return
    if (fresh.length > 0 && fresh[0]?.seq === (told ?? -1) + 1) this.tell(fresh)
    else await this.catchUp(engine)
  }

  #tellOne(listener: Listener, events: readonly SequencedEvent[]): void {
    try {
      listener(events)
    } catch (error) {
      this.#log.error({ error: String(error) }, 'A listener of the status feed failed.')
    }
  }
}
