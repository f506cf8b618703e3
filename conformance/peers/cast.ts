// Who can be played, and how: the reference peer of each role, and the manners in which it can behave. Scripts name them.

import type { Role } from '../shapes.ts'
import { AGGREGATOR } from './aggregator.ts'
import { CUSTOMER } from './customer.ts'
import { CUSTOMER_INFORMATION, INFORMATION_MANNERS } from './customer-information.ts'
import { CUSTOMER_SUPPORT } from './customer-support.ts'
import { DERMS_MANNERS, DERMS_OPERATIONS } from './derms-operations.ts'
import { DSO_OPERATIONS, OPERATIONS_MANNERS } from './dso-operations.ts'
import { ENGINEERING, ENGINEERING_MANNERS } from './engineering.ts'
import type { Peer } from './peer.ts'
import { WORK_MANAGEMENT, WORK_MANNERS } from './work-management.ts'

/** The manner of a reference peer. */
export const AS_IT_SHOULD = 'as it should'

/** By role the manners that there are. */
export const CAST: Readonly<Partial<Record<Role, Readonly<Record<string, Peer>>>>> = {
  CUST: { [AS_IT_SHOULD]: CUSTOMER as Peer },
  CIS: { [AS_IT_SHOULD]: CUSTOMER_INFORMATION as Peer, ...INFORMATION_MANNERS },
  ENG: { [AS_IT_SHOULD]: ENGINEERING as Peer, ...ENGINEERING_MANNERS },
  OPS: { [AS_IT_SHOULD]: DSO_OPERATIONS, ...OPERATIONS_MANNERS },
  WMS: { [AS_IT_SHOULD]: WORK_MANAGEMENT as Peer, ...WORK_MANNERS },
  DCS: { [AS_IT_SHOULD]: CUSTOMER_SUPPORT as Peer },
  DOP: { [AS_IT_SHOULD]: DERMS_OPERATIONS as Peer, ...DERMS_MANNERS },
  AGG: { [AS_IT_SHOULD]: AGGREGATOR as Peer },
}

/** True where the role can be played so. */
export function hasManner(role: string, manner: string): boolean {
  return CAST[role as Role]?.[manner] !== undefined
}
