// The suite against itself in scenarios: each check of them left out, and each failing by itself.

import { CHECKS } from '../checks/checks.ts'
import { sceneMutants } from '../mutate/scenes.ts'
import { foundIn, smallActs } from './branches.ts'
import { donorFor, moved } from './donors.ts'
import type { Ground } from './playing.ts'
import type { Row } from './row.ts'

/** Each check of scenarios left out: what it has to find has to get away. Each failing by itself: the suite is at fault. */
export async function traceHoles(ground: Ground): Promise<readonly Row[]> {
  const acts = await smallActs(ground)
  const made = acts.flatMap((it) =>
    sceneMutants(it, donorFor(it, acts)).map((mutant) => ({ mutant, it })),
  )
  return CHECKS.scenario.flatMap((check) => {
    const own = made.filter(({ mutant }) => mutant.check === check.name)
    const [first] = acts
    if (first === undefined || own.length === 0) return []
    const rest = { ...CHECKS, scenario: CHECKS.scenario.filter((it) => it !== check) }
    const isMissed = own.some(({ mutant, it }) => {
      const found = foundIn(moved(it, mutant.passages), ground, rest)
      return !found.includes(mutant.kills)
    })
    const throwing = { ...check, judge: () => thrown() }
    const failing = {
      ...CHECKS,
      scenario: CHECKS.scenario.map((it) => (it === check ? throwing : it)),
    }
    const isSaid = foundIn(first, ground, failing).includes('harness-error')
    return [
      hole(`without the check "${check.name}" of scenarios`, isMissed),
      hole(`the check "${check.name}" of scenarios fails by itself`, isSaid),
    ]
  })
}

function thrown(): never {
  throw new Error('broken on purpose')
}

function hole(id: string, isRight: boolean): Row {
  return { kind: 'harness', id, due: [], found: [], isRight }
}
