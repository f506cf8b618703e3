// Ids that follow from a text: the same text is the same thing, wherever and whenever it is read.

/** @param digest SHA-256 in hex @returns a UUID of version 8, whose bits are the maker's own (RFC 9562 5.8) */
export function uuidOf(digest: string): string {
  const variant = '89ab'[Number.parseInt(digest.slice(16, 17), 16) % 4] ?? '8'
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-')
}
