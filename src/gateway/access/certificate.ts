// A certificate that a client has shown in its TLS handshake, as far as it can name a party.

/** Facts of a certificate; that its bearer has the key, the handshake has proved. */
export interface Certificate {
  /** of its octets, hex in lower case */
  readonly sha256: string
  /** names in subjectAltName; those of hosts in lower case */
  readonly dns: readonly string[]
  readonly uri: readonly string[]
  readonly email: readonly string[]
  /** milliseconds since 1970 up to which it is in force */
  readonly untilMs: number
  /** why nobody here vouches for it, in one sentence; absent = an authority that is configured does */
  readonly fault?: string
}
