// The text inside Compressed where it is no XML: the judge has not looked into it, so its limits hold here.

import type { Limits } from '../../envelope/limits.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { gunzipped, isGzip, octetsIn } from '../unpack.ts'

/** The text, or why there is none. @param base64 of gzip, or of the text itself */
export async function inflated(
  base64: string,
  { unpackedBytes, unpackRatio }: Pick<Limits, 'unpackedBytes' | 'unpackRatio'>,
): Promise<string | ReplyError> {
  let octets: ReturnType<typeof octetsIn>
  try {
    octets = octetsIn(base64)
  } catch {
    return UNREADABLE
  }
  const most = Math.min(unpackedBytes, Math.max(octets.length, 1024) * unpackRatio)
  try {
    const whole = isGzip(octets) ? await unpacked(octets, most) : octets
    if (whole === undefined) return TOO_LONG
    return new TextDecoder('utf-8', { fatal: true }).decode(whole)
  } catch {
    return UNREADABLE
  }
}

/** Undefined where it would be longer. */
async function unpacked(
  octets: ReturnType<typeof octetsIn>,
  most: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of gunzipped(octets) as unknown as AsyncIterable<Uint8Array>) {
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
