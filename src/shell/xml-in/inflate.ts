// Payload/Compressed -> the octets inside, with caps that hold while unpacking, never after.

import type { Limits } from '../../envelope/limits.ts'

/** Why there is nothing inside that can be judged. */
export interface UnpackFault {
  readonly rule: 'LIM-UNPACKED' | 'PAY-04'
  readonly expected: string
  readonly found: string
  readonly mend: string
}

/**
 * Base64, then gzip where the octets say so; one level only. Several gzip members in a row are one text
 * (RFC 1952 §2.2), anything else behind them is a second content in disguise and refused.
 * @param text of the element, white space included
 */
export function unpack(
  text: string,
  limits: Limits,
): { readonly bytes: Uint8Array } | { readonly fault: UnpackFault } {
  const packed = text.replace(/[ \t\r\n]+/g, '')
  if (packed === '') return fault('nothing')
  if (!isBase64(packed)) return fault('text that is no base64')
  const octets = Buffer.from(packed, 'base64')
  if (isGzip(octets)) return gunzip(octets, limits)
  if (XML_BEGINS.includes(octets[0] ?? 0)) return { bytes: octets }
  const other = OTHERS.find(([begin]) => octets.subarray(0, begin.length).equals(begin))
  return fault(other === undefined ? 'neither gzip nor XML' : `${other[1]}, not gzip`)
}

/** Looks for what is wrong: to match what is right would remember every letter, and of ten million that is too much. */
function isBase64(packed: string): boolean {
  const letters = packed.slice(
    0,
    packed.length - (/={1,2}$/.exec(packed.slice(-2))?.[0].length ?? 0),
  )
  return letters !== '' && packed.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(letters)
}

/** What senders put there instead, by its first octets. */
const OTHERS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('PK\x03\x04'), 'a ZIP archive'],
  [Buffer.from('BZh'), 'bzip2 data'],
  [Buffer.from([0x78, 0x01]), 'zlib data without the frame of gzip'],
  [Buffer.from([0x78, 0x5e]), 'zlib data without the frame of gzip'],
  [Buffer.from([0x78, 0x9c]), 'zlib data without the frame of gzip'],
  [Buffer.from([0x78, 0xda]), 'zlib data without the frame of gzip'],
  [Buffer.from('%PDF'), 'a PDF document'],
]

/** RFC 1952 2.3.1 */
function isGzip(octets: Uint8Array): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b
}

/** First octets of XML: `<`, white space, a byte order mark, or half a character of UTF-16. */
const XML_BEGINS: readonly number[] = [0x3c, 0x09, 0x0a, 0x0d, 0x20, 0xef, 0xfe, 0xff, 0x00]

function gunzip(octets: Uint8Array, limits: Limits): ReturnType<typeof unpack> {
  const most = Math.min(limits.unpackedBytes, octets.length * limits.unpackRatio)
  try {
    const { buffer, engine } = inflate(octets, most)
    const behind = octets.length - engine.bytesWritten
    if (behind > 0) return fault(`${behind} octets behind the gzip data`)
    return isGzip(buffer) ? fault('gzip inside gzip') : { bytes: buffer }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') return { fault: bomb(octets.length, most, limits) }
    return fault(code === 'Z_BUF_ERROR' ? 'gzip data that is cut off' : 'gzip data that is damaged')
  }
}

/** With `info`, which the types do not know, the engine tells how much of the input it has read. */
function inflate(octets: Uint8Array, maxOutputLength: number) {
  const options = { maxOutputLength, info: true }
  // Hardly any message is compressed, and every command would load it.
  const { gunzipSync } = process.getBuiltinModule('node:zlib')
  return gunzipSync(octets, options) as unknown as {
    readonly buffer: Uint8Array
    readonly engine: { readonly bytesWritten: number }
  }
}

function bomb(packed: number, most: number, limits: Limits): UnpackFault {
  return {
    rule: 'LIM-UNPACKED',
    expected: `at most ${limits.unpackedBytes} octets and ${limits.unpackRatio} times the packed size`,
    found: `more than ${most} octets from ${packed}`,
    mend: 'Send the objects in several messages.',
  }
}

function fault(found: string): { readonly fault: UnpackFault } {
  return {
    fault: {
      rule: 'PAY-04',
      expected: 'gzip of the payload in base64',
      found,
      mend: 'Compress the payload document once with gzip and encode it in base64; for anything but XML say in Format what it is.',
    },
  }
}
