// WS /status: takes upgrades within limits and gives each its subscription. A slow reader is cut off and never
// slows another. The only file that knows ws.

import type { IncomingMessage, Server } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket, WebSocketServer } from 'ws'
import type { Log, Store } from '../../gateway/ports.ts'
import { subscribe } from './subscription.ts'
import type { Asked, Reader } from './subscription.ts'
import { topicFilter } from './topics.ts'

/** Limits of the status feed; all have defaults. */
export interface StatusOptions {
  /** milliseconds without anything being taken, after which a reader is cut off */
  readonly stallMs?: number
  /** milliseconds between heartbeats; a reader that does not answer one is dropped at the next */
  readonly heartbeatMs?: number
  /** sockets at once */
  readonly most?: number
  readonly log?: Log
}

/** Ends all subscriptions; resolves when the last socket is closed. */
export interface StatusFeed {
  readonly close: () => Promise<void>
}

const STALL_MS = 4_000
const HEARTBEAT_MS = 30_000
const MOST_SOCKETS = 1_000
/** milliseconds that a closing handshake may take; a stalled reader may see why it was cut */
const CLOSE_MS = 4_000
/** milliseconds for the same at the end of the server */
const LEAVE_MS = 1_000
/** octets that may wait for a reader before it gets no more of the store */
const LOW_BYTES = 64 * 1024
/** octets that may wait for one that lets us answer its pings */
const MOST_BYTES = 1024 * 1024
/** Subscribers have nothing to say; fragments and chunks bound what half a message may cost. */
const FRAMES = { maxPayload: 64 * 1024, maxFragments: 1_024, maxBufferedChunks: 4_096 } as const

/** close codes of RFC 6455 §7.4.1 and its registry */
const CLOSE = { goingAway: 1001, failed: 1011, tryAgainLater: 1013 } as const

/** Takes the upgrades of an HTTP server; any path but /status is refused. */
export function serveStatus(server: Server, store: Store, options: StatusOptions = {}): StatusFeed {
  const settings = { noServer: true, perMessageDeflate: false, closeTimeout: CLOSE_MS, ...FRAMES }
  const sockets = new WebSocketServer(settings)
  const heartbeat = heartbeatOf(sockets, options.heartbeatMs ?? HEARTBEAT_MS)
  server.on('upgrade', (request, socket, head) => {
    // Nobody else listens to a socket that is refused, and its reset would end the process.
    socket.on('error', () => socket.destroy())
    const asked = askedOf(request, sockets.clients.size >= (options.most ?? MOST_SOCKETS))
    if ('status' in asked) return refuse(socket, asked)
    sockets.handleUpgrade(request, socket, head, (client) => {
      heartbeat.watch(client)
      const reader = readerOn(client, options)
      subscribe(reader, asked, store).catch(reader.fail)
    })
  })
  return { close: () => (heartbeat.stop(), leave(sockets)) }
}

interface Refused {
  readonly status: 400 | 403 | 404 | 503
  readonly reason: string
}

function askedOf(request: IncomingMessage, isFull: boolean): Asked | Refused {
  const [, path = '', search = ''] = /^([^?]*)\??(.*)$/s.exec(request.url ?? '') ?? []
  const query = new URLSearchParams(search)
  const since = query.get('since')
  if (path !== '/status')
    return { status: 404, reason: 'There is no WebSocket here; there is one at /status.' }
  if (isForeign(request)) return { status: 403, reason: 'A page of another site may not listen.' }
  if (since !== null && !/^\d{1,15}$/.test(since))
    return { status: 400, reason: 'since is the seq of an event, a whole number.' }
  if (isFull) return { status: 503, reason: 'There are too many subscribers; try again later.' }
  const wanted = topicFilter(query.get('topics'))
  return since === null ? { wanted } : { wanted, since: Number(since) }
}

/** No other protection of a browser applies to WebSockets; programs send no Origin. */
function isForeign({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return false
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host
}

function refuse(socket: Duplex, { status, reason }: Refused): void {
  socket.once('finish', () => socket.destroy())
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${reason.length + 1}`,
    ...(status === 503 ? ['Retry-After: 1'] : []),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${reason}\n`)
}

function readerOn(client: WebSocket, { stallMs = STALL_MS, log }: StatusOptions): Reader {
  const isOpen = () => client.readyState === WebSocket.OPEN
  // What a subscriber sends is of no meaning here; a broken frame ends in close.
  client.on('error', () => client.terminate())
  client.on('ping', () => void (client.bufferedAmount > MOST_BYTES && client.terminate()))
  return {
    isOpen,
    onClose: (stop) => void client.once('close', stop),
    send: (frame) => void (isOpen() && client.send(JSON.stringify(frame))),
    waiting: () => client.bufferedAmount,
    takes: () => takes(client, stallMs),
    cut: () => client.close(CLOSE.tryAgainLater, 'too slow; resume with since'),
    fail: (error) => {
      if (isOpen()) log?.error({ err: error }, 'a status subscription failed')
      client.close(CLOSE.failed)
    },
  }
}

/** The library has no event for it, so that it is looked at every now and then. */
async function takes(client: WebSocket, stallMs: number): Promise<boolean> {
  let least = client.bufferedAmount
  let stalledAt = performance.now() + stallMs
  while (client.bufferedAmount > LOW_BYTES && client.readyState === WebSocket.OPEN) {
    if (performance.now() > stalledAt) return false
    await sleep(20)
    if (client.bufferedAmount >= least) continue
    least = client.bufferedAmount
    stalledAt = performance.now() + stallMs
  }
  return true
}

function heartbeatOf(sockets: WebSocketServer, everyMs: number) {
  const alive = new WeakSet<WebSocket>()
  const timer = setInterval(() => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) client.terminate()
      else client.ping()
    }
  }, everyMs).unref()
  const watch = (client: WebSocket) => {
    alive.add(client)
    client.on('pong', () => alive.add(client))
  }
  return { watch, stop: () => clearInterval(timer) }
}

async function leave(sockets: WebSocketServer): Promise<void> {
  // From now on the library answers upgrades with 503.
  sockets.close()
  for (const client of sockets.clients) client.close(CLOSE.goingAway)
  const cutAt = performance.now() + LEAVE_MS
  while (sockets.clients.size > 0 && performance.now() < cutAt) await sleep(10)
  for (const client of sockets.clients) client.terminate()
}
