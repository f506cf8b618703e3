// Who can be played, and how: the reference peer of each role, and the manners in which it can behave. Scripts name them.

import type { Role } from '../shapes.ts'
import { CUSTOMER_SUPPORT } from './customer-support.ts'
import { DERMS_OPERATIONS } from './derms-operations.ts'
import { DSO_OPERATIONS } from './dso-operations.ts'
import type { Peer } from './peer.ts'
import { WORK_MANAGEMENT } from './work-management.ts'

/** The manner of a reference peer. */
export const AS_IT_SHOULD = 'as it should'

/** By role the manners that there are. */
export const CAST: Readonly<Partial<Record<Role, Readonly<Record<string, Peer>>>>> = {
  OPS: { [AS_IT_SHOULD]: DSO_OPERATIONS as Peer },
  WMS: { [AS_IT_SHOULD]: WORK_MANAGEMENT as Peer },
  DCS: { [AS_IT_SHOULD]: CUSTOMER_SUPPORT as Peer },
  DOP: { [AS_IT_SHOULD]: DERMS_OPERATIONS as Peer },
}

/** True where the role can be played so. */
export function hasManner(role: string, manner: string): boolean {
  return CAST[role as Role]?.[manner] !== undefined
}
