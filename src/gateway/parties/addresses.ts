// Which addresses may be posted to: those of the configuration and what stands below them, compared as parsed.

import type { Topology } from './party.ts'

/** True for an address that a party may name in ReplyAddress: one of its own, or one that is open to all. */
export function mayReplyTo(
  id: string,
  { parties, allowedAddresses }: Topology,
  address: string,
): boolean {
  const { binding, replyAddresses = [] } = parties.find((it) => it.id === id) ?? {}
  const own = binding !== undefined && 'url' in binding ? [binding.url] : []
  return isAllowed(address, [...own, ...replyAddresses, ...allowedAddresses])
}

/**
 * True for an address that an allowed one is the beginning of: same origin, and its path as it is or with more steps
 * behind it. `..`, other ports, credentials, letters in another case or script are no way around.
 */
export function isAllowed(address: string, allowed: readonly string[]): boolean {
  const url = plainAddress(address)
  if (url === undefined || AMBIGUOUS.test(url.pathname)) return false
  return allowed.some((it) => {
    const own = plainAddress(it)
    if (own === undefined || own.origin !== url.origin) return false
    const path = own.pathname.replace(/\/$/, '')
    return url.pathname === own.pathname || url.pathname.startsWith(`${path}/`)
  })
}

/** As it may be read by others: without what stands for a secret in it, credentials and query. */
export function shownAddress(text: string): string {
  const [bare = ''] = text.split(/[?#]/)
  return bare.replace(/^([a-z][a-z0-9+.-]*:)?([\\/]*)[^\\/]*@/i, '$1$2…@')
}

/** Separators and dots in disguise: servers differ in what they take them for. */
const AMBIGUOUS = /%(25)*(2e|2f|5c|00)|(^|\/)\.{1,2};/i

/** An http(s) address without credentials and fragment, as the URL standard reads it; undefined for anything else. */
export function plainAddress(text: string): URL | undefined {
  // The URL standard drops tabs and line ends, and takes a backslash for a slash; whoever else reads the text may not.
  if (/[\u0000-\u0020\u007f\\]/.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isHttp = url.protocol === 'https:' || url.protocol === 'http:'
  const isPlain = !/^https?:\/\/[^/?#]*@/i.test(text) && !text.includes('#')
  return isHttp && isPlain && /^https?:\/\/[^/]/i.test(text) ? url : undefined
}
