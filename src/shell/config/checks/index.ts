// What no part of a configuration can know by itself: checks across parties, routes and the rest, one a row.

import type { Across, Check, Facts } from './check.ts'
import {
  aliasCircles,
  aliasNames,
  aliasTargets,
  nearlySameParties,
  reservedParties,
  sameNames,
  sharedSources,
} from './names.ts'
import {
  deadTargets,
  foreignReplyAddresses,
  hiddenRoutes,
  localBesideOthers,
  openPlaces,
  placesToNobody,
  replyRoutes,
  shortMemory,
  starsInTargets,
  unknownSenders,
} from './routes.ts'
import {
  keyInAuthorization,
  openCredentials,
  sameFolders,
  sameProofs,
  silentSenders,
  unfitTargets,
  unknownDialects,
  unknownOnlookers,
  unusedParties,
  wordlessDialects,
} from './parties.ts'

export type { Across } from './check.ts'

/** Every check by its name. */
export const CHECKS = {
  aliasCircles,
  aliasNames,
  aliasTargets,
  nearlySameParties,
  reservedParties,
  sameNames,
  sharedSources,
  deadTargets,
  foreignReplyAddresses,
  hiddenRoutes,
  localBesideOthers,
  openPlaces,
  placesToNobody,
  replyRoutes,
  shortMemory,
  starsInTargets,
  unknownSenders,
  keyInAuthorization,
  openCredentials,
  sameFolders,
  sameProofs,
  silentSenders,
  unfitTargets,
  unknownDialects,
  unknownOnlookers,
  unusedParties,
  wordlessDialects,
} as const satisfies Readonly<Record<string, Check>>

/** Everything that is wrong across a configuration. */
export function acrossProblems(
  facts: Facts,
  checks: readonly Check[] = Object.values(CHECKS),
): readonly Across[] {
  return checks.flatMap((it) => it(facts))
}
