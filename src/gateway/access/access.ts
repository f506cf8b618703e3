// Who sends a request: decided by its headers alone, before anything of its body is read. Without parties whoever
// reaches the loopback address is taken as he is.

import type { Aliases } from '../../envelope/aliases.ts'
import type { ErrorCode } from '../../envelope/errors.ts'
import { ACCESS } from '../parties/party.ts'
import type { Party, Proof, Topology } from '../parties/party.ts'
import type { Sender } from '../received.ts'
import type { Certificate } from './certificate.ts'
import { printable } from './printable.ts'
import { bearerOf, shownIn } from './proofs.ts'
import type { Digest, Headers, Shown } from './proofs.ts'
import { isForeign, strayed } from './site.ts'
import type { SiteParts } from './site.ts'
import { rightsOf } from './rights.ts'
import { sourcesOf } from './source.ts'
import type { ReadToken } from './tokens.ts'

/** Why a request is not taken from whoever sent it. */
export interface NotTaken {
  readonly code: Extract<
    ErrorCode,
    'unauthenticated' | 'wrong-credentials' | 'authentication-unavailable'
  >
  /** one sentence */
  readonly reason: string
}

/** Who sent a request, or why nobody knows. */
export type Who =
  | {
      readonly sender: Sender
      /** milliseconds since 1970 up to which what was shown is in force; absent = until the configuration changes */
      readonly untilMs?: number
    }
  | { readonly refused: NotTaken }

/** What a body says about its sender: a party by its id, a proof that is wrong, or nothing. */
export type BodyProof = { readonly party: string } | { readonly wrong: string } | undefined

/** The door of the gateway. */
export interface Access {
  readonly who: (headers: Headers, certificate?: Certificate) => Promise<Who>
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
  /** absent = tokens of authorization servers are not taken */
  readonly readToken?: ReadToken
}

const REALM = 'realm="cimgate"'

/** The door of one gateway. */
export function accessOf(parts: AccessParts): Access {
  const { topology, digest, agreed } = parts
  const anonymous = (): Sender => ({ party: 'anonymous', operator: true, ...agreed })
  const senderOf = (party: Party) => ({ sender: partySender(party, topology(), agreed) })

  async function who(headers: Headers, certificate?: Certificate): Promise<Who> {
    const { parties } = topology()
    if (parties.length === 0) return { sender: anonymous() }
    const keyHeader = apiKeyHeaderOf(topology())
    const how = { apiKeyHeader: keyHeader.toLowerCase(), digest }
    const shown = shownIn(headers, certificate, how)
    if (shown.length === 0) return { refused: nothingShown(topology()) }
    const all = await Promise.all(shown.map((it) => proved(it, certificate)))
    const unsure = all.find((it) => it.kind === 'unavailable')
    if (unsure !== undefined) return { refused: { code: UNAVAILABLE, reason: unsure.reason } }
    const sure = unbound(all.filter((it) => it.kind !== 'unavailable'))
    const found = new Set(sure.map((it) => bearerOf(it, topology().parties, digest)))
    const [party] = found
    // Two proofs that are of different parties, or of which one is wrong, prove nothing.
    if (party === undefined || found.size > 1) return { refused: wrongBy(sure) }
    return { ...senderOf(party), ...endOf(sure) }
  }

  /** What a token of an authorization server says in place of the token; a party's own token stays what it is. */
  async function proved(shown: Shown, certificate: Certificate | undefined): Promise<Proved> {
    const { parties, access } = topology()
    const issuers = access?.tokens ?? []
    if (shown.kind !== 'bearer' || shown.token === undefined || issuers.length === 0) return shown
    if (bearerOf(shown, parties, digest) !== undefined) return shown
    const said = await parts.readToken?.(shown.token, issuers)
    if (said === undefined || said.kind === 'unavailable') return said ?? shown
    if (said.kind === 'wrong') return { kind: 'unreadable', reason: said.reason }
    if (said.boundTo !== undefined && said.boundTo !== certificate?.sha256)
      return { kind: 'unreadable', reason: BOUND }
    return { ...said, kind: 'token' }
  }

  function whoSays(proof: BodyProof): Who {
    if (proof === undefined) return { refused: nothingShown(topology()) }
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
  const rights = rightsOf(party)
  return {
    party: party.id,
    rights,
    operator: rights.includes('allParties'),
    sources: sourcesOf(party, topology),
    ...(party.topics === undefined ? {} : { topics: party.topics }),
    tolerate: [...new Set([...tolerate, ...party.tolerate])],
    aliases: {
      namespaces: { ...aliases.namespaces, ...party.aliases.namespaces },
      verbs: { ...aliases.verbs, ...party.aliases.verbs },
    },
  }
}

/** A proof that has been looked at by whoever can. */
type Sure = Shown | (Extract<Shown, { readonly kind: 'token' }> & Ended)
interface Ended {
  readonly untilMs: number
  readonly boundTo?: string
}
/** The same, or nobody can for the moment. */
type Proved = Sure | { readonly kind: 'unavailable'; readonly reason: string }

const NAMELESS =
  'The certificate is right, and its names (subjectAltName) and fingerprint are those of no party.'
const BOUND = 'The token is bound to a certificate (cnf) that the connection has not shown.'
const UNAVAILABLE = 'authentication-unavailable'

const WRONG: NotTaken = {
  code: 'wrong-credentials',
  reason: 'The credentials are those of no party.',
}

/** A token that is right is of a party that somebody has to name; what is wrong with any other one, its reader says. */
function wrongBy(all: readonly Sure[]): NotTaken {
  for (const it of all) {
    if (it.kind === 'unreadable' && it.reason !== undefined) return { ...WRONG, reason: it.reason }
    if (it.kind === 'certificate' && all.length === 1) return { ...WRONG, reason: NAMELESS }
    if (it.kind === 'token' && all.length === 1)
      return { ...WRONG, reason: `The token is right, and ${printable(it.subject)} is no party.` }
  }
  return WRONG
}

/** The certificate that a token is bound to is a part of that proof. */
function unbound(all: readonly Sure[]): readonly Sure[] {
  const bound = all.flatMap((it) => ('boundTo' in it ? [it.boundTo] : []))
  return all.filter((it) => it.kind !== 'certificate' || !bound.includes(it.certificate.sha256))
}

function endOf(all: readonly Sure[]): { readonly untilMs?: number } {
  const ends = all.flatMap((it) => {
    if (it.kind === 'certificate') return [it.certificate.untilMs]
    return 'untilMs' in it ? [it.untilMs] : []
  })
  return ends.length === 0 ? {} : { untilMs: Math.min(...ends) }
}

function nothingShown(topology: Topology): NotTaken {
  const isAsked = topology.parties.some(({ proofs }) => proofs.some(isCertificate))
  const more = isAsked ? ', and its connection has shown no certificate' : ''
  const reason = `The request has neither ${apiKeyHeaderOf(topology)} nor Authorization${more}.`
  return { code: 'unauthenticated', reason }
}

function isCertificate({ kind }: Proof): boolean {
  return kind === 'certificate'
}

function challengeOf({ parties }: Topology, code: NotTaken['code']): string {
  // RFC 6750 3.1: a token that was shown and is none is told apart from none at all.
  const error = code === 'wrong-credentials' ? ', error="invalid_token"' : ''
  const isBasic = parties.some(({ proofs }) => proofs.some(({ kind }) => kind === 'username-token'))
  return `Bearer ${REALM}${error}${isBasic ? `, Basic ${REALM}, charset="UTF-8"` : ''}`
}
