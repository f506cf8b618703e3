// How many requests wait for another party, by who has sent them: they cost nothing but their place in memory meanwhile.

/** Counts who waits. */
export interface Held {
  /** Counts a request until its answer is there. */
  readonly during: <T>(party: string, answer: Promise<T>) => Promise<T>
  /** @param party absent = of all */
  readonly count: (party?: string) => number
}

/** Nobody waits yet. */
export function nobodyHeld(): Held {
  const byParty = new Map<string, number>()
  let all = 0
  const add = (party: string, one: 1 | -1) => {
    all += one
    const count = (byParty.get(party) ?? 0) + one
    if (count === 0) byParty.delete(party)
    else byParty.set(party, count)
  }
  return {
    during: (party, answer) => {
      add(party, 1)
      return answer.finally(() => add(party, -1))
    },
    count: (party) => (party === undefined ? all : (byParty.get(party) ?? 0)),
  }
}
