// Which cases are run against a product, and why the others are not: that follows from what it says that it can. The plan
// also says how much a finding weighs.

import type { Capability, Requirement, Role, Scenario } from '../shapes.ts'
import type { Register } from '../register.ts'

/** A case in a plan. */
export interface Planned {
  readonly scenario: Scenario
  /** why it is not run; undefined = it is */
  readonly notApplicable: string | undefined
  /** a message that it needs is not claimed by a role that it tests, or has no form on the way: a profile is not met by it */
  readonly isUnshown?: boolean
}

/** The side of a role that a case needs: of a server what it receives, of a client what it sends. */
export type Side = 'receives' | 'sends'

/** What is run, and how it is weighed. */
export interface Plan {
  readonly cases: readonly Planned[]
  /** cases that would apply and that nobody has asked for */
  readonly leftOut: readonly Scenario[]
  /** undefined where nothing is said of the requirement, as of a MAY */
  readonly severity: (requirement: string) => 'fail' | 'warning' | undefined
}

/** How a plan is made. */
export interface PlanOptions {
  /** ids, aliases or packs; empty = all */
  readonly only: readonly string[]
  /** a SHOULD that is not met is a failure */
  readonly strict: boolean
}

/** All that a case is called by. */
export function namesOf({ id, pack, aliases = [], profiles }: Scenario): readonly string[] {
  return [id, pack, ...aliases, ...profiles]
}

/** The plan for a product that says this of itself. */
export function planFor(
  capability: Capability,
  { requirements, scenarios }: Pick<Register, 'requirements' | 'scenarios'>,
  options: PlanOptions,
  side: Side = 'receives',
): Plan {
  const wanted = (it: Scenario) =>
    options.only.length === 0 || namesOf(it).some((name) => options.only.includes(name))
  const planned = (scenario: Scenario): Planned => ({
    scenario,
    notApplicable: undefined,
    ...against(scenario, capability, side),
  })
  return {
    cases: scenarios.filter(wanted).map(planned),
    leftOut: scenarios.filter((it) => !wanted(it) && planned(it).notApplicable === undefined),
    severity: (id) => weight(requirements.get(id), options.strict),
  }
}

/** Without the cases in which another provider takes part. @param why by default nobody has given its credentials */
export function withoutRivals(
  plan: Plan,
  why = 'the run has the credentials of one provider: give it those of another, --rival-header',
): Plan {
  const cases = plan.cases.map((it) => {
    const isRivals = it.scenario.steps.some((step) => step.as === 'rival')
    return isRivals ? { ...it, notApplicable: it.notApplicable ?? why } : it
  })
  return { ...plan, cases }
}

function weight(
  requirement: Requirement | undefined,
  strict: boolean,
): 'fail' | 'warning' | undefined {
  switch (requirement?.level) {
    case 'MUST':
    case undefined:
      return 'fail'
    case 'SHOULD':
      return strict ? 'fail' : 'warning'
    case 'MAY':
      return undefined
  }
}

/** Why the case does not apply. */
function against(
  { target, needs, condition }: Scenario,
  capability: Capability,
  side: Side,
): Pick<Planned, 'notApplicable' | 'isUnshown'> | undefined {
  const roles = target.filter((it) => capability.roles[it] !== undefined)
  if (roles.length === 0) return { notApplicable: `no role ${target.join(' or ')} is claimed` }
  const lacking = needs.filter((it) => !roles.some((role) => claims(capability, role, it, side)))
  if (lacking.length > 0)
    return { notApplicable: `${lacking.join(', ')} is not claimed`, isUnshown: true }
  if (condition === undefined) return undefined
  const [name = '', value] = condition.split('=')
  const claimed: unknown = capability.options[name as keyof Capability['options']]
  const isSo = value === undefined ? claimed === true : claimed === value
  return isSo ? undefined : { notApplicable: `the option ${condition} is not claimed` }
}

function claims(capability: Capability, role: Role, message: string, side: Side): boolean {
  const support = capability.roles[role]?.[side][message]
  return support !== undefined && support !== '-'
}

/** What is wrong in a capability statement beyond its shape: every message of a role that a case needs is yes or no. */
export function lintCapability(
  capability: Capability,
  scenarios: readonly Scenario[],
  side: Side = 'receives',
): readonly string[] {
  const roles = Object.entries(capability.roles) as readonly [Role, Record<Side, object>][]
  return roles.flatMap(([role, claimed]) =>
    messagesOf(role, scenarios)
      .filter((it) => !(it in claimed[side]))
      .map(
        (it) => `roles/${role}/${side}: "${it}" is not there: write M, O, C, or - where it cannot`,
      ),
  )
}

/** The messages of a role that a case needs, in order. */
export function messagesOf(role: Role, scenarios: readonly Scenario[]): readonly string[] {
  const needed = scenarios.filter((it) => it.target.includes(role)).flatMap((it) => it.needs)
  return [...new Set(needed)].sort()
}
