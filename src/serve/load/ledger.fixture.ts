// The ledger of a load generator beside what the store has after a restart: nothing that was accepted is lost, and nothing
// that was refused has been carried out.

import { openStore } from '../../shell/store/index.ts'
import { idOf } from './flood.fixture.ts'
import type { Flooded } from './flood.fixture.ts'

/** What the comparison has come to. */
export interface Compared {
  readonly accepted: number
  /** accepted, and not there */
  readonly lost: number
  /** refused or never sent, and there all the same */
  readonly sneaked: number
  /** without an answer, and there: whoever sent them may ask again */
  readonly unknownKept: number
}

/** @param folder of a gateway that has ended */
export async function compared(
  folder: string,
  floods: readonly (readonly [seed: number, came: Flooded])[],
): Promise<Compared> {
  const store = await openStore(folder)
  try {
    const kept = new Set((await store.identities('DERGroups')).map(({ id }) => id))
    let [accepted, lost, unknownKept] = [0, 0, 0]
    for (const [seed, { accepted: ok, unknown }] of floods) {
      accepted += ok.length
      lost += ok.filter((n) => !kept.delete(idOf(seed, n))).length
      unknownKept += unknown.filter((n) => kept.delete(idOf(seed, n))).length
    }
    return { accepted, lost, sneaked: kept.size, unknownKept }
  } finally {
    await store.close()
  }
}
