// That this node is there, for the others on the same database: a connection of its own, on which it hears them, and whose
// locks end with it; and a word again and again. Looks whether others are gone, and whether it is this node's turn to look
// after what is due by the clock.

import type { Address } from './address.ts'
import { openLine, withPooled } from './connection.ts'
import type { Ask, Line, Pool, Writing } from './connection.ts'
import type { Fence, Patience } from './fence.ts'
import {
  endSilent,
  forgetOld,
  freeSilent,
  giveTurn,
  live,
  sayGone,
  sayHere,
  takeTurn,
} from './nodes.ts'

/** Between two words that this node is there. */
const HERE_MS = 1_000
/** Every so many of them what is old is forgotten. */
const FORGET_EVERY = 60

/** Of a process, whatever becomes of its connections. */
export interface Neighbour {
  /** of this process, and of no other */
  readonly node: string
  /** whose leases are ours: grows with those who claim */
  readonly holders: Set<string>
  readonly patience: Patience
  readonly fence: Fence
  /** Something may be due that this process has not done. */
  readonly due: () => void
  /** Whether this node wants to look after what is due by the clock, and is told that it is to. */
  readonly turn: { readonly isWanted: () => boolean; readonly told: (isOurs: boolean) => void }
}

/** What it stands on. */
export interface PresenceParts extends Neighbour {
  readonly address: Address
  readonly writing: Writing
  readonly pool: Pool
  /** Others have written something. */
  readonly said: () => void
}

/** From when the database was found fit until it is not to be reached any more. */
export class Presence {
  readonly #parts: PresenceParts
  #line: Line | undefined
  #joining: Promise<void> | undefined
  #joinedAt = Infinity
  #saying: NodeJS.Timeout | undefined
  #words = 0
  #isOurTurn = false
  #isSaying = false
  #isLooking = false
  #isOver = false

  constructor(parts: PresenceParts) {
    this.#parts = parts
  }

  begin(): void {
    const { silentMs } = this.#parts.patience
    this.#saying = setInterval(() => void this.#say(), Math.min(HERE_MS, silentMs / 20))
    void this.#say()
  }

  /** Nobody is to take a holder for gone because it has never been seen. */
  async known(holder: string): Promise<void> {
    const { holders, pool } = this.#parts
    if (holders.has(holder)) return
    await this.join()
    await withPooled(pool, (ask) => sayHere(ask, [holder]))
    holders.add(holder)
    if (this.#line !== undefined) await live(this.#line.ask, [holder])
  }

  /** Has the connection there, as far as it can be had. */
  join(): Promise<void> {
    if (this.#line !== undefined || this.#isOver) return Promise.resolve()
    this.#joining ??= this.#join().finally(() => (this.#joining = undefined))
    return this.#joining
  }

  /** Says goodbye, where that can be said. */
  async leave(): Promise<void> {
    this.#isOver = true
    clearInterval(this.#saying)
    const { pool, holders } = this.#parts
    // Then its silence tells.
    await withPooled(pool, (ask) => sayGone(ask, holders)).catch(() => undefined)
    await this.cut()
  }

  async cut(): Promise<void> {
    this.#isOver = true
    clearInterval(this.#saying)
    const line = this.#line
    this.#left()
    await line?.end()
  }

  async #join(): Promise<void> {
    const { address, writing, node, holders, fence, said } = this.#parts
    const line = await openLine(address, writing.channel, (word) => {
      if (word === undefined) this.#left()
      else if (word !== node) said()
    }).catch(() => undefined)
    if (line === undefined) return
    try {
      await live(line.ask, holders)
    } catch {
      return void (await line.end())
    }
    if (this.#isOver || line.isOver()) return void (await line.end())
    this.#line = line
    this.#joinedAt = performance.now()
    fence.joined(true)
  }

  /** The locks have gone with it. */
  #left(): void {
    this.#line = undefined
    this.#joinedAt = Infinity
    this.#parts.fence.joined(false)
    this.#tell(false)
  }

  #tell(isOurs: boolean): void {
    if (this.#isOurTurn === isOurs) return
    this.#isOurTurn = isOurs
    this.#parts.turn.told(isOurs)
  }

  /** On the connection that is there for it: all others may wait for a lock. */
  async #say(): Promise<void> {
    if (this.#isOver || this.#isSaying) return
    this.#isSaying = true
    try {
      await this.join()
      const line = this.#line
      if (line === undefined) return
      const { holders, fence } = this.#parts
      const askedAt = performance.now()
      await sayHere(line.ask, holders)
      fence.heard(askedAt)
      await this.#takeTurn(line)
      void this.#lookAround()
    } catch {
      // The next word comes soon.
    } finally {
      this.#isSaying = false
    }
  }

  async #takeTurn(line: Line): Promise<void> {
    const { turn, writing } = this.#parts
    if (turn.isWanted() === this.#isOurTurn) return
    if (turn.isWanted()) {
      if ((await takeTurn(line.ask, writing)) && this.#line === line) this.#tell(true)
    } else {
      this.#tell(false)
      await giveTurn(line.ask, writing)
    }
  }

  /** Whether others are gone. */
  async #lookAround(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const { pool, due } = this.#parts
    const isFreed = await withPooled(pool, (ask) => this.#looked(ask)).catch(() => false)
    this.#isLooking = false
    if (isFreed) due()
  }

  /** @returns true when something may be due that was others' */
  async #looked(ask: Ask): Promise<boolean> {
    const { writing, patience } = this.#parts
    if ((this.#words += 1) % FORGET_EVERY === 1) await forgetOld(ask)
    await endSilent(ask, patience)
    // When the server was away all connections have ended: others have as long to come back as this one has had.
    if (performance.now() - this.#joinedAt < patience.goneMs) return false
    return freeSilent(ask, writing, patience)
  }
}
