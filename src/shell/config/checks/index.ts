// What no part of a configuration can know by itself: checks across parties, routes and the rest. Whatever names.ts,
// routes.ts and parties.ts export is a check, and a case in cases.fixture.ts shows what it finds.

import type { Across, Check, Facts } from './check.ts'
import * as names from './names.ts'
import * as parties from './parties.ts'
import * as routes from './routes.ts'

export type { Across } from './check.ts'

/** Every check by its name. */
export const CHECKS = { ...names, ...routes, ...parties } as const satisfies Readonly<
  Record<string, Check>
>

/** Everything that is wrong across a configuration. */
export function acrossProblems(facts: Facts): readonly Across[] {
  return Object.values(CHECKS).flatMap((check) => check(facts))
}
