// Node's HTTP server with our limits, where it listens, and how it ends: nothing new is accepted, what is under
// way is answered, and no idle connection keeps the process alive.

import { IncomingMessage, createServer } from 'node:http'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Server as TlsHttpServer } from 'node:https'
import { Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Server as TlsServer } from 'node:tls'
import type { TlsOptions } from 'node:tls'

/** A server and its orderly end. */
export interface HttpServer {
  readonly server: Server
  /** @returns `http://host:port`, or `https:`; rejects with one sentence when the port cannot be had */
  readonly listen: (port: number, host: string) => Promise<string>
  /** Ends within a little more than the grace; see {@link DrainTimes}. */
  readonly drain: (times?: Partial<DrainTimes>) => Promise<void>
}

/** Milliseconds of the end of a server. */
export interface DrainTimes {
  /** for clients that have just sent, or are about to send, on a connection they keep: they are still answered */
  readonly quietMs: number
  /** after which every connection is cut, whatever is under way */
  readonly graceMs: number
}

const DRAIN: DrainTimes = { quietMs: 500, graceMs: 8_000 }

/** Milliseconds; Node's own defaults leave a slow client five minutes, and look every half a minute. */
const TIMES = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_500,
} as const
/** milliseconds without a single octet in either direction: somebody who does not read the answer */
const IDLE_MS = 120_000
const MOST_CONNECTIONS = 2_000

/** How a server speaks TLS. */
export interface ServerTls {
  readonly settings: TlsOptions
  readonly watch: (server: TlsHttpServer) => void
}

/**
 * A server that is not listening yet.
 * @param tls absent = HTTP in the open
 */
export function serverFor(listener: RequestListener, tls?: ServerTls): HttpServer {
  const underWay = new Set<ServerResponse>()
  const answer: RequestListener = (request, response) => {
    if (isAmbiguous(request)) return void response.writeHead(400, { Connection: 'close' }).end()
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    listener(request, response)
  }
  const server = made(answer, tls)
  // Whoever asks first hears 413 or 415 in place of 100 Continue.
  server.on('checkContinue', answer)
  server.setTimeout(IDLE_MS)
  server.maxConnections = MOST_CONNECTIONS
  return {
    server,
    listen: (port, host) => listen(server, port, host),
    drain: (times) => drain(server, () => underWay.size === 0, { ...DRAIN, ...times }),
  }
}

function made(answer: RequestListener, tls: ServerTls | undefined): Server {
  const settings = { ...TIMES, IncomingMessage: Incoming }
  if (tls === undefined) return createServer(settings, answer)
  const server = createTlsServer({ ...settings, ...tls.settings }, answer)
  tls.watch(server)
  return server
}

/**
 * A Transfer-Encoding of nothing is none to Node, which goes by the length; somebody in between may go by the chunks, and what is
 * one request to the one is two to the other (RFC 9112 §6.3, §11.2). All other contradictions Node refuses itself.
 */
function isAmbiguous({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding']?.trim() === ''
}

/**
 * Node takes any Upgrade for the end of HTTP once somebody listens for upgrades. Java's client offers h2c with
 * every first request, and may be answered in HTTP/1.1 all the same (RFC 9110 §7.8).
 */
class Incoming extends IncomingMessage {
  get upgrade(): boolean {
    return offers.has(this) && this.headers.upgrade?.toLowerCase() === 'websocket'
  }

  set upgrade(offered: boolean) {
    if (offered) offers.add(this)
  }
}

/** Apart from the object, whose constructor sets `upgrade` before it could have a field of its own. */
const offers = new WeakSet<Incoming>()

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(new Error(LISTEN_FAULTS[error.code ?? '']?.(port, host) ?? error.message)),
    )
    server.listen(port, host, () => done(addressOf(server, host)))
  })
}

const LISTEN_FAULTS: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port) => `Port ${port} is in use; choose another with --port.`,
  EACCES: (port) => `Port ${port} may not be used by this user; choose one above 1023 with --port.`,
  EADDRNOTAVAIL: (_port, host) =>
    `${host} is no address of this machine; choose another with --host.`,
  ENOTFOUND: (_port, host) => `The name ${host} is not known; choose an address with --host.`,
}

function addressOf(server: Server, host: string): string {
  const at = server.address()
  const port = typeof at === 'object' && at !== null ? at.port : 0
  const scheme = server instanceof TlsServer ? 'https' : 'http'
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function drain(server: Server, isQuiet: () => boolean, times: DrainTimes): Promise<void> {
  const ended = new Promise<void>((done) => {
    // Not the close() of the HTTP server: it cuts at once whoever is between two requests.
    NetServer.prototype.close.call(server, () => done())
  })
  const cutAt = performance.now() + times.graceMs
  await Promise.race([ended, sleep(times.quietMs)])
  while (!isQuiet() && performance.now() < cutAt) {
    server.closeIdleConnections()
    await sleep(20)
  }
  server.closeAllConnections()
  await ended
}
