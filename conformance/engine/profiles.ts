// What a vendor may claim: a profile is met where every case of it that applies is passed, and nothing that its role needs is
// left out of the statement or of the run.

import { rolledUp } from '../layer.ts'
import type { Register } from '../register.ts'
import { PROFILES, ROLES } from '../shapes.ts'
import type { Capability, Interop, ProfileName, Scenario } from '../shapes.ts'
import type { CaseResult, ProfileResult } from '../results-shape.ts'
import type { Plan } from './plan.ts'
import { reasonFor } from './profile-roles.ts'

/** What profiles are judged by. */
export interface Judging {
  readonly plan: Plan
  readonly register: Pick<Register, 'interop'>
  readonly capability: Pick<Capability, 'roles'>
}

/** Each profile of which a case was asked for. */
export function profileResults(
  { plan, register, capability }: Judging,
  cases: readonly CaseResult[],
): readonly ProfileResult[] {
  return PROFILES.filter((profile) =>
    plan.cases.some(({ scenario }) => isOf(scenario, profile)),
  ).map((profile) => {
    const missing = [...against(profile, plan, cases), ...leftOut(profile, plan)]
    const rows = register.interop.filter((it) => it.profile === profile)
    return {
      profile,
      claim: isClaimed(profile, plan) ? (missing.length === 0 ? 'yes' : 'no') : 'none',
      missing: isClaimed(profile, plan) ? missing : [],
      untested: untested(profile, plan, capability),
      interop: rows.map((it) => interopResult(it, cases)),
    }
  })
}

function isOf({ profiles }: Scenario, profile: ProfileName): boolean {
  return profiles.includes(profile)
}

/** Roles of the product that the profile has no case for, in this mode. */
function untested(
  profile: ProfileName,
  { cases, leftOut: others }: Plan,
  { roles }: Judging['capability'],
): ProfileResult['untested'] {
  const own = [...cases.map((it) => it.scenario), ...others].filter((it) => isOf(it, profile))
  return ROLES.filter((it) => roles[it] !== undefined)
    .filter((role) => own.every(({ target }) => !target.includes(role)))
    .map((role) => ({ role, why: reasonFor(profile, role) }))
}

/** Some case of it applies. */
function isClaimed(profile: ProfileName, { cases, leftOut: others }: Plan): boolean {
  const applying = cases.filter((it) => it.notApplicable === undefined)
  return [...applying.map((it) => it.scenario), ...others].some((it) => isOf(it, profile))
}

/** Cases of the run that are not passed, and those of which a message is not claimed, or has no form on the way. */
function against(
  profile: ProfileName,
  plan: Plan,
  cases: readonly CaseResult[],
): ProfileResult['missing'] {
  return plan.cases.flatMap(({ scenario: { id, profiles }, notApplicable, isUnshown }) => {
    const it = cases.find((one) => one.id === id)
    if (!profiles.includes(profile) || it === undefined) return []
    if (isUnshown === true) return [{ case: id, verdict: it.verdict, why: notApplicable ?? '' }]
    return isPassed(it) ? [] : [{ case: id, verdict: it.verdict, why: reasonOf(it) }]
  })
}

function isPassed({ verdict }: CaseResult): boolean {
  return ['pass', 'warning', 'not-applicable'].includes(verdict)
}

function reasonOf({ why, findings }: CaseResult): string {
  const [first] = findings.filter((it) => it.severity === 'fail' && it.waived === undefined)
  return why ?? (first === undefined ? '' : `${first.requirement}: ${first.message}`)
}

function leftOut(profile: ProfileName, plan: Plan): ProfileResult['missing'] {
  return plan.leftOut
    .filter((it) => isOf(it, profile))
    .map((it) => ({ case: it.id, verdict: 'left-out', why: 'not asked for in this run' }))
}

function interopResult(
  { id, title, cases: ids, untested }: Interop,
  cases: readonly CaseResult[],
): ProfileResult['interop'][number] {
  const own = cases.filter((it) => ids.includes(it.id))
  return {
    ...{ id, title, verdict: rolledUp(own.map((it) => it.verdict)), cases: ids },
    ...(untested === undefined ? {} : { untested }),
  }
}
