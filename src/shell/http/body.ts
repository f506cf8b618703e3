// The body of one request: unpacked, in an encoding that its own declaration may name, never longer than the
// limit. What is refused half-way is read to its end and dropped, so that the sender sees the answer.

import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { CimError } from '../../envelope/errors.ts'
import { inUtf8 } from './charset.ts'
import { mediaOf } from './media.ts'
import type { BodyKind } from './media.ts'

/** A body as it was received. */
export interface Body {
  readonly bytes: Uint8Array
  readonly kind: BodyKind | 'none'
}

/** What a body may be, and how long. */
export interface BodyRules {
  /** what the route takes; none = the body is not read */
  readonly kinds: readonly BodyKind[]
  /** there need not be one */
  readonly bodiless?: boolean
  /** octets, packed as well as unpacked */
  readonly limitBytes: number
  /** called when nothing speaks against the body and it is about to be read (100 Continue) */
  readonly onRead?: () => void
  /** hears how many octets there are so far, unpacked; what it throws refuses the rest */
  readonly onGrown?: (octets: number) => void
}

/** @throws {CimError} `unsupported-media-type` | `too-large` | `malformed` */
export async function readBody(request: IncomingMessage, rules: BodyRules): Promise<Body> {
  if (rules.kinds.length === 0 || (rules.bodiless === true && isBodiless(request)))
    return { bytes: new Uint8Array(), kind: 'none' }
  const { kind, charset, gzip } = mediaOf(request.headers, rules.kinds)
  if (Number(request.headers['content-length'] ?? 0) > rules.limitBytes)
    throw tooLarge(rules.limitBytes)
  rules.onRead?.()
  const bytes = await collect(request, gzip, rules)
  return { bytes: inUtf8(bytes, charset, kind), kind }
}

/** A request with neither header has no body (RFC 9112 6.3). */
function isBodiless({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
}

function collect(
  request: IncomingMessage,
  gzip: boolean,
  { limitBytes, onGrown }: Pick<BodyRules, 'limitBytes' | 'onGrown'>,
): Promise<Buffer> {
  const unpack = gzip ? createGunzip() : undefined
  const source = unpack === undefined ? request : request.pipe(unpack)
  const reading = new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = []
    const count = countTo(limitBytes, reject, onGrown)
    // Counted before and after unpacking: a packed body may go on behind what unpacks.
    if (unpack !== undefined) request.on('data', countTo(limitBytes, reject))
    source.on('data', (chunk: Buffer) => void (count(chunk) && chunks.push(chunk)))
    source.once('end', () => resolve(Buffer.concat(chunks)))
    for (const it of [request, source])
      it.once('error', (cause: Error) => reject(new CimError('malformed', ENDED, { cause })))
  })
  // Not destroyed: that would take the connection along before the answer is sent.
  return reading.finally(() => {
    request.unpipe()
    unpack?.destroy()
    request.resume()
  })
}

const ENDED = 'The body ended early or is no valid gzip.'

/** @returns whether the chunk still fits */
function countTo(
  limitBytes: number,
  refuse: (error: unknown) => void,
  grown: (octets: number) => void = () => undefined,
): (chunk: Buffer) => boolean {
  let length = 0
  return (chunk) => {
    length += chunk.length
    try {
      if (length > limitBytes) throw tooLarge(limitBytes)
      grown(length)
      return true
    } catch (error) {
      length = Infinity
      refuse(error)
      return false
    }
  }
}

function tooLarge(limitBytes: number): CimError {
  return new CimError('too-large', `The body is longer than ${limitBytes} octets.`)
}
