// What a request shows to prove who sends it, and whose proof that is. Secrets are compared as digests, all of them and
// each to its end, so that the time that it takes tells nothing.

import type { Party, Proof } from '../parties/party.ts'
import { shows } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { isSame } from './same.ts'
import { isToken } from './tokens.ts'

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>

/** A short text that tells nothing of the text it is made of: SHA-256, hex. */
export type Digest = (text: string) => string

/** One proof as it was shown. */
export type Shown =
  | { readonly kind: 'api-key'; readonly sha256: string }
  /** `token` where it has the form of a signed one, which somebody else has to check */
  | { readonly kind: 'bearer'; readonly sha256: string; readonly token?: string }
  | { readonly kind: 'token'; readonly subject: string; readonly issuer: string }
  | { readonly kind: 'certificate'; readonly certificate: Certificate }
  | { readonly kind: 'basic'; readonly username: string; readonly sha256: string }
  /** Authorization in a scheme, or a form, that nobody here reads; or what has been found wrong with it, in one sentence */
  | { readonly kind: 'unreadable'; readonly reason?: string }

/** Whoever may use Basic in HTTP may write it into WS-Security, and the other way round. */
type Passworded = Extract<Proof, { readonly kind: 'username-token' }>

/**
 * Every proof in the headers of a request, and that of its connection; a cookie is none.
 * @param apiKeyHeader in lower case
 */
export function shownIn(
  headers: Headers,
  certificate: Certificate | undefined,
  { apiKeyHeader, digest }: { readonly apiKeyHeader: string; readonly digest: Digest },
): readonly Shown[] {
  const key = headers[apiKeyHeader]
  const authorization = headers['authorization']
  return [
    ...(key === undefined ? [] : [{ kind: 'api-key', sha256: digest(key) } as const]),
    ...(authorization === undefined ? [] : [authorizationIn(authorization, digest)]),
    ...(certificate === undefined ? [] : [certified(certificate)]),
  ]
}

function certified(certificate: Certificate): Shown {
  const { fault: reason } = certificate
  return reason === undefined
    ? { kind: 'certificate', certificate }
    : { kind: 'unreadable', reason }
}

function authorizationIn(header: string, digest: Digest): Shown {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header.trim()) ?? []
  // Names of schemes have no case (RFC 9110 11.1).
  if (scheme.toLowerCase() === 'bearer') {
    const bearer = { kind: 'bearer', sha256: digest(value) } as const
    return isToken(value) ? { ...bearer, token: value } : bearer
  }
  if (scheme.toLowerCase() !== 'basic') return { kind: 'unreadable' }
  const text = decoded(value)
  const colon = text?.indexOf(':') ?? -1
  if (text === undefined || colon < 0) return { kind: 'unreadable' }
  return { kind: 'basic', username: text.slice(0, colon), sha256: digest(text.slice(colon + 1)) }
}

/** Base64 of UTF-8 (RFC 7617); undefined when it is none. */
function decoded(base64: string): string | undefined {
  try {
    const octets = Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return undefined
  }
}

/** The party whose proof it is. Every proof of every party is looked at, whatever has been found before. */
export function bearerOf(
  shown: Shown,
  parties: readonly Party[],
  digest: Digest,
): Party | undefined {
  let found: Party | undefined
  for (const party of parties)
    for (const proof of party.proofs) if (proves(shown, proof, digest)) found ??= party
  return found
}

function proves(shown: Shown, proof: Proof, digest: Digest): boolean {
  switch (proof.kind) {
    case 'username-token':
      return shown.kind === 'basic' && logsIn(shown, proof, digest)
    case 'token':
      // Both are public, and signed by whoever says them.
      if (shown.kind !== 'token' || shown.subject !== proof.subject) return false
      return proof.issuer === undefined || shown.issuer === proof.issuer
    case 'certificate':
      return shown.kind === 'certificate' && shows(shown.certificate, proof)
    default:
      return 'sha256' in shown && isSame(shown.sha256, proof.sha256) && shown.kind === proof.kind
  }
}

function logsIn(
  { username, sha256 }: Extract<Shown, { readonly kind: 'basic' }>,
  proof: Passworded,
  digest: Digest,
): boolean {
  const isPassword = isSame(sha256, digest(proof.password))
  return isSame(digest(username), digest(proof.username)) && isPassword
}
