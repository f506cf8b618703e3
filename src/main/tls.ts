// TLS of the server, as the configuration wants it: opened with the server, renewed with the configuration.

import { isLoopback } from '../gateway/access/loopback.ts'
import type { Topology } from '../gateway/parties/party.ts'
import type { Log } from '../gateway/ports.ts'
import type { Config } from '../shell/config/index.ts'
import type { Tls } from '../shell/tls/index.ts'

/** Who hears of TLS. */
export interface TlsParts {
  readonly log: Log
  /** a handshake, of whoever is at that address */
  readonly failed: (from: string) => void
}

/** undefined = HTTP in the open, of which whoever runs it is told where others can listen. */
export async function tlsFor(
  config: Config,
  host: string,
  { log, failed }: TlsParts,
): Promise<Tls | undefined> {
  const { tls, topology } = config
  if (tls === undefined) {
    if (topology.parties.length > 0 && !isLoopback(host)) log.warn({ host }, IN_THE_OPEN)
    return undefined
  }
  const { openTls } = await import('../shell/tls/index.ts')
  return openTls(tls, isAsked(config), (from, reason) => {
    log.info({ from, reason }, 'a TLS handshake failed')
    failed(from)
  })
}

const IN_THE_OPEN =
  'secrets and messages come over HTTP in the open: write tls into the configuration, or let only a proxy that speaks TLS reach this address'

/** What of another configuration a server that is open cannot take over. */
export function tlsAgainst(next: Config, open: Tls | undefined): readonly string[] {
  if ((next.tls === undefined) !== (open === undefined))
    return [
      open === undefined
        ? 'tls is new, and the address is served in the open; start cimgate anew for it.'
        : 'tls is gone, and the address is served over TLS; start cimgate anew if that is meant.',
    ]
  return open !== undefined && isAsked(next) && !open.asksClients
    ? ['Certificates of clients are new, and nobody is asked for one; start cimgate anew for them.']
    : []
}

function isAsked({ tls, topology }: Config): boolean {
  return tls?.clientAuthorities !== undefined || hasCertificates(topology)
}

function hasCertificates({ parties }: Topology): boolean {
  return parties.some(({ proofs }) => proofs.some((it) => it.kind === 'certificate'))
}
