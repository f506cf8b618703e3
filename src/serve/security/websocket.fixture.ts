// For tests only: T8b. Whatever comes on a status socket: a broken frame ends in the code that the protocol has for it, a sound one
// is passed over, neither costs memory.

import type { Socket } from 'node:net'
import * as assert from 'uvu/assert'
import { randomOf } from '../../shell/xml-in/mutated.fixture.ts'
import { waitFor } from '../../shell/wait.fixture.ts'
import { closeIn, frame, opened, outcome } from '../../shell/websocket/frames.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { FRAMES } from './frames.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

/** octets of memory for all of it, inputs of octets, one-octet fragments */
const [MOST_OCTETS, INPUTS, FRAGMENTS] = [32 * 2 ** 20, 400, 1_000_000]

export const WEBSOCKET: Attack = {
  id: 'T8b',
  about:
    'no frame crashes a status socket, holds it up or grows its memory; a broken one ends in its code',
  full: Infinity,
  few: 60,
  run: attack,
}

async function attack(how: Attacking) {
  const { attempt, count, seed, isFull } = how
  const served = await openServed()
  const every = Math.max(1, Math.floor(FRAMES.length / count))
  try {
    for (const [name, end, pieces] of FRAMES.filter((_, at) => at % every === seed % every))
      await attempt(name, async () => assert.is(await outcome(served.port, pieces), end))
    for (let n = 0; n < (isFull ? INPUTS : 10); n += 1)
      await attempt(`octets of ${seed + n}`, async () => {
        const end = await outcome(served.port, [octets(seed + n), Buffer.alloc(70_000)])
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
      const { socket, isEnded, said } = await opened(served.port)
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
