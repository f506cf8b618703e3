// HTTP to a peer: one request, no redirects, a deadline, a cap on what comes back.

import { setMaxListeners } from 'node:events'
import type { Unusable } from '../../gateway/peer.ts'

/** What came back over the wire; or why nothing did. */
export type HttpAnswer = HttpResponse | { readonly unreachable: string; readonly sent: boolean }

/** The answer of a peer. */
export interface HttpResponse {
  readonly status: number
  readonly bytes: Uint8Array
  readonly headers: Headers
  /** why the body cannot be read; it has no bytes then */
  readonly unusable?: Unusable
}

/** What is sent. */
export interface HttpRequest {
  readonly url: string
  readonly method?: string
  readonly body: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** What one request may cost. */
export interface HttpLimits {
  /** octets of the answer, unpacked */
  readonly bytes: number
  /** milliseconds from the first octet sent to the last received */
  readonly deadlineMs: number
  /** given up when it is aborted */
  readonly signal?: AbortSignal
}

/** What came back to a message of `cimgate send`; or why nothing did. */
export type PeerAnswer =
  Pick<HttpResponse, 'status' | 'bytes' | 'headers'> | { readonly unreachable: string }

/** milliseconds */
const DEADLINE_MS = 30_000

const XML_HEADERS = { 'Content-Type': 'application/xml; charset=utf-8', Accept: 'application/xml' }

/** Posts one message in XML. @param proof headers that say who sends it @param limitBytes octets of the answer, unpacked */
export async function post(
  url: string,
  xml: Uint8Array,
  proof: Readonly<Record<string, string>>,
  limitBytes: number,
  deadlineMs = DEADLINE_MS,
): Promise<PeerAnswer> {
  const limits = { bytes: limitBytes, deadlineMs }
  const answer = await exchange({ url, body: xml, headers: { ...XML_HEADERS, ...proof } }, limits)
  if ('unreachable' in answer) return { unreachable: answer.unreachable }
  const { status, bytes, headers, unusable } = answer
  return unusable === undefined
    ? { status, bytes, headers }
    : { unreachable: `${url} has answered, and its answer ${unusable.reason}` }
}

/** Sends one request; redirects are not followed, because the next address was never configured by anybody. */
export async function exchange(
  { url, method = 'POST', body, headers = {} }: HttpRequest,
  { bytes, deadlineMs, signal }: HttpLimits,
): Promise<HttpAnswer> {
  if (!isHttp(url))
    return { unreachable: `${url} is no address; write http://… or https://….`, sent: false }
  let sent = false
  const limited = limitedBy(deadlineMs, signal)
  try {
    const response = await fetch(url, {
      method,
      ...(body.length === 0 ? {} : { body: body as Uint8Array<ArrayBuffer> }),
      headers,
      redirect: 'manual',
      signal: limited.signal,
    })
    sent = true
    return await answerOf(response, bytes)
  } catch (error) {
    const unreachable = `${url} ${reasonOf(error as Error, deadlineMs)}.`
    return { unreachable, sent: sent || !isNeverSent(error as Error) }
  } finally {
    limited.end()
  }
}

/** A signal of its own for each request: one that is made of another stays with it for as long as that lives. */
function limitedBy(deadlineMs: number, signal: AbortSignal | undefined) {
  const own = new AbortController()
  const giveUp = (name: string) => () => own.abort(new DOMException('given up', name))
  const timer = setTimeout(giveUp('TimeoutError'), deadlineMs)
  const ended = giveUp('AbortError')
  // As many listen as requests are under way, which is no leak.
  if (signal !== undefined) setMaxListeners(0, signal)
  if (signal?.aborted === true) ended()
  signal?.addEventListener('abort', ended)
  return {
    signal: own.signal,
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', ended)
    },
  }
}

/** Faults before the first octet: whatever else happens, the message may have arrived. */
const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** As TLS names the certificates that it does not trust: the handshake comes before the first octet. */
const UNTRUSTED = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/
/** what fetch says of a port that no page may speak to */
const BAD_PORT = 'bad port'

function isNeverSent(error: Error & { readonly code?: unknown }): boolean {
  if (NEVER_SENT.has(error.code) || error.message === BAD_PORT) return true
  if (typeof error.code === 'string' && UNTRUSTED.test(error.code)) return true
  return error.cause instanceof Error && isNeverSent(error.cause)
}

/** Nothing else that fetch knows (data:, blob:) is a peer; credentials do not belong into an address. */
function isHttp(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}

async function answerOf(response: Response, limitBytes: number): Promise<HttpResponse> {
  const { status, headers } = response
  const body = await bodyOf(response, limitBytes)
  if (body instanceof Uint8Array) return { status, bytes: body, headers }
  return { status, bytes: new Uint8Array(), headers, unusable: body }
}

/** Rejects when the time is over, because then there is no whole answer, and nobody knows of what. */
async function bodyOf(response: Response, limitBytes: number): Promise<Uint8Array | Unusable> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.length
      if (length > limitBytes)
        return { reason: `has more than ${limitBytes} octets.`, lasting: true }
      chunks.push(chunk)
    }
  } catch (error) {
    if (GIVEN_UP.has((error as Error).name)) throw error
    if (isUndecodable(error as Error))
      return { reason: 'has a Content-Encoding that cannot be undone.', lasting: true }
    return { reason: 'was cut off.', lasting: false }
  }
  return Buffer.concat(chunks)
}

const GIVEN_UP: ReadonlySet<string> = new Set(['TimeoutError', 'AbortError'])

/** As zlib names its faults, and those of brotli. */
function isUndecodable(error: Error & { readonly code?: unknown }): boolean {
  if (typeof error.code === 'string' && /^(Z_|ERR__|BROTLI)/.test(error.code)) return true
  return error.cause instanceof Error && isUndecodable(error.cause)
}

/** fetch tells the reason as a cause, or as the cause of that. */
function reasonOf(error: Error & { readonly code?: unknown }, deadlineMs: number): string {
  if (error.name === 'TimeoutError') return `has not answered within ${deadlineMs} ms`
  if (error.name === 'AbortError') return 'has not answered before the end of the gateway'
  if (error.cause instanceof Error) return reasonOf(error.cause, deadlineMs)
  return `cannot be reached: ${typeof error.code === 'string' ? error.code : error.message}`
}
