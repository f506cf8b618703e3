// One POST to a peer that behaves, misbehaves, or is not there.

import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { listening } from '../http/raw.fixture.ts'
import { post } from './http.ts'

const test = suite('peer-http')

const LIMITS = [10_000, 300] as const
const XML = Buffer.from('<a>ü</a>')
const bomb = gzipSync(Buffer.alloc(10_000_000))

let heard: { readonly headers: IncomingMessage['headers']; readonly body: string } | undefined
let followed = 0

const PEERS: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
  '/ok': (it) => it.end('<ok/>'),
  '/refuses': (it) => it.writeHead(500).end('<fault/>'),
  '/nothing': (it) => it.writeHead(204).end(),
  '/moved': (it) => it.writeHead(307, { Location: '/followed' }).end(),
  '/followed': (it) => ((followed += 1), it.end()),
  '/long': (it) => it.end('x'.repeat(10_001)),
  '/bomb': (it) => it.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
  '/cut': (it) => it.writeHead(200, { 'Content-Length': '10' }).write('x', () => it.destroy()),
  '/garbled': (it) => it.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip'),
  '/silent': () => undefined,
  '/never-ends': (it) => it.write('x'),
}

const server = createServer((request, response) => {
  void request.toArray().then((body) => {
    heard = { headers: request.headers, body: Buffer.concat(body as Buffer[]).toString() }
    PEERS[request.url ?? '']?.(response)
  })
})
let peer = ''

test.before(async () => {
  peer = `http://127.0.0.1:${await listening(server)}`
})

test.after(() => {
  server.close()
  server.closeAllConnections()
})

const PROOF = { 'X-API-Key': 'key-of-me' }
const to = (path: string) => post(`${peer}${path}`, XML, PROOF, ...LIMITS)

/** What is handed back of the wire. */
function came(answer: Awaited<ReturnType<typeof post>>) {
  if ('unreachable' in answer) return answer
  const { status, bytes, headers } = answer
  return { status, bytes, type: headers.get('Content-Type') }
}

test('sends the octets as XML in UTF-8, with the proof', async () => {
  const answer = await to('/ok')
  assert.is(heard?.body, '<a>ü</a>')
  assert.is(heard?.headers['content-type'], 'application/xml; charset=utf-8')
  assert.is(heard?.headers['x-api-key'], 'key-of-me')
  assert.equal(came(answer), { status: 200, bytes: Buffer.from('<ok/>'), type: null })
})

const STATUS: Readonly<Record<string, readonly [number, string]>> = {
  '/refuses': [500, '<fault/>'],
  '/nothing': [204, ''],
  '/moved': [307, ''],
}

for (const [path, [status, text]] of Object.entries(STATUS))
  test(`hands back ${path} as it is`, async () => {
    assert.equal(came(await to(path)), { status, bytes: Buffer.from(text), type: null })
    assert.is(followed, 0)
  })

const UNREACHABLE: Readonly<Record<string, RegExp>> = {
  '/long': /has answered, and its answer has more than 10000 octets\.$/,
  '/bomb': /has answered, and its answer has more than 10000 octets\.$/,
  '/cut': /has answered, and its answer was cut off\.$/,
  '/garbled': /has answered, and its answer has a Content-Encoding that cannot be undone\.$/,
  '/silent': /has not answered within 300 ms\.$/,
  '/never-ends': /has not answered within 300 ms\.$/,
}

for (const [path, reason] of Object.entries(UNREACHABLE))
  test(`says what is wrong with ${path}`, async () => {
    const answer = await to(path)
    assert.match('unreachable' in answer ? answer.unreachable : 'reached', reason)
  })

test('says that nobody listens', async () => {
  const gone = createTcpServer()
  await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done))
  const { port } = gone.address() as AddressInfo
  await new Promise((done) => gone.close(done))
  const answer = await post(`http://127.0.0.1:${port}/`, XML, {}, ...LIMITS)
  assert.equal(answer, {
    unreachable: `http://127.0.0.1:${port}/ cannot be reached: ECONNREFUSED.`,
  })
})

for (const url of [
  '',
  'localhost',
  'data:text/xml,<a/>',
  'file:///etc/passwd',
  'http://a:b@localhost/',
])
  test(`takes ${url || 'nothing'} for no address`, async () => {
    const answer = await post(url, XML, {}, ...LIMITS)
    assert.equal(answer, { unreachable: `${url} is no address; write http://… or https://….` })
  })

test.run()
