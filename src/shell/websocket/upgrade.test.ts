// T8c: who may listen to WS /status, and to what; and that whoever may no longer is sent away.

import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { accessTo, party, proof, topologyOf } from '../../gateway/access/parties.fixture.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import type { Topology } from '../../gateway/parties/party.ts'
import { counted, keep, otherPut, samplePut, sampleUnit } from '../store/contract/samples.ts'
import { waitFor } from '../wait.fixture.ts'
import { refused } from './client.fixture.ts'
import type { Frame } from './client.fixture.ts'
import { openFeeds } from './feeds.fixture.ts'
import type { Feeds } from './feeds.fixture.ts'

const test = suite('websocket: upgrade')

const HEARTBEAT_MS = 300
const PARTIES = [
  party('dms', { proofs: [proof('bearer', 'tokén+/of-dms'), proof('api-key', 'key-of-dms')] }),
  party('acme', { proofs: [proof('bearer', 'of-acme')], topics: ['Things/*', 'Others/o-1'] }),
  party('ops', { proofs: [proof('bearer', 'of-ops')], operator: true }),
]
const ACCESS = { origins: ['https://dashboard.example'], socketsPerAddress: 3 }
const ALL = topologyOf(PARTIES, { access: ACCESS })
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })
const KEY = { 'X-API-Key': 'key-of-dms' }

let topology: Topology = ALL
let feeds: Feeds
let port = 0
const open = new Set<WebSocket>()

test.before(async () => {
  feeds = await openFeeds()
  port = await feeds.serving({ access: accessTo(() => topology), heartbeatMs: HEARTBEAT_MS })
})

test.after.each(async () => {
  topology = ALL
  for (const it of open) it.terminate()
  open.clear()
})

test.after(() => feeds.close())

type Headers = Readonly<Record<string, string>>

/** [what, path, headers, status, what is said] */
const REFUSED: readonly (readonly [string, string, Headers, number, RegExp])[] = [
  ['no token', '/status', {}, 401, /neither X-API-Key nor Authorization/],
  ['a wrong token', '/status', bearer('of-dms'), 401, /those of no party/],
  ['a token in no scheme', '/status', { Authorization: 'of-ops' }, 401, /those of no party/],
  ['a cookie without Origin', '/status', { Cookie: 'token=of-ops' }, 401, /neither/],
  ['a token in the query', '/status?token=of-ops', {}, 401, /query is not read/],
  ['a key in the query', '/status?api_key=key-of-dms&since=0', {}, 401, /query is not read/],
  ['a wrong Origin', '/status', { ...KEY, Origin: 'https://evil.example' }, 403, /another site/],
  ['the Origin null', '/status', { ...KEY, Origin: 'null' }, 403, /another site/],
  [
    'an Origin that only begins like one that may',
    '/status',
    { ...KEY, Origin: 'https://dashboard.example.evil.example' },
    403,
    /another site/,
  ],
  ['a wrong Origin and no token', '/status', { Origin: 'https://evil.example' }, 403, /another/],
  ['a wrong path', '/statuses', KEY, 404, /one at \/status/],
  ['a wrong path and no token', '/', {}, 404, /one at \/status/],
  ['a wrong subprotocol', '/status', { ...KEY, 'Sec-WebSocket-Protocol': 'mqtt' }, 403, /or none/],
  ['a topic not permitted', '/status?topics=Others/*', bearer('of-acme'), 403, /Others\/\*/],
  ['one of several topics', '/status?topics=Things/a,Others/o-2', bearer('of-acme'), 403, /o-2/],
  ['all deliveries', '/status?topics=messages/*', KEY, 403, /dms may not listen/],
  ['a since that is none', '/status?since=x', KEY, 400, /whole number/],
]

test('without parties a name that was made to lead to this machine is refused, without an Origin too', async () => {
  topology = LOCAL
  const [code, text] = await refused(port, '/status', { Host: 'evil.example:8080' })
  assert.is(code, 403)
  assert.match(text, /Host is evil\.example:8080: write localhost/)
})

for (const [what, path, headers, status, said] of REFUSED)
  test(`T8c: ${what} is refused with ${status}`, async () => {
    const [code, text] = await refused(port, path, headers)
    assert.is(code, status)
    assert.match(text, said)
    assert.not.match(text, /key-of-dms|of-ops/)
  })

async function listening(query = '', headers: Headers = KEY, protocols: readonly string[] = []) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status${query}`, [...protocols], { headers })
  open.add(socket)
  const frames: Frame[] = []
  const codes: number[] = []
  socket.on('message', (it: Buffer) => frames.push(JSON.parse(it.toString()) as Frame))
  socket.on('close', (code) => codes.push(code))
  await waitFor(() => frames.length > 0, 'hello')
  return { socket, frames, codes }
}

/** Status of an upgrade, 101 when it is taken. */
function statusOf(headers: Headers): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status`, { headers })
  open.add(socket)
  socket.on('error', () => undefined)
  return new Promise((done) => {
    socket.on('open', () => done(101))
    socket.on('unexpected-response', (_request, answer) => done(answer.statusCode ?? 0))
  })
}

const token = (text: string) => `cimgate.bearer.${Buffer.from(text).toString('base64url')}`

test('T8c: a token of a page stands among the subprotocols, and never comes back', async () => {
  const headers = { Origin: 'https://dashboard.example' }
  const { socket } = await listening('', headers, ['cimgate.status', token('of-ops')])
  assert.is(socket.protocol, 'cimgate.status')
  const wrong = { 'Sec-WebSocket-Protocol': `cimgate.status, ${token('x')}` }
  assert.is((await refused(port, '/status', wrong))[0], 401)
  const broken = { 'Sec-WebSocket-Protocol': 'cimgate.status, cimgate.bearer.!!' }
  assert.is((await refused(port, '/status', broken))[0], 401)
})

test('T8c: more sockets from one address than there may be are refused with 429', async () => {
  for (const _ of counted(3)) await listening()
  for (const _ of counted(5)) assert.is((await refused(port, '/status', KEY))[0], 429)
  // Another party behind the same proxy is not the worse for it.
  await listening('', bearer('of-ops'))
  const [first] = open
  first?.close()
  await waitFor(() => first?.readyState === WebSocket.CLOSED, 'the first to leave')
  // What the server has counted is gone a moment later.
  await waitFor(async () => (await statusOf(KEY)) === 101, 'a free place')
})

test('T8c: a token that is taken back while it is in use ends its socket with 1008', async () => {
  const [mine, others] = [await listening(), await listening('', bearer('of-ops'))]
  topology = { ...ALL, parties: PARTIES.filter(({ id }) => id !== 'dms') }
  await waitFor(() => mine.codes.length > 0, 'the end')
  assert.equal(mine.codes, [1008])
  assert.equal(others.codes, [])
  assert.is((await refused(port, '/status', KEY))[0], 401)
})

test('everything that a party asks for is all that it may hear', async () => {
  const acme = await listening('?topics=*', bearer('of-acme'))
  const ops = await listening('', bearer('of-ops'))
  for (const n of counted(3))
    await keep(feeds.store, sampleUnit(`some-${n}`, [samplePut(`t-${n}`), otherPut(`o-${n}`)]))
  const heard = ({ frames }: { readonly frames: readonly Frame[] }) =>
    frames.filter(({ type }) => type === 'status').map(({ subject }) => subject)
  await waitFor(() => heard(ops).length === 6, 'all events')
  await waitFor(() => heard(acme).length === 4, 'those of acme')
  assert.equal(heard(acme), ['t-0', 't-1', 'o-1', 't-2'])
})

test('topics that can match nothing are refused, with what is wrong, to whoever may come in', async () => {
  const asked: (readonly string[])[] = []
  const queryFault = (query: ReadonlyMap<string, readonly string[]>) => {
    const topics = query.get('topics') ?? []
    asked.push(topics)
    return topics.includes('Thigns/*') ? 'No noun Thigns; did you mean Thïngs/*?' : undefined
  }
  const knowing = await feeds.serving({ access: accessTo(() => topology), queryFault })
  const path = '/status?topics=Thigns/*'
  assert.is((await refused(knowing, path))[0], 401)
  assert.equal(await refused(knowing, path, KEY), [400, 'No noun Thigns; did you mean Th?ngs/*?\n'])
  assert.is((await refused(knowing, `${path}&topics=Things/*`, KEY))[0], 400)
  assert.equal(asked, [['Thigns/*'], ['Thigns/*', 'Things/*']])
})

test('frames are not compressed, whatever the client offers (T7)', async () => {
  const offer =
    'permessage-deflate; client_max_window_bits, permessage-deflate; server_no_context_takeover'
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status`, {
    headers: { ...KEY, 'Sec-WebSocket-Extensions': offer },
    perMessageDeflate: false,
  })
  open.add(socket)
  const [response] = (await once(socket, 'upgrade')) as [IncomingMessage]
  assert.is(response.headers['sec-websocket-extensions'], undefined)
  assert.ok(response.rawHeaders.every((it) => !/deflate/i.test(it)))
  const deflating = new WebSocket(`ws://127.0.0.1:${port}/status`, {
    headers: KEY,
    perMessageDeflate: true,
  })
  open.add(deflating)
  await once(deflating, 'open')
  assert.is(deflating.extensions, '')
})

test('a message of more than 64 KiB ends its socket with 1009 (T7)', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status`, { headers: KEY })
  open.add(socket)
  await once(socket, 'open')
  socket.send('x'.repeat(64 * 1024))
  socket.send('x'.repeat(64 * 1024 + 1))
  const [code] = (await once(socket, 'close')) as [number]
  assert.is(code, 1009)
})

test.run()
