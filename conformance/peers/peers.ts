// All reference peers, in the order in which they are printed.

import { DERMS_OPERATIONS } from './derms-operations.ts'
import type { Peer } from './peer.ts'

/** One of each role that there is a peer of. */
export const REFERENCE_PEERS: readonly Peer[] = [DERMS_OPERATIONS as Peer]
