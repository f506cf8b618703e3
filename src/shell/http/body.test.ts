// Bodies as they come over the wire: what is read, what is refused, and that the refusal always arrives.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import { readBody } from './body.ts'
import { chunk, head, listening, post, raw } from './raw.fixture.ts'

const test = suite('http: body')

const LIMIT = 64 * 1024
const whole = 'x'.repeat(LIMIT)

/** What `readBody` said of each request, in the order of their ends. */
const said: string[] = []

const server = createServer((request, response) => {
  void readBody(request, { kinds: ['xml', 'json'], limitBytes: LIMIT })
    .then(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString('utf8')}`)
    .catch((error: unknown) => (error instanceof CimError ? error.code : String(error)))
    .then((text) => {
      said.push(text)
      response.end(text)
    })
})
let port = 0

test.before(async () => {
  port = await listening(server)
})

test.after(() => {
  server.close()
  server.closeAllConnections()
})

const gzip = { 'Content-Encoding': 'gzip' }
const packed = gzipSync('<a/>')
const chunked = head('POST /', {
  'Content-Type': 'application/xml',
  'Transfer-Encoding': 'chunked',
})

const CASES: Readonly<Record<string, readonly [readonly (string | Uint8Array)[], string]>> = {
  'an XML body': [post('/', '<a/>'), 'xml <a/>'],
  'a JSON body': [post('/', '{}', { 'Content-Type': 'application/json' }), 'json {}'],
  'an empty body': [post('/', ''), 'xml '],
  'no body at all': [[head('POST /', { 'Content-Type': 'application/xml' })], 'xml '],
  'a chunked body': [[chunked, chunk('<a'), chunk('/>'), chunk('')], 'xml <a/>'],
  'a packed body': [post('/', packed, gzip), 'xml <a/>'],
  'a body packed in two members': [
    post('/', Buffer.concat([packed, packed]), gzip),
    'xml <a/><a/>',
  ],
  'gzip under its old name': [post('/', packed, { 'Content-Encoding': 'X-GZIP' }), 'xml <a/>'],
  'an encoding that is none': [post('/', '<a/>', { 'Content-Encoding': 'identity' }), 'xml <a/>'],
  'a body of exactly the limit': [post('/', whole), `xml ${whole}`],
  'a byte more than the limit': [post('/', `${whole}x`), 'too-large'],
  'a byte more, chunked': [[chunked, chunk(whole), chunk('x'), chunk('')], 'too-large'],
  'a body that is packed twice': [
    post('/', gzipSync(packed), { 'Content-Encoding': 'gzip, gzip' }),
    'unsupported-media-type',
  ],
  'an unknown packing': [post('/', '', { 'Content-Encoding': 'br' }), 'unsupported-media-type'],
  'a packing named like a property of all objects': [
    post('/', '', { 'Content-Encoding': 'constructor' }),
    'unsupported-media-type',
  ],
  'a gzip bomb': [post('/', gzipSync(Buffer.alloc(50 * LIMIT)), gzip), 'too-large'],
  'a gzip body that is cut': [post('/', packed.subarray(0, -5), gzip), 'malformed'],
  'a gzip body with a wrong check sum': [
    post('/', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(8)]), gzip),
    'malformed',
  ],
  'a body that only claims to be packed': [post('/', '<a/>', gzip), 'malformed'],
  'a body that is hidden behind a packed one': [
    post('/', Buffer.concat([packed, Buffer.alloc(2 * LIMIT, 'x')]), gzip),
    'too-large',
  ],
}

for (const [title, [pieces, expected]] of Object.entries(CASES))
  test(title, async () => {
    assert.is((await raw(port, ...pieces)).body, expected)
  })

test('answers a declared length over the limit before anything of the body has come', async () => {
  const { body } = await raw(port, post('/', whole + whole)[0])
  assert.is(body, 'too-large')
})

test('reads on after a refusal, so that the connection goes on too', async () => {
  const more = 40 * LIMIT
  const first = post('/', 'x'.repeat(more))
  const socket = connect(port, '127.0.0.1')
  let all = ''
  socket.on('data', (it: Buffer) => (all += it.toString()))
  for (const piece of [...first, ...post('/', '<second/>')]) socket.write(piece)
  while (!all.includes('<second/>')) await sleep(5)
  assert.match(all, /too-large[^]*xml <second\/>/)
  socket.destroy()
})

test('gives up a body whose sender has gone', async () => {
  const before = said.length
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(chunked + chunk('<a>'))
  await sleep(20)
  socket.destroy()
  while (said.length === before) await sleep(5)
  assert.is(said.at(-1), 'malformed')
})

test('does not touch the body of a route that takes none', async () => {
  const other = createServer((request, response) => {
    void readBody(request, { kinds: [], limitBytes: 1 }).then(({ kind }) => response.end(kind))
  })
  assert.is((await raw(await listening(other), ...post('/', '<a/>'))).body, 'none')
  other.close()
  other.closeAllConnections()
})

test.run()
