// Payload/Compressed -> the octets inside, with caps that hold while unpacking, never after.

import { gunzipSync } from 'node:zlib'
import type { Limits } from '../../envelope/limits.ts'

/** Why there is nothing inside that can be judged. */
export interface UnpackFault {
  readonly rule: 'LIM-UNPACKED' | 'PAY-04'
  readonly expected: string
  readonly found: string
  readonly mend: string
}

/**
 * Base64, then gzip where the octets say so; one level only.
 * @param text of the element, white space included
 */
export function unpack(
  text: string,
  limits: Limits,
): { readonly bytes: Uint8Array } | { readonly fault: UnpackFault } {
  const packed = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed) || packed.length % 4 !== 0)
    return fault('text that is no base64')
  const octets = Buffer.from(packed, 'base64')
  if (octets[0] !== 0x1f || octets[1] !== 0x8b) return { bytes: octets }
  const most = Math.min(limits.unpackedBytes, octets.length * limits.unpackRatio)
  try {
    return { bytes: gunzipSync(octets, { maxOutputLength: most }) }
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code !== 'ERR_BUFFER_TOO_LARGE')
      return fault(`gzip that does not unpack: ${code ?? 'unknown fault'}`)
    return {
      fault: {
        rule: 'LIM-UNPACKED',
        expected: `at most ${limits.unpackedBytes} octets and ${limits.unpackRatio} times the packed size`,
        found: `more than ${most} octets from ${octets.length}`,
        mend: 'Send the objects in several messages.',
      },
    }
  }
}

function fault(found: string): { fault: UnpackFault } {
  return {
    fault: {
      rule: 'PAY-04',
      expected: 'gzip of the payload in base64',
      found,
      mend: 'Compress the payload document with gzip and encode it in base64.',
    },
  }
}
