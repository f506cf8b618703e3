// Broken peers of somebody who has not read the checks, as rows of the kill matrix: each in all cases of its role.

import { INDEPENDENT_PEERS } from '../peers/broken/independent.ts'
import type { Peer } from '../peers/peer.ts'
import { foundIn } from './messages.ts'
import { played } from './playing.ts'
import type { Ground } from './playing.ts'
import { idsOf } from './row.ts'
import type { Row } from './row.ts'
import { quickCases } from './variants.ts'

/** Each has to be found under all ids that it names; others may be found with them. */
export async function independentRows(
  peers: readonly Peer[],
  ground: Ground,
): Promise<readonly Row[]> {
  // None of these is about many members.
  const only = quickCases(ground)
  const rows: Row[] = []
  for (const [id, role, kills, of] of INDEPENDENT_PEERS)
    for (const peer of peers.filter((it) => it.role === role)) {
      const found = idsOf(foundIn((await played(of(peer), ground, { only })).results))
      const due = idsOf(kills.split(' '))
      const isRight = due.every((it) => found.includes(it)) && !found.includes('harness-error')
      rows.push({ kind: 'peer', id: `${role} that ${id}`, due, found, isRight })
    }
  return rows
}
