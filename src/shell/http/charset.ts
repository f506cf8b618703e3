// A charset parameter outranks what a document says of itself, and a byte order mark outranks both
// (RFC 7303 §3.2): what is handed on is UTF-8 wherever the octets alone would mislead.

import { CimError } from '../../envelope/errors.ts'
import type { BodyKind, Charset } from './media.ts'

/** the encoding pseudo-attribute of an XML declaration */
const DECLARED = /^(<\?xml[^>]*?)\sencoding\s*=\s*(["'])([^"']*)\2/

/** Characters in which every XML declaration ends. */
const HEAD = 256

/**
 * @param charset of the Content-Type; without one the octets speak for themselves
 * @throws {CimError} `malformed` when the octets are not in that charset
 */
export function inUtf8(
  bytes: Uint8Array,
  charset: Charset | undefined,
  kind: BodyKind,
): Uint8Array {
  if (charset === undefined || (kind === 'xml' && hasMark(bytes))) return bytes
  if (charset === 'utf-8') return kind === 'xml' ? withoutFalseClaim(bytes) : bytes
  // Without a mark the order of the octets is anybody's guess; the guard of the parser says so, where they are UTF-16.
  if (charset === 'utf-16' && kind === 'xml') return inPairs(bytes)
  const text = decoded(bytes, charset)
  return new TextEncoder().encode(kind === 'xml' ? text.replace(DECLARED, '$1') : text)
}

function hasMark(bytes: Uint8Array): boolean {
  const [a, b, c] = bytes
  return (a === 0xef && b === 0xbb && c === 0xbf) || (a === 0xff && b === 0xfe) || isBigEndian(a, b)
}

/** XML begins with a character of ASCII: in UTF-16 one of its two octets is 0. */
function inPairs(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0 || (bytes[0] === 0) !== (bytes[1] === 0)) return bytes
  throw new CimError('malformed', 'The body is not in utf-16.')
}

function isBigEndian(a: number | undefined, b: number | undefined): boolean {
  return a === 0xfe && b === 0xff
}

/** An intermediary that transcodes leaves the declaration as it was. */
function withoutFalseClaim(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1')
  const declared = DECLARED.exec(head)?.[3]?.toLowerCase()
  if (declared === undefined || declared === 'utf-8') return bytes
  return Buffer.concat([
    Buffer.from(head.replace(DECLARED, '$1'), 'latin1'),
    bytes.subarray(Math.min(HEAD, bytes.length)),
  ])
}

function decoded(bytes: Uint8Array, charset: Exclude<Charset, 'utf-8'>): string {
  // A browser's "iso-8859-1" is windows-1252, which has other characters from 0x80 to 0x9F.
  if (charset === 'iso-8859-1') return Buffer.from(bytes).toString('latin1')
  const label = charset === 'utf-16' && isBigEndian(bytes[0], bytes[1]) ? 'utf-16be' : charset
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new CimError('malformed', `The body is not in ${charset}.`, { cause })
  }
}
