// For tests only: T8b. Whatever comes on a status socket: a broken frame ends in the code that the protocol has for it, a sound one
// is passed over, neither costs memory.

import { connect } from 'node:net'
import type { Socket } from 'node:net'
import * as assert from 'uvu/assert'
import { randomOf } from '../../shell/xml-in/mutated.fixture.ts'
import { waitFor } from '../../shell/wait.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { FRAMES, frame } from './frames.fixture.ts'
import type { FrameEnd } from './frames.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

/** design/reliability.md T8b: octets of memory for all of it, inputs of octets, one-octet fragments */
const [MOST_OCTETS, INPUTS, FRAGMENTS] = [32 * 2 ** 20, 400, 1_000_000]

export const WEBSOCKET: Attack = {
  id: 'T8b',
  about:
    'no frame crashes a status socket, holds it up or grows its memory; a broken one ends in its code',
  full: Infinity,
  few: 60,
  run: attack,
}

const UPGRADE = [
  'GET /status HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
].join('\r\n')

async function attack(how: Attacking) {
  const { attempt, count, seed, isFull } = how
  const served = await openServed()
  const every = Math.max(1, Math.floor(FRAMES.length / count))
  try {
    for (const [name, end, pieces] of FRAMES.filter((_, at) => at % every === seed % every))
      await attempt(name, async () => assert.is(await outcome(served, pieces), end))
    for (let n = 0; n < (isFull ? INPUTS : 10); n += 1)
      await attempt(`octets of ${seed + n}`, async () => {
        const end = await outcome(served, [octets(seed + n), Buffer.alloc(70_000)])
        // Zeros behind them are no frames of a client.
        assert.is.not(end, 'open')
      })
    const grown = await flooded(served, isFull ? FRAGMENTS : FRAGMENTS / 50, attempt, isFull)
    await takesStill(served)
    return { 'MiB more for fragments': Math.round(grown / 2 ** 20) }
  } finally {
    await served.close()
  }
}

function octets(seed: number): Buffer {
  const random = randomOf(seed)
  return Buffer.from(Array.from({ length: 1 + random(120) }, () => random(256)))
}

async function opened({ port }: ServedHere) {
  const socket = connect(port, '127.0.0.1')
  const state = { heard: Buffer.alloc(0), isEnded: false }
  socket.on('error', () => (state.isEnded = true)).on('close', () => (state.isEnded = true))
  socket.on('data', (it: Buffer) => (state.heard = Buffer.concat([state.heard, it])))
  socket.write(`${UPGRADE}\r\n\r\n`)
  await waitFor(() => state.heard.includes('"hello"'), 'hello')
  const from = state.heard.length
  return { socket, isEnded: () => state.isEnded, said: () => state.heard.subarray(from) }
}

/** How the server ends what comes behind the upgrade: with a code, without one, or not at all. */
async function outcome(
  served: ServedHere,
  pieces: readonly Uint8Array[],
): Promise<FrameEnd | 'cut'> {
  const { socket, isEnded, said } = await opened(served)
  for (const it of [...pieces, frame(0x89, 'there?')]) socket.write(it)
  const isSaid = () => closeIn(said()) !== undefined || said().includes('there?')
  await waitFor(() => isEnded() || isSaid(), 'an outcome')
  socket.destroy()
  return closeIn(said()) ?? (said().includes('there?') ? 'open' : 'cut')
}

/** The code of the close frame among what the server has sent, frame by frame; 1005 where it bears none. */
function closeIn(said: Buffer): number | undefined {
  for (let at = 0; at + 1 < said.length;) {
    const [first = 0, length = 0] = said.subarray(at, at + 2)
    const head = length === 126 ? 4 : length === 127 ? 10 : 2
    const octetsOf = length === 126 ? said.readUInt16BE(at + 2) : length
    if (first === 0x88) return length < 2 ? 1005 : said.readUInt16BE(at + 2)
    at += head + octetsOf
  }
  return undefined
}

/** Fragments of one octet on as many sockets as it takes, because each is ended long before. */
async function flooded(
  served: ServedHere,
  count: number,
  attempt: Attacking['attempt'],
  isFull: boolean,
): Promise<number> {
  const piece = Buffer.concat(Array<Buffer>(500).fill(frame(0, 'x')))
  const before = process.memoryUsage().rss
  let [sent, most] = [0, 0]
  await attempt(`${count} fragments of one octet`, async () => {
    while (sent < count) {
      const { socket, isEnded, said } = await opened(served)
      socket.write(frame(0x01, 'x'))
      while (!isEnded() && closeIn(said()) === undefined && sent < count) {
        await written(socket, piece)
        sent += 500
      }
      await waitFor(() => isEnded() || closeIn(said()) !== undefined || sent >= count, 'its end')
      most = Math.max(most, process.memoryUsage().rss - before)
      if (closeIn(said()) !== undefined) assert.is(closeIn(said()), 1008)
      socket.destroy()
    }
    if (isFull) assert.ok(most <= MOST_OCTETS, `${most} octets of memory`)
  })
  return most
}

function written(socket: Socket, octetsOf: Uint8Array): Promise<void> {
  return new Promise((done) => socket.write(octetsOf, () => setImmediate(done)))
}
