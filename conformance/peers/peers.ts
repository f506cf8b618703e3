// All reference peers, in the order in which they are printed.

import { CUSTOMER_INFORMATION } from './customer-information.ts'
import { CUSTOMER_SUPPORT } from './customer-support.ts'
import { DERMS_OPERATIONS } from './derms-operations.ts'
import { DSO_OPERATIONS } from './dso-operations.ts'
import type { Peer } from './peer.ts'
import { WORK_MANAGEMENT } from './work-management.ts'

/** One of each role that there is a peer of. */
export const REFERENCE_PEERS: readonly Peer[] = [
  DERMS_OPERATIONS as Peer,
  WORK_MANAGEMENT as Peer,
  CUSTOMER_SUPPORT as Peer,
  DSO_OPERATIONS as Peer,
  CUSTOMER_INFORMATION as Peer,
]
