// WS /status: takes upgrades within limits and gives each its subscription. A slow reader is cut off and never
// slows another. The only file that knows ws.

import type { IncomingMessage, Server } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket, WebSocketServer } from 'ws'
import type { Access } from '../../gateway/access/access.ts'
import { PROTOCOL, STATUS_PATH } from '../../gateway/access/upgrade.ts'
import type { UpgradeRefusal } from '../../gateway/access/upgrade.ts'
import type { Happening, Recorder } from '../../gateway/audit/recorder.ts'
import type { Log, Store } from '../../gateway/ports.ts'
import { doorOf } from './door.ts'
import type { DoorParts, Guest } from './door.ts'
import { subscribe } from './subscription.ts'
import type { Reader } from './subscription.ts'

/** Limits of the status feed; all have defaults. */
export interface StatusOptions extends DoorParts {
  /** milliseconds without anything being taken, after which a reader is cut off */
  readonly stallMs?: number
  /** milliseconds between heartbeats; a reader that does not answer one is dropped at the next */
  readonly heartbeatMs?: number
  readonly log?: Log
  /** writes into the audit log who has come in, who has not, and who had to go; absent = nobody does */
  readonly recorder?: Pick<Recorder, 'note'> | undefined
}

/** Ends all subscriptions; resolves when the last socket is closed. */
export interface StatusFeed {
  /** open at the moment */
  readonly sockets: () => number
  /** Ends at once what is no longer let in; else that is found out with the next heartbeat. */
  readonly review: () => void
  readonly close: () => Promise<void>
}

const STALL_MS = 4_000
const HEARTBEAT_MS = 30_000
/** milliseconds between two looks at what a reader has taken */
const LOOK_MS = 20
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
const CLOSE = { goingAway: 1001, policy: 1008, failed: 1011, tryAgainLater: 1013 } as const

/** Takes the upgrades of an HTTP server; any path but /status is refused. */
export function serveStatus(server: Server, store: Store, options: StatusOptions): StatusFeed {
  const settings = { noServer: true, perMessageDeflate: false, closeTimeout: CLOSE_MS, ...FRAMES }
  const sockets = new WebSocketServer({ ...settings, handleProtocols: spoken })
  const heartbeat = heartbeatOf(sockets, options.heartbeatMs ?? HEARTBEAT_MS)
  const door = doorOf(options, () => sockets.clients.size)
  server.on('upgrade', (request, socket, head) => {
    // Nobody else listens to a socket that is refused, and its reset would end the process.
    socket.on('error', () => socket.destroy())
    void door
      .asks(request)
      .then((asked) => admit(asked, { request, socket, head }))
      .catch((error: unknown) => {
        options.log?.error({ err: error }, 'an upgrade failed')
        socket.destroy()
      })
  })
  const admit = (asked: Guest | UpgradeRefusal, { request, socket, head }: Upgrading) => {
    const from = request.socket.remoteAddress ?? ''
    if ('status' in asked) return turnAway(socket, asked, { from })
    const about = { who: asked.sender.party, from, subject: STATUS_PATH }
    const crowded = door.crowded(asked)
    if (crowded !== undefined) return turnAway(socket, crowded, about)
    if (options.access.topology().parties.length > 0) options.recorder?.note('login', about)
    sockets.handleUpgrade(request, socket, head, (client) => {
      const leave = door.enter(asked)
      client.once('close', leave)
      heartbeat.watch(client, async () => {
        const reason = await door.unwelcome(asked)
        if (reason !== undefined && client.readyState === WebSocket.OPEN)
          options.recorder?.note('socket-closed', { ...about, details: reason })
        return reason
      })
      const reader = readerOn(client, socket, options)
      subscribe(reader, asked, store).catch(reader.fail)
    })
  }
  /** By its status: a reason may repeat what was asked for. */
  const turnAway = (socket: Duplex, refusal: UpgradeRefusal, about: Happening) => {
    const it = { who: '', subject: STATUS_PATH, ...about, details: `${refusal.status}` }
    options.recorder?.note('socket-refused', it)
    refuse(socket, refusal, options.access)
  }
  const close = () => (heartbeat.stop(), leave(sockets))
  return { sockets: () => sockets.clients.size, review: heartbeat.review, close }
}

/** An upgrade that is asked for. */
interface Upgrading {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

/** The token that stands among the subprotocols is never sent back. */
function spoken(offered: ReadonlySet<string>): string | false {
  return offered.has(PROTOCOL) && PROTOCOL
}

function refuse(socket: Duplex, refusal: UpgradeRefusal, access: Access): void {
  const { status, reason, retryAfterS = 1 } = refusal
  socket.once('finish', () => socket.destroy())
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${reason.length + 1}`,
    ...(status === 503 || status === 429 ? [`Retry-After: ${retryAfterS}`] : []),
    ...(status === 401 ? [`WWW-Authenticate: ${access.challenge('unauthenticated')}`] : []),
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${reason}\n`)
}

function readerOn(
  client: WebSocket,
  socket: Duplex,
  { stallMs = STALL_MS, log }: StatusOptions,
): Reader {
  const isOpen = () => client.readyState === WebSocket.OPEN
  const cut = () => client.close(CLOSE.tryAgainLater, 'too slow; resume with since')
  let isWatched = false
  const watch = async () => {
    isWatched = true
    if (!(await takes(client, stallMs))) cut()
    isWatched = false
  }
  // What a subscriber sends is of no meaning here; a broken frame ends in close.
  client.on('error', () => client.terminate())
  client.on('ping', () => void (client.bufferedAmount > MOST_BYTES && client.terminate()))
  return {
    isOpen,
    onClose: (stop) => void client.once('close', stop),
    send: (frame) => {
      if (isOpen()) client.send(frame)
      if (!isWatched && client.bufferedAmount > LOW_BYTES) void watch()
    },
    together: (send) => {
      socket.cork()
      try {
        send()
      } finally {
        socket.uncork()
      }
    },
    waiting: () => client.bufferedAmount,
    takes: () => takes(client, stallMs),
    cut,
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
    await sleep(LOOK_MS)
    if (client.bufferedAmount >= least) continue
    least = client.bufferedAmount
    stalledAt = performance.now() + stallMs
  }
  return true
}

function heartbeatOf(sockets: WebSocketServer, everyMs: number) {
  const alive = new WeakSet<WebSocket>()
  const unwelcome = new WeakMap<WebSocket, () => Promise<string | undefined>>()
  const timer = setInterval(() => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) client.terminate()
      else {
        client.ping()
        void look(client)
      }
    }
  }, everyMs).unref()
  const look = async (client: WebSocket) => {
    const reason = await unwelcome.get(client)?.()
    if (reason !== undefined) client.close(CLOSE.policy, reason)
  }
  const watch = (client: WebSocket, why: () => Promise<string | undefined>) => {
    alive.add(client)
    unwelcome.set(client, why)
    client.on('pong', () => alive.add(client))
  }
  const review = () => sockets.clients.forEach((it) => void look(it))
  return { watch, review, stop: () => clearInterval(timer) }
}

async function leave(sockets: WebSocketServer): Promise<void> {
  // From now on the library answers upgrades with 503.
  sockets.close()
  for (const client of sockets.clients) client.close(CLOSE.goingAway)
  const cutAt = performance.now() + LEAVE_MS
  while (sockets.clients.size > 0 && performance.now() < cutAt) await sleep(10)
  for (const client of sockets.clients) client.terminate()
}
