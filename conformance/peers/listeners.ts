// Who can listen to a product that sends: the reference peer of each role. To Customer Support work is told here; what it asks
// for itself belongs to the scenarios.

import { ORDER_NOTICES } from './order-notices.ts'
import type { Peer } from './peer.ts'
import { REFERENCE_PEERS } from './peers.ts'
import { PROGRAMS } from './programs.ts'

/** One of each role. */
export const LISTENERS: readonly Peer[] = [
  ...REFERENCE_PEERS.filter((it) => it.role !== ORDER_NOTICES.role),
  ORDER_NOTICES as Peer,
  PROGRAMS,
]
