// What no part of a configuration can know by itself: checks across parties, routes and the rest. Whatever the
// files spread in CHECKS export is a check, and a case in cases.fixture.ts shows what it finds.

import type { Across, Check, Facts } from './check.ts'
import * as addresses from './addresses.ts'
import * as files from './files.ts'
import * as flows from './flows.ts'
import * as load from './load.ts'
import * as names from './names.ts'
import * as parties from './parties.ts'
import * as proofs from './proofs.ts'
import * as roles from './roles.ts'
import * as routes from './routes.ts'
import * as targets from './targets.ts'
import * as tls from './tls.ts'
import * as times from './times.ts'

export type { Across } from './check.ts'

/** Every check by its name. */
export const CHECKS = {
  ...names,
  ...routes,
  ...targets,
  ...parties,
  ...proofs,
  ...roles,
  ...addresses,
  ...times,
  ...flows,
  ...files,
  ...load,
  ...tls,
} as const satisfies Readonly<Record<string, Check>>

/** Everything that is wrong across a configuration. */
export function acrossProblems(facts: Facts): readonly Across[] {
  return Object.values(CHECKS).flatMap((check) => check(facts))
}
