// Who may take which step of a flow, by the roles that its catalogue names (flows §1, §4): initiators ask, owners tell.

import type { JsonObject } from '../schema/json-text.ts'

/** Roles, each with the names by which parties have it; `*` stands for any text. Aliases of a configuration lead to more. */
export const ROLES = {
  customer: ['customer', 'customer:*', 'customers'],
  'dso-cs': ['dso-cs'],
  'dso-eng': ['dso-eng'],
  'dso-ops': ['dso-ops'],
  'dso-dms': ['dso-dms'],
  derms: ['derms', 'dso-derms', 'dso-derms:*', 'tp:*:derms'],
  'derms-cs': ['derms-cs', 'tp:*:cs'],
  'tp-cs': ['tp-cs', 'tp:*:cs'],
  'tp-dso-inv': ['tp-dso-inv', 'tp:*:dso-inv'],
  'tp-cust-inv': ['tp-cust-inv', 'tp:*:cust-inv'],
  wms: ['wms'],
  cis: ['cis'],
  cpm: ['cpm'],
  lec: ['lec'],
  aggregator: ['aggregator'],
  ami: ['ami'],
  analytics: ['analytics'],
  market: ['market'],
  stakeholders: ['stakeholders'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Role = keyof typeof ROLES

/** All of them. */
export const ROLE_NAMES = Object.keys(ROLES) as [Role, ...Role[]]

/** Who may take the steps of a flow. */
export interface ByRole {
  /** by the trigger of the lifecycle */
  readonly steps: Readonly<Record<string, readonly Role[]>>
  /** every other step */
  readonly otherwise: readonly Role[]
  /** may tell of whatever has happened besides, because the objects are theirs */
  readonly told: readonly Role[]
  /** the steps by which whoever was asked answers: nobody says that in its place, whosever the objects are */
  readonly answers?: readonly string[]
  /**
   * The triggers that a change is, where it is more than one.
   * @param asked the request verb by which it is asked for or told: to cancel is no change of the same content
   */
  readonly taken?: (
    before: JsonObject | undefined,
    after: JsonObject | undefined,
    asked: string,
  ) => readonly string[]
}

/** Whoever may take a step; of an event also those whose objects they are, unless it answers what they have asked. */
export function takersOf(by: ByRole, trigger: string, isTold: boolean): readonly Role[] {
  const own = Object.hasOwn(by.steps, trigger) ? by.steps[trigger] : undefined
  const isTheirs = isTold && by.answers?.includes(trigger) !== true
  return [...new Set([...(own ?? by.otherwise), ...(isTheirs ? by.told : [])])]
}

/** Customer support, and the customer information system that it works with. */
export const SUPPORT = ['dso-cs', 'cis'] as const satisfies readonly Role[]

/** Everybody who may ask for a group: third parties, and the DSO's own DERMS or DMS (GF-01). */
export const GROUP_SIDE = [
  ...(['dso-cs', 'dso-dms', 'derms', 'derms-cs', 'tp-cs', 'aggregator'] as const),
] as const satisfies readonly Role[]

/** Records that one side tells of: nobody else makes, changes or deletes them. */
export function only(...roles: readonly Role[]): ByRole {
  return { steps: {}, otherwise: roles, told: roles }
}
