// The answer of a peer from the wire: its body unpacked, and never longer than the limit.

import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Unusable } from '../../gateway/peer.ts'

/** The answer of a peer. */
export interface HttpResponse {
  readonly status: number
  readonly bytes: Uint8Array
  readonly headers: Headers
  /** why the body cannot be read; it has no bytes then */
  readonly unusable?: Unusable
}

/** What a peer may pack its answers with. */
export const PACKINGS = 'gzip, deflate, br'

const UNPACK: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** @throws when the request is given up meanwhile, because then there is no whole answer, and nobody knows of what */
export async function answerOf(
  response: IncomingMessage,
  limitBytes: number,
  isGivenUp: () => boolean,
): Promise<HttpResponse> {
  const [status, headers] = [response.statusCode ?? 0, headersOf(response)]
  const body = await bodyOf(response, limitBytes, isGivenUp)
  if (body instanceof Uint8Array) return { status, bytes: body, headers }
  return { status, bytes: new Uint8Array(), headers, unusable: body }
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] as string, rawHeaders[at + 1] as string)
  return headers
}

async function bodyOf(
  response: IncomingMessage,
  limitBytes: number,
  isGivenUp: () => boolean,
): Promise<Uint8Array | Unusable> {
  const unpacked = unpackedOf(response)
  if (unpacked === undefined) return (response.destroy(), UNDECODABLE)
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    // Leaving early ends the connection: what a peer goes on to send is nobody's.
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > limitBytes)
        return { reason: `has more than ${limitBytes} octets.`, lasting: true }
      chunks.push(chunk)
    }
  } catch (error) {
    if (isGivenUp()) throw error
    return isPacking(error as NodeJS.ErrnoException) ? UNDECODABLE : CUT_OFF
  }
  return Buffer.concat(chunks)
}

const UNDECODABLE: Unusable = {
  reason: 'has a Content-Encoding that cannot be undone.',
  lasting: true,
}
const CUT_OFF: Unusable = { reason: 'was cut off.', lasting: false }

/** One packing at most: what is packed twice is meant to be large. */
function unpackedOf(response: IncomingMessage): Readable | undefined {
  const packing = (response.headers['content-encoding'] ?? '').trim().toLowerCase()
  if (packing === '' || packing === 'identity') return response
  if (!Object.hasOwn(UNPACK, packing)) return undefined
  const unpack = UNPACK[packing]?.() as unknown as Readable & NodeJS.WritableStream
  // Whatever goes wrong on the one is told to whoever reads the other.
  pipeline(response, unpack, () => undefined)
  return unpack
}

/** As zlib names its faults, and those of brotli. */
function isPacking({ code }: NodeJS.ErrnoException): boolean {
  return typeof code === 'string' && /^(Z_|ERR__|ERR_BROTLI|BROTLI)/.test(code)
}
