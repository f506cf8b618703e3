// The body of a request as it comes, for whoever can do without having it whole: unpacked, and never more of it in memory than the
// connection buffers. Who does not read it to the end drops the rest.

import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import { CimError } from '../../envelope/errors.ts'
import { isPacked } from './media.ts'

/**
 * @param onRead called before anything is read (100 Continue)
 * @throws {CimError} `malformed` where it ends early or is no gzip; `unsupported-media-type` at once, by its Content-Encoding
 */
export function octetsOf(request: IncomingMessage, onRead: () => void): AsyncIterable<Uint8Array> {
  const isGzip = isPacked(request.headers['content-encoding'] ?? '')
  return read(request, isGzip, onRead)
}

async function* read(
  request: IncomingMessage,
  isGzip: boolean,
  onRead: () => void,
): AsyncGenerator<Uint8Array> {
  onRead()
  const source = isGzip ? unpacked(request) : request
  try {
    // Not destroyed when the reader has enough: that would take the connection along before the answer is sent.
    for await (const chunk of source.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array
  } catch (cause) {
    throw new CimError('malformed', ENDED, { cause })
  } finally {
    request.unpipe()
    request.resume()
  }
}

const ENDED = 'The body ended early or is no valid gzip.'

/** A pipe hands on no failure by itself. */
function unpacked(request: IncomingMessage): Readable {
  const unpack = createGunzip()
  request.once('error', (error) => unpack.destroy(error))
  return request.pipe(unpack)
}
