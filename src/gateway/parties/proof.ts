// How parties prove who they are when they come in, as the gateway keeps it.

/** How a party proves who it is. Digests only: what was configured in the open is forgotten. */
export type Proof =
  | { readonly kind: 'api-key' | 'bearer'; readonly sha256: string }
  | { readonly kind: 'username-token'; readonly username: string; readonly password: string }
  /** a token whose claim names it; of any authorization server that is known, or of one */
  | { readonly kind: 'token'; readonly subject: string; readonly issuer?: string }
  | CertificateProof

/** A certificate of TLS that has all of these: names in its subjectAltName, or its own SHA-256 (hex in lower case). */
export interface CertificateProof {
  readonly kind: 'certificate'
  readonly dns?: string
  readonly uri?: string
  readonly email?: string
  readonly sha256?: string
}
