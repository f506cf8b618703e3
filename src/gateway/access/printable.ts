// What somebody else has written, as far as it is repeated to him.

/** In ASCII, so that it may stand anywhere, and not too long to be read. */
export function printable(text: string, most = 100): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, most)
}
