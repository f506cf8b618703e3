// Where a WSDL says that its services are.

/**
 * Below the address that the configuration gives. Without one, the address that the client itself has used, as long as
 * that is a loopback address; any other Host is only what somebody claims, and then the path alone is said.
 * @param publicUrl of the configuration, without a slash at its end; undefined or empty = none
 */
export function addressIn(
  path: string,
  headers: Readonly<Record<string, string>>,
  publicUrl: string | undefined,
): string {
  if (publicUrl !== undefined && publicUrl !== '') return `${publicUrl.replace(/\/+$/, '')}${path}`
  const host = headers['host'] ?? ''
  return LOOPBACK.test(host) ? `http://${host}${path}` : path
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i
