// Pair mode as the command line sees it: everybody is played in memory, or products take part under the roles that --target
// names.

import { pair } from './engine/pair.ts'
import type { Ran } from './engine/summary.ts'
import type { Ground, Mode, ModeOptions } from './modes.ts'
import { caseOf, playedOf } from './script.ts'
import type { Played } from './script.ts'
import type { Register } from './register.ts'
import { ROLES } from './shapes.ts'
import type { Capability } from './shapes.ts'

/** Both ends of every scenario. */
export const PAIR: Mode = {
  ...{ needsCapability: false, side: 'receives', refusal, play },
  casesOf: (register) => playedIn(register).map(caseOf),
}

function playedIn({ scripts }: Pick<Register, 'scripts'>): readonly Played[] {
  return scripts.flatMap(playedOf)
}

/** The roles that are tested: those of the products, else all that scripts have. */
export function pairRoles({ scripts }: Pick<Register, 'scripts'>): Capability['roles'] {
  const played = ROLES.filter((it) => scripts.some(({ roles }) => roles.includes(it)))
  return Object.fromEntries(played.map((it) => [it, { receives: {}, sends: {} }]))
}

function refusal({ target }: ModeOptions): string | undefined {
  return target === undefined ? undefined : '--target: in pair mode everybody is played so far'
}

function play(_options: ModeOptions, ground: Ground): Promise<Ran> {
  const scripts = new Map(playedIn(ground.register).map((it) => [it.branch.id, it]))
  return pair({ ...ground, scripts })
}
