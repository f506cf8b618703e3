// Of which nouns there is anything, in memory: what is not there is not asked for, because the way to the database costs more
// than the question. Counted from what has been committed, and anew whenever the database is opened.

import type { Store, Unit } from '../../gateway/ports.ts'
import type { Outcome } from './commit.ts'
import type { Engine } from './engine.ts'

/** How much there is, by noun. */
export interface Counts {
  readonly objects: Readonly<Record<string, number>>
  /** nouns of which something is known that has gone */
  readonly gone: readonly string[]
}

type Asked = Pick<Store, 'objects' | 'nouns' | 'gone' | 'identities' | 'page'>

/** What the database holds. */
export class Kept {
  #objects = new Map<string, number>()
  #gone = new Set<string>()

  /** Begins with what was found on opening. */
  begin({ objects, gone }: Counts): void {
    this.#objects = new Map(Object.entries(objects))
    this.#gone = new Set(gone)
  }

  /** Before anybody is told that a group is committed. */
  note(units: readonly Unit[], outcomes: readonly Outcome[]): void {
    for (const [at, { puts, removals }] of units.entries()) {
      if (outcomes[at]?.kind !== 'committed') continue
      for (const { noun, expect } of puts) if (expect === 0) this.#add(noun, 1)
      for (const { noun, revision } of removals) {
        this.#add(noun, -1)
        // It may be forgotten some day; until the next opening it is asked for in vain then.
        if (revision !== undefined) this.#gone.add(noun)
      }
    }
  }

  /** Of which there are objects. */
  nouns(): ReadonlySet<string> {
    return new Set(this.#objects.keys())
  }

  #add(noun: string, change: number): void {
    const count = (this.#objects.get(noun) ?? 0) + change
    if (count > 0) this.#objects.set(noun, count)
    else this.#objects.delete(noun)
  }

  /** The questions about nouns, which reach the database only where there may be an answer. */
  asking({ objects, gone, identities, page }: Pick<Engine, Exclude<keyof Asked, 'nouns'>>): Asked {
    const has = (noun: string) => this.#objects.has(noun)
    return {
      nouns: async () => this.nouns(),
      objects: async (noun, ids, names) => (has(noun) ? objects(noun, ids, names) : []),
      gone: async (noun, ids) => (this.#gone.has(noun) ? gone(noun, ids) : []),
      identities: async (noun) => (has(noun) ? identities(noun) : []),
      page: async (noun, query) => (has(noun) ? page(noun, query) : { objects: [], next: null }),
    }
  }
}
