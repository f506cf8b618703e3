// T7 and T8, small; `npm run test:sockets` runs both at their full size.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { counted } from '../store/contract/samples.ts'
import { waitFor } from '../wait.fixture.ts'
import { openFeeds } from './feeds.fixture.ts'
import { delivered, publish, readInPieces, readers, seeded, watchSockets } from './load.fixture.ts'

const test = suite('websocket: load')

/** octets that may wait for one socket */
const CAP = 1024 * 1024

test('T7: who takes nothing is cut off with 1013 at no more than 1 MiB, and all others hear everything', async () => {
  const feeds = await openFeeds()
  const port = await feeds.serving({ stallMs: 1_000 })
  const watched = watchSockets()
  const [quick, stalled] = [await readers(port, 55), await readers(port, 5)]
  for (const { socket } of stalled) socket.pause()
  for (const _ of counted(30)) await delivered(quick, 50, () => publish(feeds.store, 50, 2_000))
  await waitFor(() => watched.closed.length >= 5, 'five cuts')
  watched.stop()
  assert.equal(
    watched.closed.map(({ code }) => code),
    [1013, 1013, 1013, 1013, 1013],
  )
  assert.ok(watched.mostWaiting() <= CAP, `${watched.mostWaiting()} octets waited`)
  assert.not.ok(quick.some((it) => it.isCut()))
  for (const { socket } of [...quick, ...stalled]) socket.destroy()
  await feeds.close()
})

test('T8: 50 cuts at random leave no silent gap, while more is written', async () => {
  const seed = Date.now() % 1_000_000
  const feeds = await openFeeds()
  const port = await feeds.serving()
  await publish(feeds.store, 1_000, 10)
  const more = (async () => {
    for (const _ of counted(10)) await publish(feeds.store, 100, 10)
  })()
  const random = seeded(seed)
  const connections = await Promise.all(
    counted(5).map(() => readInPieces(port, 0, 2_000, random, 200)),
  )
  await more
  assert.ok(
    connections.every((it) => it >= 10),
    `seed ${seed}: ${connections}`,
  )
  await feeds.close()
})

test.run()
