// Signed tokens (JWS, JWT). The only file that knows jose: what it throws becomes a sentence here.

import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTPayload } from 'jose'
import { publicKeysIn } from '../../gateway/access/tokens.ts'
import type { TokenIssuer } from '../../gateway/access/tokens.ts'

/** Public keys, one of which is looked for by the `kid` and `alg` of a token; nothing else of its header leads anywhere. */
export type KeySet = ReturnType<typeof createLocalJWKSet>

/** Why a token is not taken. */
export interface Fault {
  readonly reason: string
  /** no key has its `kid`: the server may have a new one */
  readonly isKeyless: boolean
}

/** @throws {Error} with what is wrong when the text is no JWK Set with a public key; to be read after its place */
export function keySetOf(text: string): KeySet {
  const keys = publicKeysIn(text)
  if ('fault' in keys) throw new Error(keys.fault)
  try {
    return createLocalJWKSet({ keys: keys as JSONWebKeySet['keys'] })
  } catch (error) {
    throw new Error('is no JWK Set: a key in it is malformed', { cause: error })
  }
}

/** What a token says of itself and its bearer. */
export type Claims = JWTPayload

/** What a token claims, before anybody has proved it; undefined when it is no JWT. */
export function claimed(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token)
  } catch {
    return undefined
  }
}

/** What a token says, its signature proved first; or why it is not taken. @param nowMs milliseconds since 1970 */
export async function verified(
  token: string,
  keys: KeySet,
  from: TokenIssuer,
  nowMs: number,
): Promise<{ readonly claims: JWTPayload } | { readonly fault: Fault }> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: from.issuer,
      audience: [...from.audience],
      algorithms: [...from.algorithms],
      clockTolerance: from.skewMs / 1000,
      currentDate: new Date(nowMs),
      requiredClaims: ['exp', from.claim],
    })
    if (!ACCESS.test(protectedHeader.typ ?? 'JWT')) return { fault: OTHER_KIND }
    return { claims: payload }
  } catch (error) {
    const isKeyless = error instanceof errors.JWKSNoMatchingKey
    return { fault: { reason: reasonOf(error, from), isKeyless } }
  }
}

/** What an access token may call itself (RFC 9068 2.1); what other tokens of a server are called is none. */
const ACCESS = /^(application\/)?(at\+)?jwt$/i
const OTHER_KIND: Fault = {
  reason: 'The token is no access token: its typ says what else it is for.',
  isKeyless: false,
}

function reasonOf(error: unknown, from: TokenIssuer): string {
  if (error instanceof errors.JWTExpired)
    return 'The token has expired; ask its authorization server for a new one.'
  if (error instanceof errors.JWTClaimValidationFailed) return claimFault(error.claim, from)
  if (error instanceof errors.JOSEAlgNotAllowed)
    return `The token is signed by an algorithm that is not taken; it has to be ${from.algorithms.join(', ')}.`
  if (error instanceof errors.JWKSNoMatchingKey)
    return `No key of ${from.issuer} has the kid and the algorithm of the token.`
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'The token has no kid, and several keys may be meant; have its authorization server write the kid.'
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return 'The signature of the token is wrong.'
  return 'The token is no JWT that can be read here.'
}

function claimFault(claim: string, { issuer, audience, claim: named }: TokenIssuer): string {
  switch (claim) {
    case 'nbf':
      return 'The token is not in force yet (nbf); compare the clocks.'
    case 'aud':
      return `The token is for somebody else: its aud has to be ${audience.join(' or ')}.`
    case 'iss':
      return `The token is not of ${issuer}.`
    case 'exp':
      return 'The token does not say when it expires (exp).'
    default:
      return `The token has no usable claim ${claim === 'unspecified' ? named : claim}.`
  }
}
