// What a gateway is served with, and speaks to parties with, over TLS: plain data, so that two configurations can be compared.

/** Certificate and key of the gateway, and whose clients it believes. */
export interface TlsMaterial {
  /** PEM: the certificate, then those up to its authority */
  readonly certificate: string
  /** PEM */
  readonly key: string
  /** of the key; absent = it is not encrypted */
  readonly passphrase?: string
  /** PEM: authorities of the certificates of clients; absent = none is believed for its names */
  readonly clientAuthorities?: string
  readonly minVersion: TlsVersion
}

/** Versions that are spoken at all (IEC 62351-3). */
export const TLS_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const

/** One of them. */
export type TlsVersion = (typeof TLS_VERSIONS)[number]

/** How a party is spoken to over TLS. */
export interface ClientTls {
  /** PEM: what is shown to it, then those up to its authority */
  readonly certificate?: string
  /** PEM */
  readonly key?: string
  /** of the key; absent = it is not encrypted */
  readonly passphrase?: string
  /** PEM: authorities that are believed for it, in place of those of the system */
  readonly authorities?: string
}
