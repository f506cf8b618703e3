// HTTP to a peer: one request, no redirects, a deadline, a cap on what comes back, and no address that nobody has allowed.

import { setMaxListeners } from 'node:events'
import { request as askHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as askHttps } from 'node:https'
import type { Socket } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import type { ClientTls } from '../../gateway/access/tls.ts'
import { PACKINGS, answerOf } from './answer.ts'
import type { HttpResponse } from './answer.ts'
import { OutOfReach, anywhere } from './reach.ts'
import type { Reach } from './reach.ts'

export type { HttpResponse } from './answer.ts'

/** What came back over the wire; or why nothing did. */
export type HttpAnswer = HttpResponse | Unreached

/** Why nothing came back. */
export interface Unreached {
  readonly unreachable: string
  /** it may have arrived */
  readonly sent: boolean
  /** it is never sent there */
  readonly forbidden?: boolean
}

/** What is sent. */
export interface HttpRequest {
  readonly url: string
  readonly method?: string
  readonly body: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** absent = nothing is shown over TLS, and the authorities of the system are believed */
  readonly tls?: ClientTls
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
/** milliseconds until a connection is there, or never is */
const CONNECT_MS = 10_000

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

/** What people and their configurations have named for themselves: servers of tokens, `--to`. */
const ANYWHERE = anywhere()

/** Sends one request; redirects are not followed, because the next address was never configured by anybody. */
export async function exchange(
  request: HttpRequest,
  { bytes, deadlineMs, signal }: HttpLimits,
  reach: Reach = ANYWHERE,
): Promise<HttpAnswer> {
  const { url } = request
  if (!isHttp(url))
    return { unreachable: `${url} is no address; write http://… or https://….`, sent: false }
  let sent = false
  const limited = limitedBy(deadlineMs, signal)
  try {
    const response = await begun(request, {
      signal: limited.signal,
      reach,
      onOpen: () => (sent = true),
    })
    return await answerOf(response, bytes, () => limited.signal.aborted)
  } catch (error) {
    // Of what is given up nobody knows how far it has come.
    const isGivenUp = limited.signal.aborted
    const because = isGivenUp ? (limited.signal.reason as Error) : (error as Error)
    const unreached = {
      unreachable: `${url} ${reasonOf(because, deadlineMs)}.`,
      sent: sent || isGivenUp,
    }
    return because instanceof OutOfReach ? { ...unreached, forbidden: true } : unreached
  } finally {
    limited.end()
  }
}

interface Beginning {
  readonly signal: AbortSignal
  readonly reach: Reach
  /** the connection is there: from now on the message may arrive, whatever else happens */
  readonly onOpen: () => void
}

/** Resolves with the head of the answer. Nothing of the message is sent to a TLS peer that is not trusted. */
function begun(
  { url, method = 'POST', body, headers = {}, tls = {} }: HttpRequest,
  { signal, reach: { agents, lookup }, onOpen }: Beginning,
): Promise<IncomingMessage> {
  const isSecure = new URL(url).protocol === 'https:'
  return new Promise((done, fail) => {
    const options = {
      method,
      headers: { 'Accept-Encoding': PACKINGS, ...headers },
      signal,
      agent: isSecure ? agents.https : agents.http,
      ...(lookup === undefined ? {} : { lookup }),
      // Connections that are kept open are told apart by what was shown on them.
      ...(isSecure ? contextOf(tls) : {}),
    }
    const asking = (isSecure ? askHttps : askHttp)(url, options)
    // A request may fail once more behind its answer, and nobody else would hear of it.
    asking.once('response', done).on('error', fail)
    asking.once('socket', (socket) =>
      watchOpening(socket, isSecure, { onOpen, fail: (it) => asking.destroy(it) }),
    )
    asking.end(body.length === 0 ? undefined : body)
  })
}

function contextOf({ certificate, key, passphrase, authorities }: ClientTls): SecureContextOptions {
  return {
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(authorities === undefined ? {} : { ca: authorities }),
    minVersion: 'TLSv1.2',
  }
}

function watchOpening(
  socket: Socket,
  isSecure: boolean,
  { onOpen, fail }: { readonly onOpen: () => void; readonly fail: (error: Error) => void },
): void {
  // One that is kept open has been there before.
  if (!socket.connecting) return onOpen()
  const late = Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })
  const timer = setTimeout(() => fail(late), CONNECT_MS).unref()
  const event = isSecure ? 'secureConnect' : 'connect'
  socket.once(event, () => (clearTimeout(timer), onOpen()))
  socket.once('close', () => clearTimeout(timer))
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

/** Nothing else (data:, file:) is a peer; credentials do not belong into an address. */
function isHttp(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}

function reasonOf(error: Error & { readonly code?: unknown }, deadlineMs: number): string {
  if (error instanceof OutOfReach) return error.message
  if (error.name === 'TimeoutError') return `has not answered within ${deadlineMs} ms`
  if (error.name === 'AbortError') return 'has not answered before the end of the gateway'
  return `cannot be reached: ${typeof error.code === 'string' ? error.code : error.message}`
}
