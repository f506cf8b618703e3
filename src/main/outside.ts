// Whoever is sent to, by whatever binding: the other systems, and people.

import type { Peer } from '../gateway/peer.ts'
import type { Log } from '../gateway/ports.ts'
import type { Config } from '../shell/config/index.ts'
import { mailing } from '../shell/mail/index.ts'
import { createPeer } from '../shell/peer/index.ts'

/** By the configuration in force. */
export function peerOver(log: Log, config: () => Config): Peer {
  return createPeer({
    log,
    limitBytes: () => config().limits.bodyBytes,
    allowed: () => config().topology.allowedAddresses,
    privateNetworks: () => config().privateNetworks,
    mail: mailing(() => config().mail),
  })
}
