// A subscriber of a test: collects frames, and waits for what it has been told.

import { once } from 'node:events'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { counted } from '../store/contract/samples.ts'
import { waitFor } from '../wait.fixture.ts'

/** A frame, whatever its type. */
export interface Frame {
  readonly type: 'hello' | 'status' | 'reset'
  readonly seq: number
  readonly prev: number
  readonly oldest: number
  readonly subject: string
  readonly noun: string
  readonly [field: string]: unknown
}

/** What a subscriber has heard so far. */
export interface Subscriber {
  readonly socket: WebSocket
  readonly frames: readonly Frame[]
  /** status frames only */
  readonly events: () => readonly Frame[]
  /** waits until the last event is this one */
  readonly until: (seq: number) => Promise<void>
  /** waits for the end; its code */
  readonly closed: () => Promise<number>
}

/** Subscribes; resolves with the hello. */
export async function subscriber(port: number, query = ''): Promise<Subscriber> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status${query}`)
  const frames: Frame[] = []
  const codes: number[] = []
  socket.on('message', (it: Buffer) => frames.push(JSON.parse(it.toString()) as Frame))
  socket.on('close', (code) => codes.push(code))
  await once(socket, 'open')
  const events = () => frames.filter((it) => it.type === 'status')
  const it: Subscriber = {
    socket,
    frames,
    events,
    until: (seq) => waitFor(() => (events().at(-1)?.seq ?? 0) >= seq, `seq ${seq}`),
    closed: () => waitFor(() => codes.length > 0, 'the end').then(() => codes[0] ?? 0),
  }
  await waitFor(() => frames.length > 0, 'hello')
  return it
}

/** seq after seq, each pointing at the one before. */
export function assertWhole(it: Subscriber, since: number, last: number): void {
  const events = it.events()
  assert.equal(
    events.map(({ seq }) => seq),
    counted(last - since, since + 1),
  )
  assert.equal(
    events.map(({ prev }) => prev),
    counted(last - since, since),
  )
}

/**
 * What is done to a socket next, at either end: the arguments of that call, before it has any effect.
 * The server closes first, so that in a test which closes nothing itself the call is the server's.
 */
export function nextCall(name: 'close' | 'terminate'): Promise<readonly unknown[]> {
  const original = WebSocket.prototype[name] as (...args: readonly unknown[]) => void
  return new Promise((done) => {
    Object.assign(WebSocket.prototype, {
      [name](this: WebSocket, ...args: readonly unknown[]) {
        Object.assign(WebSocket.prototype, { [name]: original })
        done(args)
        original.apply(this, [...args])
      },
    })
  })
}

/** Asks for an upgrade that is refused; status and text. */
export async function refused(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly [number, string]> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  socket.on('error', () => undefined)
  // Nobody would hear of a refusal that does not come.
  socket.on('open', () => void (socket.terminate(), socket.emit('unexpected-response')))
  const [, answer] = (await once(socket, 'unexpected-response')) as [
    unknown,
    import('node:http').IncomingMessage | undefined,
  ]
  if (answer === undefined) throw new Error(`${path} was let in`)
  const text = (await answer.toArray()).map(String).join('')
  return [answer.statusCode ?? 0, text]
}
