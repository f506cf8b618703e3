// Which of the two forms a document is in.

/** The form of a document. */
export type Form = 'xml' | 'json'

/** By the first character that is no white space: JSON begins with a brace or bracket, XML never does. */
export function formOf(bytes: Uint8Array): Form {
  const first = bytes.find((it) => !BLANKS.includes(it))
  return first === 0x7b || first === 0x5b ? 'json' : 'xml'
}

/** white space, and the octets of a byte order mark */
const BLANKS: readonly number[] = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]
