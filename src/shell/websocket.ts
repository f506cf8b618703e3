// WS /status: the feed of status events for subscribers. Reads from the store, so that a resumed subscription
// has no gap; a slow reader is cut off and never slows another. The only file that knows ws.

import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { SequencedEvent, Store } from '../gateway/ports.ts'

export interface StatusOptions {
  /** octets that may wait for one reader before it is cut off */
  readonly backlogBytes?: number
  /** milliseconds between heartbeats; a reader that does not answer one is dropped at the next */
  readonly heartbeatMs?: number
  /** sockets at once */
  readonly most?: number
}

/** Ends all subscriptions. */
export interface StatusFeed {
  readonly close: () => void
}

const BACKLOG_BYTES = 1024 * 1024
const HEARTBEAT_MS = 30_000
const MOST_SOCKETS = 1_000
const PAGE = 500
/** close code for "come again later" (RFC 6455 registry) */
const TRY_AGAIN_LATER = 1013

/** Takes the upgrades of an HTTP server; any path but /status is refused. */
export function serveStatus(server: Server, store: Store, options: StatusOptions = {}): StatusFeed {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 64 * 1024,
  })
  const alive = new WeakSet<WebSocket>()
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const refusal = refusalFor(url, sockets.clients.size, options.most ?? MOST_SOCKETS)
    if (refusal !== undefined) return refuse(socket, refusal)
    sockets.handleUpgrade(request, socket, head, (client) => {
      alive.add(client)
      client.on('pong', () => alive.add(client))
      // What a subscriber sends is of no meaning here; errors end in close.
      client.on('error', () => client.terminate())
      void subscribe(client, url, store, options.backlogBytes ?? BACKLOG_BYTES).catch(() =>
        client.close(1011),
      )
    })
  })
  const heartbeat = setInterval(() => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) client.terminate()
      else client.ping()
    }
  }, options.heartbeatMs ?? HEARTBEAT_MS)
  heartbeat.unref()
  return {
    close: () => {
      clearInterval(heartbeat)
      for (const client of sockets.clients) client.close(1001)
      sockets.close()
    },
  }
}

type Refused = readonly [number, string]

function refusalFor(url: URL, open: number, most: number): Refused | undefined {
  if (url.pathname !== '/status') return [404, 'Not Found']
  const since = url.searchParams.get('since')
  if (since !== null && !/^\d{1,15}$/.test(since)) return [400, 'Bad Request']
  return open >= most ? [503, 'Service Unavailable'] : undefined
}

function refuse(socket: Duplex, [status, text]: Refused): void {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Sends hello, then every event behind the cursor, in order, each once. */
async function subscribe(
  client: WebSocket,
  url: URL,
  store: Store,
  backlogBytes: number,
): Promise<void> {
  const wanted = topicFilter(url.searchParams.get('topics'))
  const { oldest, last } = await store.horizon()
  const since = url.searchParams.get('since')
  let cursor = since === null ? last : Number(since)
  send(client, { type: 'hello', seq: last, oldest }, backlogBytes)
  if (cursor > last || (oldest > 0 && cursor < oldest - 1)) {
    send(client, { type: 'reset', oldest }, backlogBytes)
    cursor = cursor > last ? last : oldest - 1
  }
  let prev = cursor
  const deliver = (events: readonly SequencedEvent[]) => {
    for (const event of events) {
      if (event.seq <= cursor) continue
      cursor = event.seq
      if (!wanted(event)) continue
      send(client, statusFrame(event, prev), backlogBytes)
      prev = event.seq
    }
  }
  const pump = pumpOf(client, store, () => cursor, deliver)
  const stop = store.onEvents((events) =>
    events[0]?.seq === cursor + 1 && !pump.busy() ? deliver(events) : void pump.run(),
  )
  client.on('close', stop)
  await pump.run()
}

/** Reads what is behind the cursor from the store, one page after the other, while more keeps coming. */
function pumpOf(
  client: WebSocket,
  store: Store,
  cursor: () => number,
  deliver: (events: readonly SequencedEvent[]) => void,
) {
  let running: Promise<void> | undefined
  let again = false
  async function drain(): Promise<void> {
    do {
      again = false
      for (
        let page = await store.events(cursor(), PAGE);
        page.length > 0 && isOpen(client);
        page = await store.events(cursor(), PAGE)
      )
        deliver(page)
    } while (again && isOpen(client))
  }
  const run = async () => {
    again = true
    running ??= drain().finally(() => (running = undefined))
    await running
  }
  return { run, busy: () => running !== undefined }
}

function isOpen(client: WebSocket): boolean {
  return client.readyState === WebSocket.OPEN
}

/** The event as it is documented; `prev` is the last seq that this subscription matched, so that a gap shows. */
function statusFrame(event: SequencedEvent, prev: number) {
  const {
    seq,
    revision,
    at,
    exchangeId,
    flow,
    noun,
    verb,
    subject,
    state,
    previous,
    result,
    code,
  } = event
  return {
    type: 'status',
    seq,
    prev,
    revision,
    at,
    exchangeId,
    flow,
    noun,
    verb,
    subject,
    state,
    previous,
    result,
    code,
  }
}

function send(client: WebSocket, frame: object, backlogBytes: number): void {
  if (!isOpen(client)) return
  client.send(JSON.stringify(frame))
  if (client.bufferedAmount <= backlogBytes) return
  client.close(TRY_AGAIN_LATER, 'too slow; resume with since')
  setTimeout(() => client.terminate(), 1_000).unref()
}

/** `DERGroups/*,messages/*`-like: noun and subject, a star for any; no topics = all. */
export function topicFilter(
  topics: string | null,
): (event: Pick<SequencedEvent, 'noun' | 'subject'>) => boolean {
  const patterns = (topics ?? '*')
    .split(',')
    .map((it) => it.trim())
    .filter((it) => it !== '')
  const exact = new Set(patterns)
  return ({ noun, subject }) =>
    exact.has('*') || exact.has('*/*') || exact.has(`${noun}/*`) || exact.has(`${noun}/${subject}`)
}
