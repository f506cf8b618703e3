// Where a gateway may listen: without parties, where nobody but this machine reaches it; and never where one of its own
// parties is.

import type { Topology } from '../parties/party.ts'

/** Where a gateway listens. */
export interface Listening {
  /** name or address, as it was asked for */
  readonly host: string
  /** 0 = not known yet, because any free one is taken */
  readonly port: number
}

/** Why it may not listen there, with what to do; undefined when it may. */
export function exposed(host: string, { parties }: Topology): string | undefined {
  if (parties.length > 0 || isLoopback(host)) return undefined
  return `Without parties cimgate asks nobody who they are, so it listens on the loopback address only, not on ${host}. Configure parties (--config FILE), or leave out --host.`
}

/** The same where a party is at that very address, and what is sent to it would come back in. */
export function looped(at: Listening, { parties }: Topology): string | undefined {
  const own = parties.find(
    ({ binding }) => binding !== undefined && 'url' in binding && isAt(new URL(binding.url), at),
  )
  if (own === undefined) return undefined
  return `parties.${own.id}.binding.url is where cimgate itself listens (port ${at.port} of this machine), so that what is sent there comes back in. Write the address of the party, or choose another port (--port).`
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

function isAt({ protocol, hostname, port }: URL, at: Listening): boolean {
  // Port 0 is nobody's.
  if (at.port === 0 || Number(port || PORTS[protocol]) !== at.port) return false
  return reachedBy(hostname).some((it) => isHeard(it, bare(at.host)))
}

/** Addresses that a name leads to, as far as every machine knows it. */
function reachedBy(hostname: string): readonly string[] {
  const name = bare(hostname)
  if (name === 'localhost') return ['127.0.0.1', '::1']
  // Who connects to no address connects to his own machine.
  return name === '0.0.0.0' ? [name, '127.0.0.1'] : name === '::' ? [name, '::1'] : [name]
}

/** Whoever listens at all addresses of a kind is reached at the loopback addresses of that kind; `::` is of both. */
function isHeard(address: string, host: string): boolean {
  if (address === host) return true
  if (host === 'localhost') return reachedBy(host).includes(address)
  return (host === '::' && isLoopback(address)) || (host === '0.0.0.0' && /^127\./.test(address))
}

/** Of 127.0.0.0/8, ::1, or the name that stands for them (RFC 6761 6.3). */
export function isLoopback(host: string): boolean {
  const name = bare(host)
  return name === 'localhost' || name === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(name)
}

/** Names have no case, and an address of IPv6 has brackets in a URL only. */
function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '')
}
