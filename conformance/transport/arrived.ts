// A request past HTTP: what it holds, whatever its content is coded in, and why nothing of it can be read.

import { gunzipSync } from 'node:zlib'
import { MOST_BYTES } from './http.ts'
import type { Asked } from './listen.ts'

/** How a request came. */
export interface Arrived {
  readonly method: string
  /** decoded; where it does not decode, as it came; of what is too long the beginning */
  readonly bytes: Uint8Array
  /** of its content (RFC 9110 §8.4.1); empty = none */
  readonly coding: string
  /** why nothing of it is read; undefined = it is */
  readonly unread?: 'too-long' | 'coding'
  /** it asks without a message, as who looks whether anybody listens does */
  readonly isProbe: boolean
}

/** HTTP status of what is not read (RFC 9110 §15.5.14, §15.5.16). */
export const UNREAD = { 'too-long': 413, coding: 415 } as const
/** The same in words. */
export const UNREAD_WHY = {
  'too-long': 'it is longer than a message may be',
  coding: 'its content does not decode as its Content-Encoding says',
} as const

/** @param asked as it came on the wire */
export function arrived({ method, headers, bytes, isTooLong }: Asked): Arrived {
  const said = (headers['content-encoding'] ?? '').trim().toLowerCase()
  const coding = said === 'identity' ? '' : said
  const isProbe = bytes.length === 0 && ['GET', 'HEAD', 'OPTIONS'].includes(method)
  const it = { method, coding, bytes, isProbe }
  if (isTooLong === true) return { ...it, unread: 'too-long' }
  return coding === '' ? it : { ...it, ...decoded(bytes, coding) }
}

function decoded(bytes: Uint8Array, coding: string): Partial<Arrived> {
  if (coding !== 'gzip' && coding !== 'x-gzip') return { unread: 'coding' }
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) }
  } catch (error) {
    const { code } = error as { readonly code?: unknown }
    return { unread: code === 'ERR_BUFFER_TOO_LARGE' ? 'too-long' : 'coding' }
  }
}
