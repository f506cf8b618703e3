// For tests only: a TCP proxy in this process that spoils what goes through it, octet by octet. It knows nothing of HTTP.

import { connect, createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { once } from 'node:events'

/** What is done to one connection. `up` is what the client sends, `down` what it is answered. */
export type Toxic =
  | { readonly kind: 'latency'; readonly ms: number }
  /** octets a second, upwards */
  | { readonly kind: 'bandwidth'; readonly rate: number }
  /** the client hears of the end only after this */
  | { readonly kind: 'slow close'; readonly ms: number }
  /** nothing goes on any more, and nobody says so */
  | { readonly kind: 'timeout' }
  /** RST after so many octets in one direction */
  | { readonly kind: 'reset'; readonly way: 'up' | 'down'; readonly octets: number }
  /** pieces of so many octets */
  | { readonly kind: 'slicer'; readonly octets: number }
  /** an orderly end after so many octets in one direction */
  | { readonly kind: 'cut'; readonly way: 'up' | 'down'; readonly octets: number }

/** A proxy that listens. */
export interface Proxy {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Listens on any free port, and spoils each connection as `toxicOf` says when it is made. */
export async function openProxy(target: number, toxicOf: () => Toxic): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const keep = (it: Socket) => {
    sockets.add(it)
    // Whoever is cut off has an error; that is the purpose.
    it.on('error', () => undefined)
    it.on('close', () => sockets.delete(it))
  }
  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true })
    keep(client)
    keep(upstream)
    const toxic = toxicOf()
    flow(client, upstream, toxic, 'up')
    flow(upstream, client, toxic, 'down')
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => {
      if (toxic.kind !== 'slow close' && toxic.kind !== 'timeout') client.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const close = async () => {
    for (const it of sockets) it.destroy()
    server.close()
    await once(server, 'close')
  }
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close }
}

/** Carries octets one way, in order, each piece when the one before it has gone. */
function flow(from: Socket, to: Socket, toxic: Toxic, way: 'up' | 'down'): void {
  let passed = 0
  let turn = Promise.resolve()
  const then = (run: () => void | Promise<void>) => void (turn = turn.then(run))
  const pass = async (piece: Uint8Array) => {
    await wait(delayOf(toxic, way, piece.length))
    if (toxic.kind === 'timeout' || to.destroyed) return
    const rest = leftOf(toxic, way) - passed
    if (rest > 0) to.write(piece.subarray(0, rest))
    passed += piece.length
    if (piece.length >= rest) end(from, to, toxic)
  }
  from.on('data', (octets: Buffer) => {
    for (const piece of sliced(octets, toxic)) then(() => pass(piece))
  })
  from.on('end', () =>
    then(async () => {
      if (toxic.kind === 'timeout') return
      if (toxic.kind === 'slow close' && way === 'down') await wait(toxic.ms)
      to.end()
    }),
  )
}

/** Octets that may pass in this direction. */
function leftOf(toxic: Toxic, way: 'up' | 'down'): number {
  return (toxic.kind === 'reset' || toxic.kind === 'cut') && toxic.way === way
    ? toxic.octets
    : Infinity
}

function end(from: Socket, to: Socket, { kind }: Toxic): void {
  const stop = (it: Socket) => (kind === 'reset' ? it.resetAndDestroy() : it.destroy())
  stop(from)
  stop(to)
}

function delayOf(toxic: Toxic, way: 'up' | 'down', octets: number): number {
  if (toxic.kind === 'latency') return toxic.ms
  if (toxic.kind === 'bandwidth' && way === 'up') return (octets / toxic.rate) * 1_000
  return 0
}

/** A slow line and a slicer carry small pieces. */
function sliced(octets: Uint8Array, toxic: Toxic): readonly Uint8Array[] {
  const size =
    toxic.kind === 'slicer' ? toxic.octets : toxic.kind === 'bandwidth' ? toxic.rate / 20 : Infinity
  const pieces = Math.ceil(octets.length / size) || 1
  return Array.from({ length: pieces }, (_, n) =>
    size === Infinity ? octets : octets.subarray(n * size, (n + 1) * size),
  )
}

function wait(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, ms).unref())
}
