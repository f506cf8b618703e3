// Where the server listens, what slow clients get, and how it ends.

import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { head, portOf, post, raw } from './raw.fixture.ts'
import { serverFor } from './server.ts'
import type { HttpServer } from './server.ts'

const test = suite('http: listening and ending')

const slow = () =>
  serverFor((request, response) => {
    request.resume()
    setTimeout(() => response.end('done'), 200)
  })

async function connected(http: HttpServer): Promise<Socket> {
  const socket = connect(portOf(http.server), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

async function timed(run: Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await run
  return performance.now() - startedAt
}

test('says where it listens, also in IPv6', async () => {
  const http = slow()
  assert.match(await http.listen(0, '127.0.0.1'), /^http:\/\/127\.0\.0\.1:\d+$/)
  await http.drain({ quietMs: 0 })
  const six = slow()
  const address = await six.listen(0, '::1').catch(() => 'http://[::1]:1')
  assert.match(address, /^http:\/\/\[::1\]:\d+$/)
  await six.drain({ quietMs: 0 })
})

test('says in one sentence why it cannot listen', async () => {
  const first = slow()
  const second = slow()
  await first.listen(0, '127.0.0.1')
  const port = portOf(first.server)
  const inUse = await second.listen(port, '127.0.0.1').catch((it: Error) => it.message)
  assert.is(inUse, `Port ${port} is in use; choose another with --port.`)
  const elsewhere = await slow()
    .listen(0, '192.0.2.1')
    .catch((it: Error) => it.message)
  assert.is(elsewhere, '192.0.2.1 is no address of this machine; choose another with --host.')
  await Promise.all([first.drain({ quietMs: 0 }), second.drain({ quietMs: 0 })])
})

test('bounds headers, requests, connections and silence', async () => {
  const { server } = slow()
  const { headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxConnections } = server
  assert.equal([headersTimeout, requestTimeout, keepAliveTimeout], [10_000, 30_000, 5_000])
  assert.equal([timeout, maxConnections], [120_000, 2_000])
})

test('answers what is under way, then closes the connection it came on', async () => {
  const http = slow()
  await http.listen(0, '127.0.0.1')
  const answer = raw(portOf(http.server), ...post('/', '<a/>'))
  await sleep(50)
  const drained = timed(http.drain({ quietMs: 0 }))
  assert.is((await answer).body, 'done')
  const took = await drained
  assert.ok(took > 100 && took < 1_000, `${took} ms`)
})

test('takes nothing new, but what comes on a connection that is kept', async () => {
  const http = slow()
  await http.listen(0, '127.0.0.1')
  const port = portOf(http.server)
  const kept = await connected(http)
  const drained = http.drain({ quietMs: 150 })
  await sleep(20)
  const refused = await raw(port, head('GET /')).catch((it: NodeJS.ErrnoException) => it.code)
  assert.is(refused, 'ECONNREFUSED')
  kept.write(head('GET /'))
  const [chunk] = (await once(kept, 'data')) as [Buffer]
  assert.match(chunk.toString(), /^HTTP\/1\.1 200 OK/)
  await drained
})

test('waits for no connection that is idle, half a request or never answered to', async () => {
  const http = serverFor(() => undefined)
  await http.listen(0, '127.0.0.1')
  const [, half, never] = await Promise.all([connected(http), connected(http), connected(http)])
  half.write('GET / HT')
  never.write(head('GET /'))
  await sleep(20)
  const took = await timed(http.drain({ quietMs: 50, graceMs: 300 }))
  assert.ok(took > 250 && took < 1_000, `${took} ms`)
})

test.run()
