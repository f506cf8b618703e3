// What a request shows to prove who sends it, and whose proof that is. Secrets are compared as digests, all of them and
// each to its end, so that the time that it takes tells nothing.

import type { Party, Proof } from '../parties/party.ts'

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>

/** A short text that tells nothing of the text it is made of: SHA-256, hex. */
export type Digest = (text: string) => string

/** One proof as it was shown. */
export type Shown =
  | { readonly kind: 'api-key' | 'bearer'; readonly sha256: string }
  | { readonly kind: 'basic'; readonly username: string; readonly sha256: string }
  /** Authorization in a scheme, or a form, that nobody here reads */
  | { readonly kind: 'unreadable' }

/** Whoever may use Basic in HTTP may write it into WS-Security, and the other way round. */
type Passworded = Extract<Proof, { readonly kind: 'username-token' }>

/**
 * Every proof in the headers of a request; a cookie is none.
 * @param apiKeyHeader in lower case
 */
export function shownIn(headers: Headers, apiKeyHeader: string, digest: Digest): readonly Shown[] {
  const key = headers[apiKeyHeader]
  const authorization = headers['authorization']
  return [
    ...(key === undefined ? [] : [{ kind: 'api-key', sha256: digest(key) } as const]),
    ...(authorization === undefined ? [] : [authorizationIn(authorization, digest)]),
  ]
}

function authorizationIn(header: string, digest: Digest): Shown {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(header.trim()) ?? []
  // Names of schemes have no case (RFC 9110 11.1).
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', sha256: digest(value) }
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
  if (shown.kind === 'unreadable') return false
  if (proof.kind === 'username-token') return shown.kind === 'basic' && logsIn(shown, proof, digest)
  return isSame(shown.sha256, proof.sha256) && shown.kind === proof.kind
}

function logsIn(
  { username, sha256 }: Extract<Shown, { readonly kind: 'basic' }>,
  proof: Passworded,
  digest: Digest,
): boolean {
  const isPassword = isSame(sha256, digest(proof.password))
  return isSame(digest(username), digest(proof.username)) && isPassword
}

/** Compares digests in a time that does not depend on where they differ. */
export function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let at = 0; at < one.length; at += 1) {
    const [here, there] = [one.charCodeAt(at), other.charCodeAt(at % (other.length || 1))]
    difference |= here ^ (Number.isNaN(there) ? 0 : there)
  }
  return difference === 0
}
