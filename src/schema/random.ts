// Choices that look random and are decided by a seed for ever: the same seed makes the same sample on every machine.
// Not for anything secret: whoever knows one number of the stream knows all others.

/** A stream of choices; every call moves it on. */
export interface Random {
  /** a whole number from 0 up to, and without, `limit` */
  readonly below: (limit: number) => number
  /** true in `likelihood` (0 to 1) of all cases */
  readonly chance: (likelihood: number) => boolean
  /** undefined for an empty list only */
  readonly pick: Choice
  readonly shuffled: <T>(list: readonly T[]) => readonly T[]
  /** a UUID of version 4 in lower case */
  readonly uuid: () => string
}

interface Choice {
  <T>(list: Filled<T>): T
  <T>(list: readonly T[]): T | undefined
}

/** A list that has one item at least. */
export type Filled<T> = readonly [T, ...T[]]

/**
 * The stream of a seed.
 * @param topic makes independent streams of one seed, so that one more choice here changes nothing there
 */
export function randomOf(seed: number, topic = ''): Random {
  const next = splitMix(hash(`${seed} ${topic}`))
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit)
  return {
    below,
    chance: (likelihood) => next() / 2 ** 32 < likelihood,
    // Which lists may be empty is said by the two signatures of `Choice`.
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    shuffled: (list) => shuffled(list, below),
    uuid: () => uuid(below),
  }
}

/** SplitMix with the finalizer of MurmurHash3: 32 bits of state, every value once in a period of 2^32. */
function splitMix(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    const first = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
    return (second ^ (second >>> 16)) >>> 0
  }
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let made = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    made = Math.imul(made ^ text.charCodeAt(at), 0x01000193)
  return made
}

/** Fisher and Yates, from the end. */
function shuffled<T>(list: readonly T[], below: (limit: number) => number): readonly T[] {
  const made = [...list]
  for (let last = made.length - 1; last > 0; last -= 1) {
    const at = below(last + 1)
    ;[made[last], made[at]] = [made[at] as T, made[last] as T]
  }
  return made
}

function uuid(below: (limit: number) => number): string {
  const digit = (it: string) => (it === 'y' ? 8 + below(4) : below(16)).toString(16)
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, digit)
}
