// Who waits for the answer of another party: requests under way in this process. After a restart nobody does, and the
// answer waits for the sender to ask again.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Validated } from '../ports.ts'
import type { Answer, Received } from '../received.ts'

/** A message that another party is asked about. */
export interface Pending {
  readonly received: Received
  readonly validated: Validated
  readonly message: JsonObject
}

interface Waiter extends Pending {
  readonly resolve: (answer: Answer) => void
}

/** Those who wait, by the leg on which they came. */
export class Waiting {
  readonly #waiters = new Map<string, Waiter>()

  /** Resolves with the answer when there is one. */
  wait(leg: string, pending: Pending): Promise<Answer> {
    return new Promise((resolve) => this.#waiters.set(leg, { ...pending, resolve }))
  }

  /** Legs whose answer somebody waits for, or will ask for. */
  legs(): readonly string[] {
    return [...this.#waiters.keys()]
  }

  /** Legs of an exchange on which somebody waits. */
  legsOf(exchangeId: string): readonly string[] {
    return [...this.#waiters].flatMap(([leg, { received }]) =>
      received.exchangeId === exchangeId ? [leg] : [],
    )
  }

  pending(leg: string): Pending | undefined {
    return this.#waiters.get(leg)
  }

  /** Whoever waits has it; nobody else is asked again. */
  answer(leg: string, answer: Answer): void {
    this.#waiters.get(leg)?.resolve(answer)
    this.#waiters.delete(leg)
  }

  /** Whoever waits has something to go on with; what is answered in the end is still put in the form of its request. */
  release(leg: string, answer: Answer): void {
    this.#waiters.get(leg)?.resolve(answer)
  }

  forget(leg: string): void {
    this.#waiters.delete(leg)
  }
}
