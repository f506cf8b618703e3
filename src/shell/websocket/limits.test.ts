// What WS /status refuses, whom it cuts off, and that nobody else is the slower for it.

import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { accessTo } from '../../gateway/access/parties.fixture.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Store } from '../../gateway/ports.ts'
import { listening } from '../http/raw.fixture.ts'
import { counted } from '../store/contract/samples.ts'
import { waitFor } from '../wait.fixture.ts'
import { assertWhole, nextCall, refused, subscriber } from './client.fixture.ts'
import { openFeeds } from './feeds.fixture.ts'
import type { Subscriber } from './client.fixture.ts'
import type { Feeds } from './feeds.fixture.ts'
import { serveStatus } from './index.ts'

const test = suite('websocket: limits')

/** long enough for who reads in this same, busy process */
const STALL_MS = 2_000
const HEARTBEAT_MS = 1_000

let feeds: Feeds
let store: Store
let port = 0

test.before(async () => {
  feeds = await openFeeds()
  store = feeds.store
  port = await feeds.serving({ stallMs: STALL_MS })
})

test.after(() => feeds.close())

test('cuts off who takes nothing, who may resume; others lose nothing', async () => {
  const { last: before } = await store.horizon()
  const [stalled, quick] = await Promise.all([subscriber(port), subscriber(port)])
  const cut = nextCall('close')
  stalled.socket.pause()
  const fill = 'x'.repeat(2_000)
  for (const _ of counted(20)) await feeds.write(300, fill)
  const { last } = await store.horizon()
  await quick.until(last)
  assertWhole(quick, before, last)
  const [code] = await cut
  stalled.socket.resume()
  assert.is(code, 1013)
  // Not the code that arrives: the closing handshake has its own end, which a busy machine may not wait for.
  await stalled.closed()
  const seen = stalled.events().at(-1)?.seq ?? before
  assert.ok(seen < last, 'it was cut off')
  assertWhole(stalled, before, seen)
  const again = await subscriber(port, `?since=${seen}`)
  await again.until(last)
  assertWhole(again, seen, last)
  for (const it of [quick, again]) it.socket.close()
})

const REFUSED: Readonly<Record<string, number>> = {
  '/': 404,
  '/statusx': 404,
  '/status/': 404,
  '//': 404,
  '/%': 404,
  '/cim?since=0': 404,
  '/status?since=': 400,
  '/status?since=-1': 400,
  '/status?since=1e3': 400,
  '/status?since=9999999999999999': 400,
}

for (const [path, code] of Object.entries(REFUSED))
  test(`refuses an upgrade of ${path} with ${code}`, async () => {
    const [status, text] = await refused(port, path)
    assert.is(status, code)
    assert.ok(text.endsWith('.\n'))
  })

test('refuses pages of other sites, takes its own', async () => {
  for (const Origin of ['https://elsewhere.example', 'null', `http://127.0.0.1:${port + 1}`])
    assert.is((await refused(port, '/status', { Origin }))[0], 403)
  const own = new WebSocket(`ws://127.0.0.1:${port}/status`, { origin: `http://127.0.0.1:${port}` })
  await waitFor(() => own.readyState === WebSocket.OPEN, 'its own page')
  own.close()
})

test('refuses one more than there may be, until somebody leaves', async () => {
  const small = await feeds.serving({ most: 2 })
  const [first, second] = await Promise.all([subscriber(small), subscriber(small)])
  assert.is((await refused(small, '/status'))[0], 503)
  first.socket.close()
  const third = await untilTaken(small)
  for (const it of [second, third]) it.socket.close()
})

/** Who has left is gone a little later. */
async function untilTaken(at: number): Promise<Subscriber> {
  let taken: Subscriber | undefined
  const isTaken = () =>
    subscriber(at).then(
      (it) => ((taken = it), true),
      () => false,
    )
  await waitFor(isTaken, 'a free place')
  return taken as unknown as Subscriber
}

test('drops who does not answer heartbeats, keeps who does', async () => {
  const beating = await feeds.serving({ heartbeatMs: HEARTBEAT_MS })
  const [dead, alive] = await Promise.all([subscriber(beating), subscriber(beating)])
  // Nothing is read any more, so that no ping is answered.
  const dropped = nextCall('terminate')
  dead.socket.pause()
  await dropped
  dead.socket.resume()
  assert.is(await dead.closed(), 1006)
  assert.is(alive.socket.readyState, WebSocket.OPEN)
  alive.socket.close()
})

test('survives a reset in the middle of a refusal', async () => {
  for (const _ of counted(20)) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(
      'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    )
    setTimeout(() => socket.resetAndDestroy(), Math.random() * 5)
  }
  await sleep(50)
  const it = await subscriber(port)
  it.socket.close()
})

test('tells a subscriber when the store fails, and lives on', async () => {
  const logged: unknown[] = []
  const error = (fields: object) => logged.push(fields)
  const log = { info: () => undefined, warn: () => undefined, error }
  const broken: Store = { ...store, events: () => Promise.reject(new Error('disk')) }
  const it = await subscriber(await feeds.serving({ log }, broken), '?since=1')
  assert.is(await it.closed(), 1011)
  assert.is(logged.length, 1)
})

test('says 1001 at the end, and waits for nobody who no longer reads', async () => {
  const server = createServer()
  const status = serveStatus(server, store, { access: accessTo(LOCAL) })
  const ending = await listening(server)
  const [reads, stalled] = await Promise.all([subscriber(ending), subscriber(ending)])
  stalled.socket.pause()
  await status.close()
  assert.is(await reads.closed(), 1001)
  stalled.socket.terminate()
  await new Promise((done) => server.close(done))
})

test.run()
