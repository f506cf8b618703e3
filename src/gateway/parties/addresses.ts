// Which addresses may be posted to: those of the configuration and what stands below them, compared as parsed.

/** Scheme, host, port and path as the URL standard reads them; undefined for what is no plain http(s) address. */
function parsed(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isPlain = url.username === '' && url.password === '' && url.hash === ''
  return isPlain && (url.protocol === 'https:' || url.protocol === 'http:') ? url : undefined
}

/**
 * True for an address that an allowed one is the beginning of: same origin, and its path as it is or with more steps
 * behind it. `..`, other ports, credentials, letters in another case or script are no way around.
 */
export function isAllowed(address: string, allowed: readonly string[]): boolean {
  const url = parsed(address)
  if (url === undefined || /%2e|%2f|%5c/i.test(url.pathname)) return false
  return allowed.some((it) => {
    const own = parsed(it)
    if (own === undefined || own.origin !== url.origin) return false
    const path = own.pathname.replace(/\/$/, '')
    return url.pathname === own.pathname || url.pathname.startsWith(`${path}/`)
  })
}
