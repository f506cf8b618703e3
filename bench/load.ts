// The load generator: keeps a number of connections busy, each with its next request as soon as the last is answered.

import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

/** One request and what is asked of its answer. */
export interface Shot {
  readonly url: string
  readonly body?: string | Uint8Array
  /** besides Content-Type */
  readonly headers?: Readonly<Record<string, string>>
  /** absent = any body with status 200 */
  readonly due?: (answer: string) => boolean
}

/** What a load came to. */
export interface Load {
  readonly perSecond: number
  /** of every answer, in milliseconds */
  readonly waitsMs: readonly number[]
}

/** @param shots the requests, each made when it is its turn */
export async function load(
  shots: () => Shot,
  connections: number,
  durationMs: number,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const start = performance.now()
  const waitsMs: number[] = []
  const connection = async () => {
    while (performance.now() < start + durationMs) waitsMs.push(await shoot(shots(), agent))
  }
  await Promise.all(Array.from({ length: connections }, connection))
  const perSecond = (waitsMs.length / (performance.now() - start)) * 1_000
  agent.destroy()
  return { perSecond, waitsMs }
}

/** @returns milliseconds until the whole answer is here; @throws when it is not the one that is due */
export function shoot({ url, body, headers: more, due }: Shot, agent?: Agent): Promise<number> {
  return new Promise((done, fail) => {
    const start = performance.now()
    const headers = { 'Content-Type': 'application/xml', ...more }
    const options = { headers, method: body === undefined ? 'GET' : 'POST' }
    const sent = request(url, agent === undefined ? options : { ...options, agent }, (response) => {
      const chunks: Buffer[] = []
      response
        .on('data', (it: Buffer) => chunks.push(it))
        .on('end', () => {
          const answer = Buffer.concat(chunks).toString()
          if (response.statusCode === 200 && (due?.(answer) ?? true))
            done(performance.now() - start)
          else fail(new Error(`${url} answered ${response.statusCode}: ${answer.slice(0, 500)}`))
        })
    })
    sent.on('error', fail).end(body)
  })
}
