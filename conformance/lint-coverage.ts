// Whether the register and what judges by it belong together: every check has its requirement, every requirement its check
// or script, or says why it has none.

import { RULES } from '../src/index.ts'
import { CHECKS } from './checks/checks.ts'
import { FACADE_CHECKS } from './checks/facade.ts'
import { DOOR_REQUIREMENTS, FEED_CHECKS } from './checks/feed.ts'
import { LEDGER_REQUIREMENTS } from './checks/mapping.ts'
import { OF_SCRIPTS } from './script.ts'
import type { Requirement, Scenario } from './shapes.ts'

/** What the parser and the schemas say, see engine/judge.ts. */
const OF_SCHEMAS = ['XML-01', 'XML-02', 'MSG-01', 'PAY-01']

/** What is missing on either side. */
export function lintCoverage(
  requirements: readonly Requirement[],
  scenarios: readonly Scenario[],
): readonly string[] {
  const known = new Map(requirements.map((it) => [it.id, it]))
  const checked = [...CHECKS.transport, ...CHECKS.request, ...CHECKS.exchange].map(
    (it) => it.requirement,
  )
  const asked = scenarios.flatMap((it) =>
    it.steps.flatMap((step) => (step.expect ?? []).map((one) => one.requirement)),
  )
  const mapping = [
    ...LEDGER_REQUIREMENTS,
    ...DOOR_REQUIREMENTS,
    ...[...FACADE_CHECKS, ...FEED_CHECKS].map((it) => it.requirement),
  ]
  const judged = [...OF_SCHEMAS, ...OF_SCRIPTS, ...checked, ...mapping, ...RULES.map((it) => it.id)]
  const tested = new Set([...judged, ...asked])
  return [
    ...judged
      .filter((it) => !known.has(it))
      .map((it) => `${it} is judged, and is not in the register`),
    ...RULES.filter((it) => known.has(it.id) && known.get(it.id)?.level !== it.level).map(
      (it) => `${it.id} is ${it.level} as a rule of the envelope, and otherwise in the register`,
    ),
    ...requirements
      .filter((it) => !tested.has(it.id) && it.notTested === undefined)
      .map((it) => `requirement ${it.id}: nothing tests it, and notTested does not say why`),
  ]
}
