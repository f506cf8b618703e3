// Header values of answers: what a sender put into its ids may not end a line or break a client.

/** octets of a header value; clients refuse answers whose headers are longer than some thousand */
const MOST_OCTETS = 1_024

/**
 * Headers as they can be sent: empty and over-long values are left out (a part of an id is a wrong id), all octets
 * but visible ASCII are percent-encoded.
 */
export function sendable(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]): readonly [string, string] => [name, visible(value)])
      .filter(([, value]) => value !== '' && value.length <= MOST_OCTETS),
  )
}

function visible(value: string): string {
  if (value.length > MOST_OCTETS || /^[\x20-\x7e]*$/.test(value)) return value
  return Array.from(Buffer.from(value), (it) =>
    it >= 0x20 && it <= 0x7e ? String.fromCharCode(it) : percent(it),
  ).join('')
}

function percent(octet: number): string {
  return `%${octet.toString(16).toUpperCase().padStart(2, '0')}`
}
