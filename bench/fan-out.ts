// Events to 1,000 readers of WS /status, against a bare socket server that writes as many octets as often, in turns: goal 10.
// The readers count octets and parse nothing, so that they cost the same on both sides.

import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { shoot } from './load.ts'
import { ROUNDS, median } from './measure.ts'
import { manyGroups } from './messages.ts'
import { gateway, serving } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

const READERS = 1_000
/** one message with that many groups gives as many events at once */
const EVENTS = 50

/** @param folder an empty one, for the store */
export async function fanOut(folder: string): Promise<readonly Row[]> {
  const ours = await gateway(folder)
  const bare = await serving([fileURLToPath(new URL('sockets.js', import.meta.url))])
  const feed = await readers(ours.address, UPGRADE)
  const plain = await readers(bare.address, '')
  const [events, writes]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const { tookMs, octets } = await delivered(feed, () => publish(ours.address), isWhole)
      events.push(tookMs)
      const each = Math.round(octets / EVENTS)
      const write = () => plain[0]?.write(`${EVENTS} ${each}`)
      const isWritten = (text: string) => text.length === EVENTS * each
      writes.push((await delivered(plain, write, isWritten)).tookMs)
    }
  } finally {
    for (const it of [...feed, ...plain]) it.destroy()
    await Promise.all([ours.stop(), bare.stop()])
  }
  // The first round warms up.
  return rows(median(writes.slice(1)), median(events.slice(1)))
}

function rows(writesMs: number, eventsMs: number): readonly Row[] {
  const size = `to ${READERS} readers`
  const perSecond = (ms: number) => `${rounded((EVENTS * READERS) / ms)}k/s`
  return [
    { what: 'bare socket writes', size, figure: perSecond(writesMs) },
    {
      what: 'WS /status events',
      size,
      figure: perSecond(eventsMs),
      value: writesMs / eventsMs,
      goal: 10,
      note: 'their commit included',
    },
  ]
}

const UPGRADE =
  'GET /status?topics=DERGroups/* HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

function publish(address: string): void {
  const due = (answer: string) => answer.includes('<Result>OK</Result>')
  void shoot({ url: `${address}/cim`, body: manyGroups(EVENTS), due })
}

function isWhole(text: string): boolean {
  return text.split('"type":"status"').length - 1 === EVENTS
}

/** Connected sockets that have said what opens them and have been greeted. */
async function readers(address: string, greeting: string): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(address)
  const sockets = Array.from({ length: READERS }, () => connect(Number(port), hostname))
  await Promise.all(sockets.map((it) => once(it, 'connect')))
  for (const it of sockets) it.setEncoding('latin1').on('data', () => undefined)
  if (greeting !== '')
    await delivered(sockets, () => sockets.forEach((it) => it.write(greeting)), isGreeted)
  return sockets
}

function isGreeted(text: string): boolean {
  return text.includes('"type":"hello"') && text.endsWith('}')
}

/** How long it takes until every reader has what the first one has once that is whole. */
function delivered(
  sockets: readonly Socket[],
  trigger: () => unknown,
  isAll: (text: string) => boolean,
): Promise<{ readonly tookMs: number; readonly octets: number }> {
  return new Promise((done) => {
    const counts = sockets.map(() => 0)
    let text = ''
    const listeners = sockets.map((_, at) => (chunk: string) => {
      counts[at] = (counts[at] ?? 0) + chunk.length
      if (at === 0) text += chunk
    })
    sockets.forEach((it, at) => it.on('data', listeners[at] ?? (() => undefined)))
    const start = performance.now()
    trigger()
    const timer = setInterval(() => {
      if (!isAll(text) || counts.some((it) => it < text.length)) return
      clearInterval(timer)
      sockets.forEach((it, at) => it.off('data', listeners[at] ?? (() => undefined)))
      done({ tookMs: performance.now() - start, octets: text.length })
    }, 1)
  })
}
