// Tokens of an authorization server (OAuth 2, RFC 9068): which servers are believed, and what a token of theirs says. How a
// signature is checked, and where keys come from, is the shell's.

/** An authorization server that tokens are taken from. */
export interface TokenIssuer {
  /** `iss`, to the letter */
  readonly issuer: string
  /** one of them has to be in `aud` */
  readonly audience: readonly string[]
  /** `alg` that are taken, all of them with a key pair: RS256 … */
  readonly algorithms: readonly string[]
  /** name of the claim that says who has been given the token: `sub`, `client_id`, `azp` */
  readonly claim: string
  /** milliseconds that the clock of the server may be off */
  readonly skewMs: number
  /** its public keys: where they are fetched, or a JWK Set itself */
  readonly keys: { readonly url: string } | { readonly set: string }
}

/** What a token comes to. */
export type TokenSaid =
  | {
      readonly kind: 'proved'
      readonly issuer: string
      /** value of the claim that names its bearer */
      readonly subject: string
      /** milliseconds since 1970 up to which it is taken */
      readonly untilMs: number
      /** SHA-256 of the certificate that alone may bear it (RFC 8705), hex; absent = whoever has it */
      readonly boundTo?: string
    }
  | { readonly kind: 'wrong'; readonly reason: string }
  /** the fault is not that of its bearer: nobody can say now whether it is right */
  | { readonly kind: 'unavailable'; readonly reason: string }

/** Checks one token against the servers that are believed; never rejects. */
export type ReadToken = (token: string, issuers: readonly TokenIssuer[]) => Promise<TokenSaid>

/** Three parts in base64url: a signed JWT, whatever else is wrong with it. */
export function isToken(text: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)
}

/** Algorithms with a key pair. A secret that both sides know is none: whoever has our keys could write tokens. */
export const ALGORITHMS = [
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'EdDSA'] as const),
] as const

/** What applies where the configuration does not say. */
export const TOKENS = {
  algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
  claim: 'sub',
  skewMs: 30_000,
} as const satisfies Partial<TokenIssuer>

/** A public key, as RFC 7517 writes it. */
export interface PublicKey {
  readonly kty: string
}

/** The public keys of a JWK Set (RFC 7517); or what is wrong with the text, to be read after its place. */
export function publicKeysIn(text: string): readonly PublicKey[] | { readonly fault: string } {
  const { keys } = (parsed(text) ?? {}) as { readonly keys?: unknown }
  if (!Array.isArray(keys)) return { fault: 'is no JWK Set: it has no list "keys"' }
  const all = keys.filter((it) => PUBLIC.includes(String((it as PublicKey | null)?.kty)))
  return all.length > 0
    ? (all as PublicKey[])
    : { fault: `is a JWK Set without a public key (kty ${PUBLIC.join(', ')})` }
}

const PUBLIC: readonly string[] = ['RSA', 'EC', 'OKP']

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
