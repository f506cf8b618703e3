// Every business rule there is, by its id. A refusal takes from here how it is mended; documentation, README and tests list
// these rows. A rule that a flow refuses by and that has no row does not compile: add the row to the file beside this one that is
// about its subject.

import type { Lifecycle } from '../../lifecycles/lifecycle.ts'
import type { BusinessRule } from './business-rule.ts'
import { AGREEMENT_RULES } from './agreements.ts'
import { CHECK_RULES } from './checks.ts'
import { CONNECTION_RULES } from './connections.ts'
import { CUSTOMER_RULES } from './customers.ts'
import { EVENT_RULES } from './events.ts'
import { ENROLLMENT_RULES } from './enrollments.ts'
import { FILE_RULES } from './files.ts'
import { GENERAL_RULES } from './general.ts'
import { GROUP_RULES } from './groups.ts'
import { NETWORK_RULES } from './network.ts'
import { PROGRAM_RULES } from './programs.ts'
import { SETTLEMENT_RULES } from './settlement.ts'
import { USAGE_RULES } from './usage.ts'
import { WORK_RULES } from './work.ts'

/** In the order in which they are documented. */
export const BUSINESS_RULES = {
  ...GROUP_RULES,
  ...USAGE_RULES,
  ...CONNECTION_RULES,
  ...AGREEMENT_RULES,
  ...WORK_RULES,
  ...CUSTOMER_RULES,
  ...EVENT_RULES,
  ...PROGRAM_RULES,
  ...CHECK_RULES,
  ...ENROLLMENT_RULES,
  ...NETWORK_RULES,
  ...SETTLEMENT_RULES,
  ...FILE_RULES,
  ...GENERAL_RULES,
} as const

/** The id of one of them; public. */
export type RuleName = keyof typeof BUSINESS_RULES

const ROWS: ReadonlyMap<string, BusinessRule> = new Map(Object.entries(BUSINESS_RULES))

/** The row of a rule; undefined for the steps that a lifecycle does not have, and for what is no business rule. */
export function businessRule(id: string | undefined): BusinessRule | undefined {
  return id === undefined ? undefined : ROWS.get(id)
}

/** The rules that a lifecycle refuses by, under names of their own. */
export function rulesIn({ steps, refusals = [] }: Lifecycle): readonly string[] {
  const all = [...steps.flatMap(({ guard }) => guard ?? []), ...refusals.map(({ rule }) => rule)]
  return [...new Set(all)]
}

/** The rules of a flow, of its functions and of its lifecycle, in the order of the list. */
export function rulesOf(flow: {
  readonly id: string
  readonly lifecycle: Lifecycle
}): readonly (readonly [id: string, rule: BusinessRule])[] {
  const named = rulesIn(flow.lifecycle)
  return [...ROWS].filter(([id, { flows }]) => flows.includes(flow.id) || named.includes(id))
}
