// Octets as lines of text, for a reader: as UTF-8, or as what the octets themselves say; what is none stands as its
// hexadecimal value. Nothing is left out unless it is said.

/** A message for reading. */
export interface Shown {
  readonly lines: readonly string[]
  /** what a reader has to know of the text */
  readonly note: string
}

/** so much of a message is shown */
const MOST_OCTETS = 64 * 1024

/** @param bytes as they passed @param most so many of them are shown */
export function shown(bytes: Uint8Array, most = MOST_OCTETS): Shown {
  const head = bytes.subarray(0, most)
  const notes = [
    bytes.length > head.length
      ? `The first ${most} of ${bytes.length} octets; the file has them all.`
      : '',
  ]
  const utf16 = [head[0], head[1]].join()
  const encoding = utf16 === '255,254' ? 'utf-16le' : utf16 === '254,255' ? 'utf-16be' : 'utf-8'
  if (encoding !== 'utf-8') notes.push(`In ${encoding.toUpperCase()}.`)
  const strict = decoded(head, encoding)
  // A character that is cut at the end of the head is not wrong.
  const text = strict ?? decoded(head.subarray(0, wholeEnd(head, bytes)), encoding) ?? mixed(head)
  if (strict === undefined && text.includes(WRONG))
    notes.push(`Octets that are no UTF-8 stand as ${WRONG}hh⟩.`)
  return { lines: text.split(/\r\n|\n/), note: notes.filter((it) => it !== '').join(' ') }
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const WRONG = '⟨0x'

/** Where the last whole character of UTF-8 ends. */
function wholeEnd(bytes: Uint8Array, of: Uint8Array): number {
  if (bytes.length === of.length) return bytes.length
  let end = bytes.length - 1
  while (end > bytes.length - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end
}

/** Whole characters as they are, every other octet by its value. */
function mixed(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find(
      (it) =>
        at + it <= bytes.length &&
        decoded(bytes.subarray(at, at + it), 'utf-8')?.length !== undefined,
    )
    text +=
      length === undefined
        ? `${WRONG}${(bytes[at] ?? 0).toString(16).padStart(2, '0')}⟩`
        : (decoded(bytes.subarray(at, at + length), 'utf-8') ?? '')
    at += length ?? 1
  }
  return text
}
