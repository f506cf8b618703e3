// How the places of what is on its way are shared between what goes first and what has waited longest: however much there is
// of the one, the other has its turns.

/** of so many one is for what has waited longest */
const ONE_OF = 4

/** Counts turns. */
export interface Turns {
  /** How many of the next so many are for what has waited longest. */
  readonly oldestOf: (places: number) => number
  /** So many have been taken. */
  readonly taken: (count: number) => void
}

/** Turns are counted over all that is taken, so that also one at a time each fourth is for the oldest. */
export function turnsFrom(start = 0): Turns {
  let count = start
  return {
    oldestOf: (places) => Math.floor((count + places) / ONE_OF) - Math.floor(count / ONE_OF),
    taken: (more) => void (count = (count + more) % ONE_OF),
  }
}
