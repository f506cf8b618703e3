// For tests only: parties with proofs, and the door that they come in by.

import { sha256 } from '../../shell/digest.ts'
import { LOCAL } from '../parties/party.ts'
import type { Party, Proof, Topology } from '../parties/party.ts'
import { accessOf } from './access.ts'
import type { Access } from './access.ts'

/** A party that may do everything that any may. */
export function party(id: string, more: Partial<Party> = {}): Party {
  return {
    id,
    org: '',
    proofs: [],
    sources: [],
    tolerate: [],
    aliases: {},
    mixedBatch: 'partial',
    profile: { operationSets: true, collections: true },
    replyAddresses: [],
    ...more,
  }
}

/** The secret as its party is configured with it. */
export function proof(kind: 'api-key' | 'bearer', secret: string): Proof {
  return { kind, sha256: sha256(secret) }
}

/** A deployment of these parties. */
export function topologyOf(parties: readonly Party[], more: Partial<Topology> = {}): Topology {
  return { ...LOCAL, version: '1', deployment: 'centralized', parties, ...more }
}

/** The door to a deployment, which may change. */
export function accessTo(topology: Topology | (() => Topology), publicUrl?: string): Access {
  const now = typeof topology === 'function' ? topology : () => topology
  const agreed = { tolerate: ['HDR-04'], aliases: {} }
  return accessOf({ topology: now, digest: sha256, agreed, publicUrl })
}
