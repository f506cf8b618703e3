// When a node has to take itself for gone: before the others do. As long as the database has heard of it lately, what it has
// leased is its own; after that others may take it, and what it has under way is not to go on.

/** In milliseconds: after which the others take a node for gone. */
export interface Patience {
  /** one that says nothing, though its connection is there: a process that is stopped, a network that is cut */
  readonly silentMs: number
  /** one whose connection has ended: a process that is dead */
  readonly goneMs: number
}

/** As long as it takes to come back to a server that was started anew. */
const GONE_MS = 5_000
/** Longer than a server is away while another one takes its place. */
const SILENT_MS = 20_000
/** Of the patience of the others: the rest is what a word takes, and a timer that is late. */
const SHARE = 0.75

/** @param silentMs other than by default */
export function patienceOf(silentMs = SILENT_MS): Patience {
  return { silentMs, goneMs: Math.min(GONE_MS, silentMs / 2) }
}

/** Tells when others may take what is leased here. */
export class Fence {
  readonly #patience: Patience
  readonly #lost: () => void
  readonly #looking: NodeJS.Timeout
  #heardAt = performance.now()
  #isJoined = false
  #isLost = false

  /** @param lost called once for each silence */
  constructor(patience: Patience, lost: () => void) {
    this.#patience = patience
    this.#lost = lost
    this.#looking = setInterval(() => this.#look(), patience.goneMs / 20)
    this.#looking.unref()
  }

  /** The database has heard of this node. @param askedAt when that was asked of it, by `performance.now()` */
  heard(askedAt: number): void {
    this.#heardAt = Math.max(this.#heardAt, askedAt)
    this.#isLost = false
  }

  /** Whether the connection is there that tells the others that this process lives. */
  joined(isJoined: boolean): void {
    this.#isJoined = isJoined
  }

  end(): void {
    clearInterval(this.#looking)
  }

  #look(): void {
    const { silentMs, goneMs } = this.#patience
    const mostMs = SHARE * (this.#isJoined ? silentMs : goneMs)
    if (this.#isLost || performance.now() - this.#heardAt <= mostMs) return
    this.#isLost = true
    this.#lost()
  }
}
