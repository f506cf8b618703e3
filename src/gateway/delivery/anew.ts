// Deciding anew because somebody else was quicker: how often that is done before something must stand against it. What it ends
// in is told where it is done.

/** how often something is decided and kept anew */
export const MOST_TURNS = 20

/** @param turn undefined = somebody else was quicker @returns undefined when somebody else was quicker each time */
export async function anew<T>(turn: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let n = 0; n < MOST_TURNS; n += 1) {
    const done = await turn()
    if (done !== undefined) return done
  }
  return undefined
}
