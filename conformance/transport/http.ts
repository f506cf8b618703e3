// Messages over HTTP POST, in whatever carrier: as XML, which is the transport that all products share, or in SOAP.

import type { Answer, Transport } from './answer.ts'
import { CARRIERS, carried } from './carrier.ts'
import type { Carrier, CarrierName } from './carrier.ts'
import { objectsOf } from './typed.ts'
import type { NamespaceOf } from './typed.ts'

/** How it is asked. */
export interface HttpOptions {
  /** `{Noun}` in it is the noun of each message: strongly typed services have an address for each */
  readonly url: string
  /** how long an answer may take, to its last octet */
  readonly waitMs: number
  readonly headers: Readonly<Record<string, string>>
  /** of what another provider sends; by default the same */
  readonly rival?: Readonly<Record<string, string>>
  /** by default XML as it is */
  readonly carrier?: CarrierName
  /** of payloads: what carries none is typed after the noun in its Header */
  readonly namespaceOf?: NamespaceOf
}

/** In an address: the noun of each message. */
export const NOUN = '{Noun}'

/** An answer that is longer is not read to its end. */
export const MOST_BYTES = 16 * 2 ** 20

/** A server may close a connection that rests just as it is used again: that would be told as a fault of its own. */
const ONCE = { connection: 'close' }

/** @param fetchIt that of the platform; a test may hand in another */
export function overHttp(
  { url, waitMs, headers, rival = headers, carrier = 'http', namespaceOf }: HttpOptions,
  fetchIt: typeof fetch = fetch,
): Transport {
  const way: Carrier = CARRIERS[carrier]
  const inCarrier = (message: Uint8Array) => carried(message, way, namespaceOf)
  return { name: carrier === 'http' ? 'http-xml' : carrier, inCarrier, send }

  async function send(message: Uint8Array, about = '', as?: 'rival'): Promise<Answer> {
    const proving = as === 'rival' ? rival : headers
    const { bytes: body, headers: own } = inCarrier(message)
    const asked = { method: 'POST', body, headers: { ...own, ...proving } }
    const said = await fetched(url.replaceAll(NOUN, nounOf(message, about)), asked, waitMs, fetchIt)
    if (said.kind !== 'answered') return said
    const { headers: all, ...answer } = said
    const where = all['location'] === undefined ? {} : { location: all['location'] }
    return { ...answer, ...where, askedIn: way.soap ?? 'xml' }
  }
}

/** What came back, with its headers by their names in small letters. */
export type Said =
  | (Extract<Answer, { kind: 'answered' }> & {
      readonly headers: Readonly<Record<string, string>>
    })
  | Exclude<Answer, { kind: 'answered' }>

/** One request on a connection of its own. Never rejects. */
export async function fetched(
  url: string | URL,
  { headers, ...init }: RequestInit & { readonly headers: Readonly<Record<string, string>> },
  waitMs: number,
  fetchIt: typeof fetch = fetch,
): Promise<Said> {
  const signal = AbortSignal.timeout(waitMs)
  const came: Came = { status: null, contentType: '', chunks: [] }
  try {
    const how = { ...init, redirect: 'manual', signal } as const
    const response = await fetchIt(url, { ...how, headers: { ...ONCE, ...headers } })
    const { status } = response
    const contentType = response.headers.get('content-type') ?? ''
    Object.assign(came, { status, contentType })
    if (!(await isReadWhole(response.body ?? [], came.chunks)))
      return { kind: 'too-long', mostBytes: MOST_BYTES }
    const bytes = Buffer.concat(came.chunks)
    const all = Object.fromEntries(response.headers)
    return { kind: 'answered', status, contentType, bytes, headers: all }
  } catch (error) {
    return signal.aborted ? { kind: 'late', waitedMs: waitMs } : broken(error, came)
  }
}

/** Of its objects: what queries of them, and sets of operations with them, are about. */
function nounOf(message: Uint8Array, about: string): string {
  const text = Buffer.from(message).toString('latin1')
  const profile = /xmlns="[^"]*\/([A-Z]\w*)#"/.exec(text)?.[1]
  return objectsOf(profile ?? /<Noun>([^<]*)</.exec(text)?.[1] ?? about)
}

/** What of an answer has come. */
export interface Came {
  status: number | null
  contentType: string
  readonly chunks: Uint8Array[]
}

/** Who was connected to and broke off is there; else nobody was reached. */
export function broken(
  error: unknown,
  { chunks, ...came }: Came,
): Extract<Answer, { kind: 'cut-off' | 'unreachable' }> {
  const why = reasonOf(error)
  if (came.status === null && !BROKE_OFF.test(codeOf(error))) return { kind: 'unreachable', why }
  return { kind: 'cut-off', ...came, bytes: Buffer.concat(chunks), why }
}

/** Of Node and of its fetch: a connection that was there ended, or what came on it is no HTTP. */
const BROKE_OFF = /^(UND_ERR_SOCKET|ECONNRESET|EPIPE|HPE_\w+)$/

function codeOf(error: unknown): string {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : ''
}

/** @param chunks are filled. false where it is too long: what there is more of it is not read */
export async function isReadWhole(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  chunks: Uint8Array[],
): Promise<boolean> {
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > MOST_BYTES) return false
    chunks.push(chunk)
  }
  return true
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message
}
