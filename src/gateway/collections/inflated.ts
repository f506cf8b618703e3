// The text inside Compressed where it is no XML: the judge has not looked into it, so its limits hold here.

import type { Limits } from '../../envelope/limits.ts'
import type { ReplyError } from '../../envelope/reply.ts'

/** The text, or why there is none. @param base64 of gzip, or of the text itself */
export async function inflated(
  base64: string,
  { unpackedBytes, unpackRatio }: Pick<Limits, 'unpackedBytes' | 'unpackRatio'>,
): Promise<string | ReplyError> {
  let octets: Uint8Array
  try {
    octets = Uint8Array.from(atob(base64.replace(/\s/g, '')), (it) => it.charCodeAt(0))
  } catch {
    return UNREADABLE
  }
  const most = Math.min(unpackedBytes, Math.max(octets.length, 1024) * unpackRatio)
  try {
    const whole = isPacked(octets) ? await unpacked(octets, most) : octets
    if (whole === undefined) return TOO_LONG
    return new TextDecoder('utf-8', { fatal: true }).decode(whole)
  } catch {
    return UNREADABLE
  }
}

/** RFC 1952 2.3.1 */
function isPacked(octets: Uint8Array): boolean {
  return octets[0] === 0x1f && octets[1] === 0x8b
}

/** Undefined where it would be longer. */
async function unpacked(octets: Uint8Array, most: number): Promise<Uint8Array | undefined> {
  const stream = new Blob([octets as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > most) return undefined
    chunks.push(chunk)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

const UNREADABLE: ReplyError = {
  code: '1.8',
  level: 'FATAL',
  rule: 'PAY-04',
  reason: 'Compressed holds no text in UTF-8, packed with gzip and written in base64.',
  details: 'Pack the list with gzip, and write that in base64.',
}

const TOO_LONG: ReplyError = {
  code: '3.1',
  level: 'FATAL',
  rule: 'LIM-UNPACKED',
  reason: 'Compressed is longer than may be when it is unpacked.',
  details: 'Send the list in several messages.',
}
