// What a run has come to: the one document that every report is made from, and that is compared, verified and kept.

import type { Capability, Requirement, Role, Waiver } from '../shapes.ts'
import { rolledUp } from '../layer.ts'
import type { Verdict } from '../layer.ts'
import type { Passed } from './wire.ts'
import type { CaseResult } from './weigh.ts'

/** The whole of a run. */
export interface Results {
  readonly schema: 'https://cimgate.example/conformance/results-1.json'
  readonly suite: {
    readonly name: 'cimgate conformance'
    readonly version: string
    readonly hash: string
  }
  readonly run: {
    readonly seed: string
    readonly mode: string
    readonly clock: 'real' | 'virtual'
    readonly startedAt: string
    readonly target: string
    readonly strict: boolean
    readonly transport: string
  }
  readonly product: Capability['product']
  readonly verdict: Verdict
  /** why nothing could be judged at all */
  readonly why?: string
  readonly roles: readonly { readonly role: Role; readonly verdict: Verdict }[]
  readonly counts: Readonly<Record<string, number>>
  readonly cases: readonly CaseResult[]
  readonly requirements: readonly RequirementResult[]
  readonly waivers: readonly { readonly waiver: Waiver; readonly isIdle: boolean }[]
  readonly wire: readonly Omit<Passed, 'bytes'>[]
}

/** A requirement over all cases. */
export interface RequirementResult {
  readonly id: string
  readonly level: Requirement['level']
  readonly layer: Requirement['layer']
  readonly text: string
  readonly clause: string
  readonly mend: string
  readonly verdict: Verdict
  /** cases that could have shown it */
  readonly cases: readonly string[]
  /** of them those that did */
  readonly failed: readonly string[]
  readonly notTested?: string
}

/** The verdict on each requirement: judged in every message of every case, or where a case asks for it. */
export function requirementResults(
  requirements: Iterable<Requirement>,
  cases: readonly CaseResult[],
): readonly RequirementResult[] {
  const played = cases.filter((it) => it.steps.some(({ why }) => why === undefined))
  return [...requirements].map((it) => {
    const inEvery =
      it.testability === 'message' ||
      (it.testability === 'exchange' && !cases.some((one) => one.requirements.includes(it.id)))
    const shown =
      it.notTested === undefined
        ? played.filter((one) => inEvery || one.requirements.includes(it.id))
        : []
    const findings = cases
      .flatMap((one) => one.findings)
      .filter((one) => one.requirement === it.id && one.waived === undefined)
    const failed = [...new Set(findings.map((one) => one.scenario))]
    const worst = findings.map((one) => one.severity)
    return {
      ...{ id: it.id, level: it.level, layer: it.layer, text: it.text, mend: it.mend },
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
  const counts: Record<string, number> = {}
  for (const { verdict } of cases) counts[verdict] = (counts[verdict] ?? 0) + 1
  return counts
}
