// What a body claims to be: kind and charset by Content-Type, packing by Content-Encoding.
// Allow-lists only: whatever is not named here is refused as unsupported.

import type { IncomingHttpHeaders } from 'node:http'
import { CimError } from '../../envelope/errors.ts'
import type { BodyKind } from '../../gateway/route.ts'

export type { BodyKind } from '../../gateway/route.ts'

/** A charset that is read; `undefined` where the sender named none. */
export type Charset = 'utf-8' | 'utf-16' | 'utf-16le' | 'utf-16be' | 'iso-8859-1'

/** How the octets of a body are to be read. */
export interface Media {
  readonly kind: BodyKind
  readonly charset: Charset | undefined
  readonly gzip: boolean
}

/** media types by what they are read as; `+xml` and `+json` are RFC 6839 */
const KINDS: readonly (readonly [RegExp, BodyKind])[] = [
  [/^(application|text)\/xml$/, 'xml'],
  [/^application\/[\w.-]+\+xml$/, 'xml'],
  [/^application\/json$/, 'json'],
  [/^application\/[\w.-]+\+json$/, 'json'],
  [/^text\/csv$/, 'csv'],
  [/^multipart\/form-data$/, 'form'],
]

/** US-ASCII is the part of UTF-8 that every sender of it means. */
const CHARSETS: Readonly<Partial<Record<string, Charset>>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'iso-8859-1',
}

/** `x-gzip` is the same by RFC 9110 §8.4.1.3; one level only, so `gzip, gzip` is none of them */
const PACKINGS: Readonly<Partial<Record<string, boolean>>> = {
  '': false,
  identity: false,
  gzip: true,
  'x-gzip': true,
}

/**
 * @param taken what the route takes
 * @throws {CimError} `unsupported-media-type`
 */
export function mediaOf(headers: IncomingHttpHeaders, taken: readonly BodyKind[]): Media {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const kind = KINDS.find(([pattern]) => pattern.test(type.trim()))?.[1]
  if (kind === undefined || !taken.includes(kind)) throw wrongType(type.trim(), taken)
  return {
    kind,
    charset: charsetIn(parameters),
    gzip: isPacked(headers['content-encoding'] ?? ''),
  }
}

function charsetIn(parameters: readonly string[]): Charset | undefined {
  const named = parameters
    .map((it) => /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/.exec(it)?.[1])
    .find((it) => it !== undefined)
  if (named === undefined) return undefined
  const charset = Object.hasOwn(CHARSETS, named) ? CHARSETS[named] : undefined
  if (charset === undefined) throw refused(`The charset ${named} is not supported; send UTF-8.`)
  return charset
}

/** @throws {CimError} `unsupported-media-type` for what is neither gzip nor as it is */
export function isPacked(encoding: string): boolean {
  const named = encoding.trim().toLowerCase()
  const packed = Object.hasOwn(PACKINGS, named) ? PACKINGS[named] : undefined
  if (packed === undefined)
    throw refused(`Content-Encoding ${encoding} is not supported; send gzip or none.`)
  return packed
}

/** as which a body is to be sent */
const TYPES: Readonly<Record<BodyKind, string>> = {
  xml: 'application/xml',
  json: 'application/json',
  csv: 'text/csv',
  form: 'multipart/form-data',
}

function wrongType(type: string, taken: readonly BodyKind[]): CimError {
  const due = taken.map((it) => TYPES[it]).join(' or ')
  return refused(`Content-Type ${type || '(none)'} is not taken here; send ${due}.`)
}

function refused(message: string): CimError {
  return new CimError('unsupported-media-type', message)
}
