// Whether the Content-Type and the document agree on how its characters are coded.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import type { Answer } from '../transport/answer.ts'
import type { TransportCheck } from './transport.ts'

/** The charset goes before the declaration, and a byte order mark before both (RFC 7303 §3.2, §3.3). */
export const CHARSET_CHECK: TransportCheck = {
  requirement: 'TRN-11',
  judge: otherCharset,
  isOfRequests: true,
}

function otherCharset(it: Answer): readonly Observation[] {
  if (it.kind !== 'answered' || it.bytes.length === 0 || hasMark(it.bytes)) return []
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(it.contentType)?.[1]
  const own = encodingOf(it.bytes)
  if (charset === undefined || own === undefined) return []
  if (charset.toLowerCase() === own.toLowerCase()) return []
  const [said, meant] = [charset, own].map((one) => decoded(it.bytes, one))
  // What says the same in both is the same.
  if (meant === undefined || said === meant) return []
  const message = `The document is in ${own}; by the charset of its Content-Type, ${charset}, it is another one.`
  return [observed('TRN-11', 'L0', { expected: `charset=${own}`, got: charset, message })]
}

const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xfe, 0xff],
  [0xff, 0xfe],
]

function hasMark(bytes: Uint8Array): boolean {
  return MARKS.some((mark) => mark.every((octet, at) => bytes[at] === octet))
}

/** As it declares; else UTF-8 where it is that. undefined = only the charset says it. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1')
  const declared = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)/.exec(head)?.[1]
  if (declared !== undefined) return declared
  return !head.startsWith('<') || decoded(bytes, 'utf-8') === undefined ? undefined : 'UTF-8'
}

/** undefined = it is not of that encoding, or there is none of that name. */
function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
