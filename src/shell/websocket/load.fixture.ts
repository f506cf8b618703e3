// Many readers of WS /status: some that take nothing beside others that must not wait for them (T7), and some that are
// cut again and again and must miss nothing (T8). For tests, and for `npm run test:sockets`.

import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { counted, keep, samplePut, sampleUnit } from '../store/contract/samples.ts'
import type { Put, Store } from '../../gateway/ports.ts'
import { waitFor } from '../wait.fixture.ts'
import type { Frame } from './client.fixture.ts'

/** A reader that counts what it hears and parses nothing, so that hundreds cost little. */
export interface Counting {
  readonly socket: Socket
  readonly heard: () => number
  /** Waits until it has heard so many; when that was. */
  readonly until: (due: number) => Promise<number>
  readonly isCut: () => boolean
}

const greeting = (query: string) =>
  `GET /status${query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`

/** Readers that have been greeted. */
export async function readers(
  port: number,
  count: number,
  query = '',
): Promise<readonly Counting[]> {
  const all = counted(count).map(() => reading(port, query))
  await waitFor(() => all.every((it) => it.isGreeted()), `${count} greetings`)
  return all
}

function reading(port: number, query: string) {
  let [heard, rest, isGreeted, isCut] = [0, '', false, false]
  let waiting: { readonly due: number; readonly done: (at: number) => void }[] = []
  const socket = connect(port, '127.0.0.1', () => void socket.write(greeting(query)))
  socket.on('error', () => undefined).on('close', () => (isCut = true))
  socket.setEncoding('latin1').on('data', (text: string) => {
    const parts = (rest + text).split(EVENT)
    heard += parts.length - 1
    rest = (parts.at(-1) ?? '').slice(-EVENT.length)
    isGreeted ||= text.includes('"type":"hello"')
    for (const it of waiting) if (heard >= it.due) it.done(performance.now())
    waiting = waiting.filter((it) => heard < it.due)
  })
  const until = (due: number) =>
    new Promise<number>((done) => {
      if (heard >= due) done(performance.now())
      else waiting.push({ due, done })
    })
  return { socket, heard: () => heard, until, isGreeted: () => isGreeted, isCut: () => isCut }
}

const EVENT = '"type":"status"'

/** Commits events with a subject of that many characters, so many at once. */
export async function publish(
  store: Store,
  count: number,
  octets: number,
  put: (id: string) => Put = samplePut,
): Promise<void> {
  const key = `${(published += 1)}-${'x'.repeat(octets)}`
  const puts = counted(count).map((n) => put(`${n}-${key}`))
  await keep(store, sampleUnit(`load-${published}`, puts))
}

let published = 0

/** Waits until each has heard so many more; the milliseconds that it took. */
export async function delivered(
  all: readonly Counting[],
  count: number,
  cause: () => Promise<void>,
): Promise<number> {
  const due = all.map((it) => it.heard() + count)
  const begun = performance.now()
  await cause()
  await waitFor(() => all.every((it, at) => it.heard() >= (due[at] ?? 0)), 'all events')
  return performance.now() - begun
}

/** What the server has done to its sockets. */
export interface Watched {
  /** octets that waited for one, at most */
  readonly mostWaiting: () => number
  /** sockets that have had more than 64 KiB waiting for so long */
  readonly stuck: (forMs: number) => number
  /** codes that it closed with, and for how long more than 64 KiB had been waiting until then, in milliseconds */
  readonly closed: readonly { readonly code: number; readonly afterMs: number }[]
  readonly stop: () => void
}

const STUCK_BYTES = 64 * 1024

/** Looks at every socket of this process. */
export function watchSockets(): Watched {
  const { send, close } = WebSocket.prototype
  let most = 0
  const since = new Map<WebSocket, number>()
  const closed: { readonly code: number; readonly afterMs: number }[] = []
  Object.assign(WebSocket.prototype, {
    send(this: WebSocket, ...args: Parameters<typeof send>) {
      send.apply(this, args)
      most = Math.max(most, this.bufferedAmount)
      if (this.bufferedAmount <= STUCK_BYTES) since.delete(this)
      else if (!since.has(this)) since.set(this, performance.now())
    },
    close(this: WebSocket, code?: number, reason?: string) {
      const now = performance.now()
      if (this.readyState === WebSocket.OPEN && code !== undefined)
        closed.push({ code, afterMs: now - (since.get(this) ?? now) })
      since.delete(this)
      close.call(this, code, reason)
    },
  })
  return {
    mostWaiting: () => most,
    stuck: (forMs) => [...since.values()].filter((at) => performance.now() - at > forMs).length,
    closed,
    stop: () => void Object.assign(WebSocket.prototype, { send, close }),
  }
}

/**
 * Reads a feed from its beginning over many connections, each cut after a random number of frames, and insists that nothing
 * is missing, doubled or out of order.
 * @returns how many connections it took
 */
export async function readInPieces(
  port: number,
  first: number,
  last: number,
  random: () => number,
  most: number,
): Promise<number> {
  let [seq, connections] = [first, 0]
  while (seq < last) {
    connections += 1
    seq = await piece(port, seq, Math.min(last - seq, 1 + Math.floor(random() * most)))
  }
  return connections
}

function piece(port: number, since: number, count: number): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status?since=${since}`)
  socket.on('error', () => undefined)
  let seq = since
  return new Promise((done, fail) => {
    socket.on('close', () => fail(new Error(`ended at ${seq}`)))
    socket.on('message', (it: Buffer) => {
      const frame = JSON.parse(it.toString()) as Frame
      if (frame.type === 'hello' || seq >= since + count) return
      if (frame.type !== 'status' || frame.seq !== seq + 1 || frame.prev !== seq)
        return fail(new Error(`after ${seq} came ${it.toString()}`))
      seq = frame.seq
      if (seq < since + count) return
      done(seq)
      socket.terminate()
    })
  })
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let it = Math.imul(state ^ (state >>> 15), 1 | state)
    it = (it + Math.imul(it ^ (it >>> 7), 61 | it)) ^ it
    return ((it ^ (it >>> 14)) >>> 0) / 2 ** 32
  }
}
