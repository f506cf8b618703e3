// Where a gateway without parties may listen: where nobody but this machine reaches it.

import type { Topology } from '../parties/party.ts'

/** Why it may not listen there, with what to do; undefined when it may. */
export function exposed(host: string, { parties }: Topology): string | undefined {
  if (parties.length > 0 || isLoopback(host)) return undefined
  return `Without parties cimgate asks nobody who they are, so it listens on the loopback address only, not on ${host}. Configure parties (--config FILE), or leave out --host.`
}

/** Of 127.0.0.0/8, ::1, or the name that stands for them (RFC 6761 6.3). */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '')
  return name === 'localhost' || name === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(name)
}
