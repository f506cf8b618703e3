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
