// A certificate that a client has shown in its TLS handshake, as far as it can name a party.

import type { CertificateProof } from '../parties/party.ts'
import { isSame } from './same.ts'

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
  /** an authority that is configured vouches for what it says */
  readonly isVouched: boolean
  /** why it proves nothing, in one sentence */
  readonly fault?: string
}

/** What tells the certificate that the connection of a request has shown; undefined where it has shown none. */
export interface ShownCertificates<Request = { readonly socket: object }> {
  readonly certificateOf: (request: Request) => Certificate | undefined
}

/** True where a certificate has everything that a party is known by. Its names are believed where somebody vouches for them. */
export function shows(certificate: Certificate, proof: CertificateProof): boolean {
  const { dns, uri, email, sha256 } = proof
  const named = [
    ...(dns === undefined ? [] : [certificate.dns.includes(dns.toLowerCase())]),
    ...(uri === undefined ? [] : [certificate.uri.includes(uri)]),
    ...(email === undefined ? [] : [certificate.email.includes(email)]),
  ]
  if (named.length > 0 && !certificate.isVouched) return false
  const pinned = sha256 === undefined ? [] : [isSame(certificate.sha256, sha256)]
  const all = [...named, ...pinned]
  return all.length > 0 && all.every((it) => it)
}
