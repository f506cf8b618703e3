// Who sends a request: decided by its headers alone, before anything of its body is read. Without parties whoever
// reaches the loopback address is taken as he is.

import type { Aliases } from '../../envelope/aliases.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import { ACCESS } from '../parties/party.ts'
import type { Party, Topology } from '../parties/party.ts'
import type { Sender } from '../received.ts'
import { bearerOf, shownIn } from './proofs.ts'
import type { Digest, Headers } from './proofs.ts'
import { isForeign, strayed } from './site.ts'
import type { SiteParts } from './site.ts'
import { sourcesOf } from './source.ts'

/** Why a request is not taken from whoever sent it. */
export interface NotTaken {
  readonly code: Extract<ErrorCode, 'unauthenticated' | 'wrong-credentials'>
  /** one sentence */
  readonly reason: string
}

/** Who sent a request, or why nobody knows. */
export type Who = { readonly sender: Sender } | { readonly refused: NotTaken }

/** What a body says about its sender: a party by its id, a proof that is wrong, or nothing. */
export type BodyProof = { readonly party: string } | { readonly wrong: string } | undefined

/** The door of the gateway. */
export interface Access {
  readonly who: (headers: Headers) => Who
  /** the same for what a body proves, where its headers have proved nothing */
  readonly whoSays: (proof: BodyProof) => Who
  /** WWW-Authenticate of a refusal (RFC 9110 11.6.1) */
  readonly challenge: (code: NotTaken['code']) => string
  /** why a request is that of a page of another site; undefined when it is not */
  readonly strayed: (method: string, headers: Headers) => string | undefined
  /** true where the page that asks is of another site */
  readonly isForeign: (headers: Headers) => boolean
  /** in force now */
  readonly topology: () => Topology
}

/** What access is decided by. */
export interface AccessParts extends SiteParts {
  /** the configuration in force, which may be another one at the next request */
  readonly topology: () => Topology
  readonly digest: Digest
  /** what is agreed with all senders; looked at for each request */
  readonly agreed: { readonly tolerate: readonly string[]; readonly aliases: Aliases }
}

const REALM = 'realm="cimgate"'

/** The door of one gateway. */
export function accessOf(parts: AccessParts): Access {
  const { topology, digest, agreed } = parts
  const anonymous = (): Sender => ({ party: 'anonymous', operator: true, ...agreed })
  const senderOf = (party: Party) => ({ sender: partySender(party, topology(), agreed) })

  function who(headers: Headers): Who {
    const { parties } = topology()
    if (parties.length === 0) return { sender: anonymous() }
    const keyHeader = apiKeyHeaderOf(topology())
    const all = shownIn(headers, keyHeader.toLowerCase(), digest)
    if (all.length === 0) return { refused: nothingShown(keyHeader) }
    const found = new Set(all.map((it) => bearerOf(it, parties, digest)))
    const [party] = found
    // Two proofs that are of different parties, or of which one is wrong, prove nothing.
    if (party === undefined || found.size > 1) return { refused: WRONG }
    return senderOf(party)
  }

  function whoSays(proof: BodyProof): Who {
    if (proof === undefined) return { refused: nothingShown(apiKeyHeaderOf(topology())) }
    if ('wrong' in proof) return { refused: { ...WRONG, reason: proof.wrong } }
    const party = topology().parties.find(({ id }) => id === proof.party)
    return party === undefined ? { refused: WRONG } : senderOf(party)
  }

  return {
    who,
    whoSays,
    challenge: (code) => challengeOf(topology(), code),
    strayed: (method, headers) => strayed(method, headers, parts),
    isForeign: (headers) => isForeign(headers, parts),
    topology,
  }
}

/** Header in which an API key is looked for. */
export function apiKeyHeaderOf({ access }: Topology): string {
  return access?.apiKeyHeader ?? ACCESS.apiKeyHeader
}

/** A party as a sender, with what is agreed with it. */
export function partySender(
  party: Party,
  topology: Topology,
  { tolerate, aliases }: AccessParts['agreed'],
): Sender {
  return {
    party: party.id,
    operator: party.operator === true,
    sources: sourcesOf(party, topology),
    ...(party.topics === undefined ? {} : { topics: party.topics }),
    tolerate: [...new Set([...tolerate, ...party.tolerate])],
    aliases: {
      namespaces: { ...aliases.namespaces, ...party.aliases.namespaces },
      verbs: { ...aliases.verbs, ...party.aliases.verbs },
    },
  }
}

const WRONG: NotTaken = {
  code: 'wrong-credentials',
  reason: 'The credentials are those of no party.',
}

function nothingShown(keyHeader: string): NotTaken {
  const reason = `The request has neither ${keyHeader} nor Authorization.`
  return { code: 'unauthenticated', reason }
}

function challengeOf({ parties }: Topology, code: NotTaken['code']): string {
  // RFC 6750 3.1: a token that was shown and is none is told apart from none at all.
  const error = code === 'wrong-credentials' ? ', error="invalid_token"' : ''
  const isBasic = parties.some(({ proofs }) => proofs.some(({ kind }) => kind === 'username-token'))
  return `Bearer ${REALM}${error}${isBasic ? `, Basic ${REALM}, charset="UTF-8"` : ''}`
}
