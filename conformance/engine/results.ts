// What a run has come to: the one document that every report is made from, and that is compared, verified and kept.

import type { Finding } from '../finding.ts'
import { rolledUp } from '../layer.ts'
import type { Verdict } from '../layer.ts'
import type { CaseResult, RequirementResult, Results } from '../results-shape.ts'
import type { Capability, Requirement, Role } from '../shapes.ts'

export type { RequirementResult, Results } from '../results-shape.ts'

/** The verdict on each requirement: judged in every message of every case, or where a case asks for it. */
export function requirementResults(
  requirements: Iterable<Requirement>,
  cases: readonly CaseResult[],
): readonly RequirementResult[] {
  const played = cases.filter(
    (it) => it.verdict !== 'not-applicable' && it.steps.some(({ why }) => why === undefined),
  )
  const [asked, found] = [askedIn(cases), foundIn(cases)]
  return [...requirements].map((it) => {
    const own = asked.get(it.id)
    const inEvery =
      it.testability === 'message' || (it.testability === 'exchange' && own === undefined)
    const isShown = (one: CaseResult) => (inEvery && shows(it, one)) || own?.has(one) === true
    const shown = it.notTested === undefined ? played.filter(isShown) : []
    const findings = found.get(it.id) ?? []
    const failed = [...new Set(findings.map((one) => one.scenario))]
    const worst = findings.map((one) => one.severity)
    return {
      ...{
        id: it.id,
        level: it.level,
        status: it.status,
        layer: it.layer,
        text: it.text,
        mend: it.mend,
      },
      clause: it.sources
        .map(({ std, edition, clause }) => `${std}:${edition} ${clause}`)
        .join('; '),
      verdict:
        shown.length === 0 && failed.length === 0
          ? ('not-run' as const)
          : rolledUp([...worst, 'pass']),
      cases: shown.map((one) => one.id),
      failed,
      ...(it.notTested === undefined ? {} : { notTested: it.notTested }),
    }
  })
}

/** The cases that ask for it, by requirement. */
function askedIn(cases: readonly CaseResult[]): ReadonlyMap<string, ReadonlySet<CaseResult>> {
  const asked = new Map<string, Set<CaseResult>>()
  for (const it of cases)
    for (const id of it.requirements) asked.set(id, (asked.get(id) ?? new Set()).add(it))
  return asked
}

/** What was found of it, and nobody has agreed to, by requirement. */
function foundIn(cases: readonly CaseResult[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const it of cases.flatMap((one) => one.findings))
    if (it.waived === undefined)
      found.set(it.requirement, [...(found.get(it.requirement) ?? []), it])
  return found
}

/** What shows in an exchange shows in no message that is alone. */
function shows({ testability, layer }: Requirement, { layers }: CaseResult): boolean {
  if (testability !== 'exchange') return true
  const seen = layers[layer === 'L0' ? 'L0' : 'L6']
  return seen !== 'not-applicable' && seen !== 'inconclusive'
}

/** How many findings there are against each party, and what they come to. */
export function partyResults(
  parties: readonly string[],
  cases: readonly CaseResult[],
): NonNullable<Results['parties']> {
  const counted = cases.flatMap((it) => it.findings).filter((it) => it.waived === undefined)
  return parties.map((name) => {
    const own = counted.filter((it) => it.blame === name)
    return {
      name,
      verdict: rolledUp([...own.map((it) => it.severity), 'pass']),
      findings: own.length,
    }
  })
}

/** The verdict on each claimed role: that of the cases that test it. */
export function roleResults(
  capability: Capability,
  cases: readonly CaseResult[],
): Results['roles'] {
  const roles = Object.keys(capability.roles) as readonly Role[]
  return roles.map((role) => ({
    role,
    verdict: rolledUp(cases.filter((it) => it.roles.includes(role)).map((it) => it.verdict)),
  }))
}

/** How many cases have each verdict. */
export function countsOf(cases: readonly CaseResult[]): Results['counts'] {
  const counts: Partial<Record<Verdict, number>> = {}
  for (const { verdict } of cases) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}
