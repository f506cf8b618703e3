// HTTP by hand: octets to a port, and the answer as it came over the wire.

import { once } from 'node:events'
import { connect } from 'node:net'
import type { Server } from 'node:http'
import { HANG_MS } from '../wait.fixture.ts'

/** An answer as text; header names in lower case. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** everything that came, informational answers too */
  readonly all: string
}

/** Sends octets as they are, one piece after the other, and reads one answer. The connection is cut afterwards. */
export function raw(port: number, ...pieces: readonly (string | Uint8Array)[]): Promise<RawAnswer> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1')
    let all = ''
    const finish = () => {
      socket.destroy()
      done(parsed(all))
    }
    socket.setTimeout(HANG_MS, () => fail(new Error(`no answer; came: ${all || 'nothing'}`)))
    socket.on('error', (error) => (all === '' ? fail(error) : finish()))
    socket.on('close', finish)
    socket.on('data', (chunk: Buffer) => {
      all += chunk.toString('latin1')
      if (isWhole(all)) finish()
    })
    for (const piece of pieces) socket.write(piece)
  })
}

/** A request with a body, its length declared. */
export function post(
  path: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): readonly [string, string | Uint8Array] {
  const length = { 'Content-Length': String(Buffer.byteLength(body)) }
  return [head(`POST ${path}`, { 'Content-Type': 'application/xml', ...length, ...headers }), body]
}

/** The lines before a body. */
export function head(line: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map((it) => it.join(': '))
  return `${[`${line} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`
}

/** One piece of a body whose length nobody declared; the empty one ends it. */
export function chunk(octets: string): string {
  return `${octets.length.toString(16)}\r\n${octets}\r\n`
}

/** Starts a server on any free port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return portOf(server)
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const at = server.address()
  return typeof at === 'object' && at !== null ? at.port : 0
}

function last(all: string): string {
  return all.replace(/^(HTTP\/1\.1 1\d\d .*\r\n(.+\r\n)*\r\n)+/, '')
}

function isWhole(all: string): boolean {
  const { headers, body, status } = parsed(all)
  const length = headers['content-length']
  if (!last(all).includes('\r\n\r\n')) return false
  if (length !== undefined) return body.length >= Number(length)
  return status === 204 || status === 101 || body.endsWith('0\r\n\r\n')
}

function parsed(all: string): RawAnswer {
  const [top = '', ...rest] = last(all).split('\r\n\r\n')
  const [line = '', ...lines] = top.split('\r\n')
  const headers = lines.map((it): readonly [string, string] => {
    const at = it.indexOf(':')
    return [it.slice(0, at).toLowerCase(), it.slice(at + 1).trim()]
  })
  return {
    status: Number(line.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
    all,
  }
}
