// Passes a request on to somebody else, and the answer back, neither of them touched.

import { request as ask } from 'node:http'
import { request as askSecurely } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import { arrived } from './arrived.ts'
import { MOST_BYTES, broken, isReadWhole } from './http.ts'
import type { Came } from './http.ts'
import type { Asked, Told } from './listen.ts'

/** What came back, and what is passed on of it. */
export interface Relayed {
  readonly answer: Answer
  readonly told: Told
}

/** Of one connection only (RFC 9110 §7.6.1); the rest is passed on. */
const OF_THE_HOP =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|host)$/i

/** @param base the address of the other; the path behind that of the tester is put behind it */
export async function relayed(
  { method, path, headers, bytes }: Asked,
  base: string,
  waitMs: number,
): Promise<Relayed> {
  const url = new URL(base)
  const [own = '', query] = path.split('?')
  if (own !== '/' && own !== url.pathname) url.pathname = own
  if (query !== undefined) url.search = query
  const send = url.protocol === 'https:' ? askSecurely : ask
  const signal = AbortSignal.timeout(waitMs)
  const came: Came = { status: null, contentType: '', chunks: [] }
  try {
    const response = await new Promise<IncomingMessage>((done, fail) => {
      const options = {
        ...{ agent: false, method }, // a connection of its own, as in http.ts
        headers: { ...passedOn(headers), 'content-length': String(bytes.length) },
        signal,
      }
      send(url, options, done).on('error', fail).end(bytes)
    })
    const status = response.statusCode ?? 502
    const contentType = response.headers['content-type'] ?? ''
    Object.assign(came, { status, contentType })
    if (!(await isReadWhole(response, came.chunks)))
      return {
        answer: { kind: 'too-long', mostBytes: MOST_BYTES },
        told: { status: 502, headers: {}, bytes: new Uint8Array() },
      }
    const body = Buffer.concat(came.chunks)
    // What is passed on stays as it is coded; what is judged does not.
    const read = arrived({ method, path, headers: response.headers, bytes: body })
    return {
      answer: { kind: 'answered', status, contentType, bytes: read.bytes },
      told: { status, headers: passedOn(response.headers), bytes: body },
    }
  } catch (error) {
    // Whoever asked is told what a gateway tells (RFC 9110 §15.6.3, §15.6.5).
    const answer: Answer = signal.aborted ? { kind: 'late', waitedMs: waitMs } : broken(error, came)
    return {
      answer,
      told: { status: signal.aborted ? 504 : 502, headers: {}, bytes: new Uint8Array() },
    }
  }
}

function passedOn(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_THE_HOP.test(name) ? [] : [[name, value]],
    ),
  )
}
