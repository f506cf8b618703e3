// Branches of scenarios with parties in memory, and what is found in one.

import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { seenIn } from '../engine/acted.ts'
import { act } from '../engine/acting.ts'
import type { Acted } from '../engine/acting.ts'
import { castOf } from '../engine/pair.ts'
import { openWire } from '../engine/wire.ts'
import type { Peer } from '../peers/peer.ts'
import { openStage } from '../peers/stage.ts'
import { playedOf } from '../script.ts'
import type { Played } from '../script.ts'
import type { Ground } from './playing.ts'
import { idsOf } from './row.ts'

const EPOCH = '2026-07-14T09:00:00.000Z'

/** A branch with parties in memory. */
export function acted(
  played: Played,
  { register, judge, seed }: Ground,
  peers: readonly Peer[] = castOf(played),
): Promise<Acted> {
  return act(played, {
    ...{ seed, payload: register.payload, products: new Set<never>() },
    open: async (meanwhile) => ({
      ground: openStage(peers, { judge, seed, begins: EPOCH, meanwhile }),
      close: async () => undefined,
    }),
  })
}

/** Requirements that are not met in it. */
export function foundIn(
  it: Acted,
  { register }: Ground,
  checks: Checks = CHECKS,
): readonly string[] {
  const roles = it.played.script.roles
  const seen = seenIn(it, {
    ...{ requirements: register.requirements, wire: openWire(), checks },
    isJudged: (role) => roles.includes(role),
    isHidden: () => false,
  })
  return idsOf(
    seen.flatMap((one) => [
      ...one.observations.map((found) => found.requirement),
      ...(one.undecided === undefined ? [] : ['harness-error']),
      ...(it.unprepared === undefined ? [] : ['not-run']),
    ]),
  )
}

/** All but those that are large: what they are there for is found in them alone. */
export async function smallActs(ground: Ground): Promise<readonly Acted[]> {
  const small = ground.register.scripts
    .flatMap(playedOf)
    .filter(({ branch }) => branch.isLarge !== true)
  const acts: Acted[] = []
  for (const it of small) acts.push(await acted(it, ground))
  return acts
}
