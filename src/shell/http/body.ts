// The body of one request: its kind by Content-Type, unpacked, never longer than the limit.

import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CimError } from '../../envelope/errors.ts'

export interface Body {
  readonly bytes: Uint8Array
  readonly kind: 'xml' | 'json' | 'none'
}

/** media types by what they are read as */
const KINDS: readonly (readonly [RegExp, 'xml' | 'json'])[] = [
  [/^(application|text)\/xml$/, 'xml'],
  [/^application\/[\w.-]+\+xml$/, 'xml'],
  [/^application\/json$/, 'json'],
  [/^application\/[\w.-]+\+json$/, 'json'],
]

const CHARSETS: readonly string[] = [
  'utf-8',
  'utf8',
  'us-ascii',
  'utf-16',
  'utf-16le',
  'utf-16be',
  'iso-8859-1',
]

/**
 * @param kinds what the route takes; none = the body is not read
 * @throws {CimError} `unsupported-media-type` | `too-large` | `malformed`
 */
export async function readBody(
  request: IncomingMessage,
  kinds: readonly ('xml' | 'json')[],
  limitBytes: number,
): Promise<Body> {
  if (kinds.length === 0) return { bytes: new Uint8Array(), kind: 'none' }
  const kind = kindOf(request.headers['content-type'] ?? '', kinds)
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > limitBytes) throw tooLarge(limitBytes)
  const bytes = await collect(
    request,
    request.headers['content-encoding'] ?? 'identity',
    limitBytes,
  )
  return { bytes: inUtf8(bytes, request.headers['content-type'] ?? '', kind), kind }
}

function kindOf(contentType: string, kinds: readonly ('xml' | 'json')[]): 'xml' | 'json' {
  const [media = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((it) => it.trim())
  const kind = KINDS.find(([pattern]) => pattern.test(media))?.[1]
  const charset = charsetIn(parameters)
  if (kind === undefined || !kinds.includes(kind))
    throw new CimError(
      'unsupported-media-type',
      `Content-Type ${contentType || '(none)'} is not taken here; send ${kinds.map((it) => `application/${it}`).join(' or ')}.`,
    )
  if (charset !== undefined && !CHARSETS.includes(charset))
    throw new CimError(
      'unsupported-media-type',
      `The charset ${charset} is not supported; send UTF-8.`,
    )
  return kind
}

function charsetIn(parameters: readonly string[]): string | undefined {
  return parameters
    .find((it) => it.startsWith('charset='))
    ?.slice('charset='.length)
    .replace(/^"|"$/g, '')
}

async function collect(
  request: IncomingMessage,
  encoding: string,
  limitBytes: number,
): Promise<Uint8Array> {
  const packed = ['gzip', 'x-gzip'].includes(encoding.trim().toLowerCase())
  if (!packed && !['', 'identity'].includes(encoding.trim().toLowerCase()))
    throw new CimError(
      'unsupported-media-type',
      `Content-Encoding ${encoding} is not supported; send gzip or none.`,
    )
  const chunks: Buffer[] = []
  let length = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      length += chunk.length
      chunks.push(chunk)
      done(length > limitBytes ? tooLarge(limitBytes) : null)
    },
  })
  try {
    if (packed) await pipeline(request, createGunzip(), sink)
    else await pipeline(request, sink)
  } catch (error) {
    if (error instanceof CimError) throw error
    throw new CimError('malformed', 'The body ended early or is no valid gzip.', { cause: error })
  }
  return Buffer.concat(chunks)
}

function tooLarge(limitBytes: number): CimError {
  return new CimError('too-large', `The body is longer than ${limitBytes} octets.`)
}

/** A charset parameter outranks what XML says of itself (RFC 7303 §3.2): the one case in which octets alone mislead is ISO-8859-1. */
function inUtf8(bytes: Uint8Array, contentType: string, kind: 'xml' | 'json'): Uint8Array {
  const charset = charsetIn(
    contentType
      .toLowerCase()
      .split(';')
      .map((it) => it.trim()),
  )
  if (charset !== 'iso-8859-1') return bytes
  const text = Buffer.from(bytes).toString('latin1')
  return Buffer.from(
    kind === 'json' ? text : text.replace(/^(<\?xml[^>]*?)\sencoding\s*=\s*(["'])[^"']*\2/, '$1'),
  )
}
