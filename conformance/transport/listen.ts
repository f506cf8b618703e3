// Takes messages over HTTP on this machine, octet by octet, and sends what it is told to: the tester as server, and between
// two products.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MOST_BYTES } from './http.ts'

/** A request as it came. */
export interface Asked {
  readonly method: string
  /** path and query */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly bytes: Uint8Array
}

/** What is sent back; undefined = the connection is closed without a word. */
export type Told =
  | {
      readonly status: number
      readonly headers: Readonly<Record<string, string | string[]>>
      readonly bytes: Uint8Array
    }
  | undefined

/** Somebody who listens. */
export interface Listening {
  /** `http://HOST:PORT` */
  readonly address: string
  readonly close: () => Promise<void>
}

/** Where it listens. */
export interface Place {
  /** an address of this machine */
  readonly host: string
  /** 0 = any free one */
  readonly port: number
}

/** @param answer is asked with each request, as it came */
export async function listen(
  { host, port }: Place,
  answer: (asked: Asked) => Promise<Told>,
): Promise<Listening> {
  const server = createServer((request, response) => void respond(request, response, answer))
  server.listen(port, host)
  await once(server, 'listening')
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (asked: Asked) => Promise<Told>,
) {
  try {
    const bytes = await readBody(request)
    if (bytes === undefined) return void response.writeHead(413, { Connection: 'close' }).end()
    const { method = '', url: path = '', headers } = request
    const told = await answer({ method, path, headers, bytes })
    if (told === undefined) return void request.socket.destroy()
    response.writeHead(told.status, told.headers)
    response.end(told.bytes)
  } catch {
    // Whoever asked has gone away; there is nobody to tell.
    request.socket.destroy()
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
