// Deciding anew because somebody else was quicker: how often that is done before something must stand against it. What it ends
// in is told where it is done.

/** how often something is decided and kept anew */
export const MOST_TURNS = 20

/** the last of those that others were quicker than */
let line: Promise<unknown> = Promise.resolve()

/**
 * After the first turn in line: of many that change one object each is next after those before it, and none is passed over
 * until its turns are used up. A turn does not begin another one and wait for it.
 * @param turn undefined = somebody else was quicker
 * @returns undefined when somebody else was quicker each time
 */
export async function anew<T>(turn: () => Promise<T | undefined>): Promise<T | undefined> {
  const first = await turn()
  if (first !== undefined) return first
  const rest = line.then(() => others(turn))
  line = rest.catch(() => undefined)
  return rest
}

async function others<T>(turn: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let n = 1; n < MOST_TURNS; n += 1) {
    const done = await turn()
    if (done !== undefined) return done
  }
  return undefined
}
