// Scenarios as rows of the kill matrix: each branch as it is meant to be, and with what is harmless; and with a party that is
// broken in one way. Whatever is found in the first is a false alarm; the others have to be found under exactly these ids.

import type { Checks } from '../checks/checks.ts'
import { castOf, pair } from '../engine/pair.ts'
import { planFor } from '../engine/plan.ts'
import { unstated } from '../modes.ts'
import { BROKEN_ACTORS } from '../peers/broken/actors.ts'
import type { BrokenActor } from '../peers/broken/actors.ts'
import { HARMLESS } from '../peers/harmless.ts'
import type { Peer } from '../peers/peer.ts'
import { caseOf, playedOf } from '../script.ts'
import type { Played } from '../script.ts'
import { foundIn } from './messages.ts'
import type { Ground } from './playing.ts'
import { exactly } from './row.ts'
import type { Row } from './row.ts'

/** How far rows are made. */
interface Acting {
  readonly actors?: readonly BrokenActor[]
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** Each branch as it is meant to be, and with each thing that is harmless. */
export async function sceneRows(ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const played of branchesOf(ground))
    for (const [what, of] of [['as it is', (it: Peer) => it] as const, ...HARMLESS]) {
      const found = await foundWith(played, castOf(played).map(of), ground)
      rows.push(exactly('no-op', `${played.branch.id}, ${what}`, [], found))
    }
  return rows
}

/** Each broken party in its branch. */
export async function actorRows(
  ground: Ground,
  { actors = BROKEN_ACTORS, checks }: Acting = {},
): Promise<readonly Row[]> {
  const branches = new Map(branchesOf(ground).map((it) => [it.branch.id, it]))
  const rows: Row[] = []
  for (const { branch, role, id, kills, of } of actors) {
    const played = branches.get(branch)
    if (played === undefined) throw new Error(`${branch} is no branch: ${role} ${id}`)
    const cast = castOf(played).map((it) => (it.role === role ? of(it) : it))
    const found = await foundWith(played, cast, ground, checks)
    rows.push(exactly('peer', `${branch}: ${role} ${id}`, kills, found))
  }
  return rows
}

function branchesOf({ register }: Ground): readonly Played[] {
  return register.scripts.flatMap(playedOf)
}

/** Requirements that are not met in a branch that these play; what was not to be judged is none of them. */
async function foundWith(
  played: Played,
  peers: readonly Peer[],
  { register, judge, seed }: Ground,
  checks?: Checks,
): Promise<readonly string[]> {
  const capability = unstated({ mode: 'pair', wait: 1, header: {} }, register)
  const scenarios = [caseOf(played)]
  const hash = '0'.repeat(64)
  const ran = await pair({
    ...{ register, capability, judge, seed, waivers: [], strict: false },
    plan: planFor(capability, { ...register, scenarios }, { only: [], strict: false }),
    suite: { name: 'cimgate conformance', version: 'selftest', hash, schemas: hash, node: '' },
    ...{ now: () => NOW, progress: () => undefined },
    scripts: new Map([[played.branch.id, played]]),
    peersOf: () => peers,
    ...(checks === undefined ? {} : { checks }),
  })
  return foundIn(ran.results)
}

const NOW = '2026-07-14T09:00:00Z'
