// Pages of other sites. A browser sends their requests from the machine of whoever looks at them, so that they reach a
// loopback address; what they cannot choose is the Host that they ask for and the Origin that they come from.

import type { Topology } from '../parties/party.ts'
import { isLoopback } from './loopback.ts'
import { printable } from './printable.ts'
import type { Headers } from './proofs.ts'

/** What a site is known by. */
export interface SiteParts {
  readonly topology: () => Topology
  /** address under which others see this gateway; empty or undefined = none is told */
  readonly publicUrl?: string | undefined
}

/** Methods that change nothing (RFC 9110 9.2.1). */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** Why a request is that of another site, with how to mend it; undefined when it is not. */
export function strayed(method: string, headers: Headers, parts: SiteParts): string | undefined {
  const { host = '', origin = '' } = headers
  if (!isServed(headers, parts))
    return `Without parties only this machine is served, and Host is ${printable(host)}: write localhost or 127.0.0.1, or set publicUrl.`
  if (SAFE.includes(method) || !isForeign(headers, parts)) return undefined
  return `A page of ${printable(origin)} may change nothing here: add its origin to access.origins, or send no Origin.`
}

/** Where nobody is asked who he is, a name that was made to lead to this machine is none of ours (DNS rebinding). */
function isServed({ host }: Headers, { topology, publicUrl }: SiteParts): boolean {
  // Browsers always send it.
  if (topology().parties.length > 0 || host === undefined) return true
  const name = hostIn(`http://${host}`)?.hostname
  return name !== undefined && (isLoopback(name) || name === hostIn(publicUrl)?.hostname)
}

/** What a page may see of another site is no matter of browsers alone (RFC 6455 10.2); programs send no Origin. */
export function isForeign({ origin, host }: Headers, { topology, publicUrl }: SiteParts): boolean {
  if (origin === undefined) return false
  const { parties, access: rules } = topology()
  if ((rules?.origins ?? []).includes(origin)) return false
  const url = hostIn(origin)
  if (url === undefined) return true
  if (url.origin === hostIn(publicUrl)?.origin) return false
  return url.host !== host || (parties.length === 0 && !isLoopback(url.hostname))
}

function hostIn(url: string | undefined): URL | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url) : undefined
}
