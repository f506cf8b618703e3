// TLS of the gateway: versions and ciphers, its certificate, and what is shown by those of clients. Nobody is turned away in the
// handshake for his certificate: who asks for something gets an answer that says what is wrong with it.

import { constants } from 'node:crypto'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { SecureContextOptions, Server, TlsOptions } from 'node:tls'
import type { Certificate, ShownCertificates } from '../../gateway/access/certificate.ts'
import type { TlsMaterial } from '../../gateway/access/tls.ts'
import { altNamesIn } from './names.ts'

/** TLS of one server. */
export interface Tls extends ShownCertificates {
  /** that the server is made with */
  readonly settings: TlsOptions
  /** clients are asked for a certificate, as it was when the server was made */
  readonly asksClients: boolean
  /** Notes what each connection was made under. */
  readonly watch: (server: Server) => void
  /** Takes another certificate, key or authority for all connections to come; what clients have shown under other authorities counts no more. */
  readonly renew: (material: TlsMaterial | undefined) => void
}

/** With forward secrecy and authenticated encryption only. */
const CIPHERS = [
  ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
  ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
].join(':')

/** milliseconds; Node leaves a client two minutes */
const HANDSHAKE_MS = 10_000

/**
 * @param asksClients a party may prove itself by a certificate
 * @param failed hears of each handshake that comes to nothing: from which address, and why
 */
export function openTls(
  first: TlsMaterial,
  asksClients: boolean,
  failed: (from: string, reason: string) => void = () => undefined,
): Tls {
  let material = first
  /** authorities under which the certificate of a connection was judged */
  const under = new WeakMap<object, string | undefined>()
  /** the same of handshakes, by the other end of the connection */
  const begun = new Map<string, string | undefined>()
  let renewed: ((context: SecureContextOptions) => void) | undefined
  return {
    settings: {
      ...contextOf(first),
      requestCert: asksClients,
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_MS,
    },
    asksClients,
    watch: (server) => {
      // What a handshake is judged by is settled when it begins.
      server.on('connection', (socket: Socket) => {
        const end = endOf(socket)
        begun.set(end, material.clientAuthorities)
        socket.once('close', () => begun.delete(end))
      })
      server.on('secureConnection', (socket) => under.set(socket, begun.get(endOf(socket))))
      server.on('tlsClientError', (error, socket) =>
        failed(socket.remoteAddress ?? '', error.message),
      )
      renewed = (context) => server.setSecureContext(context)
    },
    renew: (next) => {
      if (next === undefined || isSame(next, material)) return
      renewed?.(contextOf(next))
      material = next
    },
    certificateOf: ({ socket }) => {
      if (!(socket instanceof TLSSocket)) return undefined
      return shownOn(socket, material.clientAuthorities, under.get(socket))
    },
  }
}

function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function isSame(one: TlsMaterial, other: TlsMaterial): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function contextOf(it: TlsMaterial): SecureContextOptions {
  return {
    cert: it.certificate,
    key: it.key,
    ...(it.passphrase === undefined ? {} : { passphrase: it.passphrase }),
    ...(it.clientAuthorities === undefined ? {} : { ca: it.clientAuthorities }),
    minVersion: it.minVersion,
    ciphers: CIPHERS,
    honorCipherOrder: true,
    // Each connection is judged anew: one that is resumed would bring along what was believed before.
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
  }
}

function shownOn(
  socket: TLSSocket,
  authorities: string | undefined,
  under: string | undefined,
): Certificate | undefined {
  const shown = socket.getPeerX509Certificate()
  if (shown === undefined) return undefined
  const isVouched = authorities !== undefined && authorities === under && socket.authorized
  const [from, until] = [Date.parse(shown.validFrom), Date.parse(shown.validTo)]
  const facts = {
    sha256: shown.fingerprint256.replaceAll(':', '').toLowerCase(),
    ...altNamesIn(shown.subjectAltName),
    untilMs: until,
    isVouched,
  }
  const fault = faultOf()
  return fault === undefined ? facts : { ...facts, fault }

  function faultOf(): string | undefined {
    const now = Date.now()
    if (now > until) return 'The certificate has expired; show one that is in force.'
    if (now < from) return 'The certificate is not in force yet; compare the clocks.'
    if (authorities === undefined || isVouched) return undefined
    if (authorities !== under)
      return 'The authorities of clients have changed since the connection was made; connect again.'
    return `The certificate is not taken (${String(socket.authorizationError)}); show one that an authority of clientAuthorities has signed for clients, with the certificates between them.`
  }
}
