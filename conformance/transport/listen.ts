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
  /** it is longer than a message may be: this is its beginning, and the rest was not read */
  readonly isTooLong?: true
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
    const body = await readBody(request)
    const { method = '', url: path = '', headers } = request
    const told = await answer({ method, path, headers, ...body })
    if (told === undefined) return void request.socket.destroy()
    const ends = body.isTooLong === true ? { Connection: 'close' } : {}
    response.writeHead(told.status, { ...told.headers, ...ends })
    response.end(told.bytes)
  } catch {
    // Whoever asked has gone away; there is nobody to tell.
    request.socket.destroy()
  }
}

/** Of what is too long so much is kept as evidence. */
const KEPT_BYTES = 64 * 2 ** 10

async function readBody(request: IncomingMessage): Promise<Pick<Asked, 'bytes' | 'isTooLong'>> {
  const chunks: Buffer[] = []
  let length = 0
  // To its end, or the client would see a broken connection in place of the answer.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= MOST_BYTES) chunks.push(chunk)
    if (length > MOST_DRAINED) break
  }
  const bytes = Buffer.concat(chunks)
  return length <= MOST_BYTES
    ? { bytes }
    : { bytes: bytes.subarray(0, KEPT_BYTES), isTooLong: true }
}

/** Whoever sends more than that is no longer listened to. */
const MOST_DRAINED = 4 * MOST_BYTES
