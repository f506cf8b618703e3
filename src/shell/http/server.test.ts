// Where the server listens, what slow clients get, and how it ends.

import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { HANG_MS, waitFor } from '../wait.fixture.ts'
import { head, portOf, post, raw } from './raw.fixture.ts'
import { serverFor } from './server.ts'
import type { HttpServer } from './server.ts'

const test = suite('http: listening and ending')

/** in which a client of this same, busy process may ask again */
const QUIET_MS = 3_000

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
  const asked: ServerResponse[] = []
  const http = serverFor((request, response) => (request.resume(), asked.push(response)))
  await http.listen(0, '127.0.0.1')
  const answer = raw(portOf(http.server), ...post('/', '<a/>'))
  await waitFor(() => asked.length > 0, 'the request')
  let isDrained = false
  const drained = http.drain({ quietMs: 0, graceMs: HANG_MS }).then(() => (isDrained = true))
  // Time to end too early; on a slow machine it only has less of it.
  await sleep(100)
  assert.not.ok(isDrained)
  asked[0]?.end('done')
  assert.is((await answer).body, 'done')
  await drained
})

test('takes nothing new, but what comes on a connection that is kept', async () => {
  const http = slow()
  await http.listen(0, '127.0.0.1')
  const port = portOf(http.server)
  const kept = await connected(http)
  const drained = http.drain({ quietMs: QUIET_MS })
  await waitFor(() => !http.server.listening, 'the end of listening')
  const refused = await raw(port, head('GET /')).catch((it: NodeJS.ErrnoException) => it.code)
  assert.is(refused, 'ECONNREFUSED')
  kept.write(head('GET /'))
  const [chunk] = (await once(kept, 'data')) as [Buffer]
  assert.match(chunk.toString(), /^HTTP\/1\.1 200 OK/)
  kept.destroy()
  await drained
})

test('waits for no connection that is idle, half a request or never answered to', async () => {
  let asked = 0
  const http = serverFor(() => (asked += 1))
  await http.listen(0, '127.0.0.1')
  const all = await Promise.all([connected(http), connected(http), connected(http)])
  const ends = all.map((it) => once(it.resume(), 'close'))
  all[1]?.write('GET / HT')
  all[2]?.write(head('GET /'))
  await waitFor(() => asked === 1, 'the request')
  await http.drain({ quietMs: 50, graceMs: 300 })
  await Promise.all(ends)
})

test.run()
