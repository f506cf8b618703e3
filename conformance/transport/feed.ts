// Who listens to a status feed over a WebSocket, and hears its frames one by one.

import { once } from 'node:events'
import { WebSocket } from 'ws'

/** What one asks for. */
export interface Listen {
  readonly topics: string
  /** undefined = only what is new */
  readonly since: number | undefined
  /** headers that prove who one is; undefined = those of the run */
  readonly headers?: Readonly<Record<string, string>>
}

/** One frame, as its text. */
export type Frame = string

/** A connection that is open. */
export interface Listener {
  /** The next frame; undefined where none comes in that time. */
  readonly next: (ms: number) => Promise<Frame | undefined>
  readonly close: () => Promise<void>
}

/** What came of it. */
export type Listened =
  | { readonly kind: 'open'; readonly listener: Listener }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly why: string }

/** A status feed. */
export type Feed = (it: Listen) => Promise<Listened>

/** @param target address of the gateway, over HTTP @param headers of the run */
export function overSocket(
  target: string,
  headers: Readonly<Record<string, string>>,
  waitMs: number,
): Feed {
  return async ({ topics, since, headers: own = headers }) => {
    const query = new URLSearchParams({
      topics,
      ...(since === undefined ? {} : { since: String(since) }),
    })
    const url = new URL(`/status?${query}`, target.replace(/^http/, 'ws'))
    const socket = new WebSocket(url, { headers: { ...own }, handshakeTimeout: waitMs })
    return new Promise((done) => {
      const listener = listenerOf(socket)
      socket.on('open', () => done({ kind: 'open', listener }))
      socket.on('unexpected-response', (request, response) => {
        done({ kind: 'refused', status: response.statusCode ?? 0 })
        request.destroy()
      })
      socket.on('error', (error) => done({ kind: 'unreachable', why: error.message }))
    })
  }
}

/** Frames are kept from the first on: whoever asks later has not missed them. */
function listenerOf(socket: WebSocket): Listener {
  const heard: Frame[] = []
  let waiting: (() => void) | undefined
  socket.on('message', (it) => {
    heard.push(Buffer.isBuffer(it) ? it.toString('utf8') : '')
    waiting?.()
  })
  return {
    next: async (ms) => {
      if (heard.length === 0)
        await new Promise<void>((done) => {
          const timer = setTimeout(done, ms)
          waiting = () => (clearTimeout(timer), done())
        })
      waiting = undefined
      return heard.shift()
    },
    close: async () => {
      if (socket.readyState === WebSocket.CLOSED) return
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}
