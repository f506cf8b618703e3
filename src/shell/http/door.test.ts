// Who is let in by the server: asked before the body is read, so that a stranger costs nothing.

import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { accessTo, party, proof, topologyOf } from '../../gateway/access/parties.fixture.ts'
import type { RouteAnswer, RouteRequest } from '../../gateway/route.ts'
import { waitFor } from '../wait.fixture.ts'
import { createHttpServer } from './index.ts'
import type { HttpRoute } from './index.ts'
import { chunk, head, listening, post, raw } from './raw.fixture.ts'

const test = suite('http: door')

const topology = topologyOf([
  party('dms', { proofs: [proof('api-key', 'secret-of-dms')] }),
  party('ops', { proofs: [proof('bearer', 'secret-of-ops')], operator: true }),
  party('wms'),
])
const KEY = { 'X-API-Key': 'secret-of-dms' }

const seen: RouteRequest[] = []
const logged: unknown[] = []
const text = (it: string): RouteAnswer => ({ status: 200, contentType: 'text/plain', text: it })
const echo = (request: RouteRequest) => (seen.push(request), text(request.sender.party))
const proving = (bytes: Uint8Array) => {
  const body = Buffer.from(bytes).toString()
  if (body === '<a/>') return undefined
  return body === '<wrong/>' ? { wrong: 'The password is wrong.' } : { party: body.slice(1, -2) }
}

const ROUTES: readonly HttpRoute[] = [
  { method: 'POST', path: '/things', body: ['xml'], answer: echo },
  { method: 'GET', path: '/things', body: [], answer: echo },
  { method: 'GET', path: '/open', body: [], access: 'everybody', answer: echo },
  { method: 'GET', path: '/inner', body: [], access: 'operate', answer: echo },
  { method: 'POST', path: '/proved', body: ['xml'], proof: proving, answer: echo },
  {
    method: 'POST',
    path: '/compared',
    body: ['xml'],
    proof: proving,
    headersFirst: true,
    answer: echo,
  },
  {
    method: 'POST',
    path: '/worded',
    body: ['xml'],
    answer: echo,
    refuse: ({ code }, status) => ({ ...text(`<Fault code="${code}"/>`), status }),
  },
]
const LIMIT = 16 * 1024 * 1024
const http = createHttpServer(ROUTES, {
  bodyLimitBytes: LIMIT,
  access: accessTo(topology),
  newId: () => crypto.randomUUID(),
  log: { info: () => undefined, warn: (it) => logged.push(it), error: (it) => logged.push(it) },
})
let port = 0

test.before(async () => {
  port = await listening(http.server)
})

test.after(() => http.drain({ quietMs: 0, graceMs: 0 }))

/** [what, request, status, reply code or party] */
const ASKED: readonly (readonly [string, readonly (string | Uint8Array)[], number, string])[] = [
  ['a stranger', post('/things', '<a/>'), 401, '7.2'],
  ['a stranger who only asks', [head('GET /things')], 401, '7.2'],
  ['a wrong key', post('/things', '<a/>', { 'X-API-Key': 'x' }), 401, '7.4'],
  ['a wrong token', [head('GET /things', { Authorization: 'Bearer x' })], 401, '7.4'],
  ['a stranger with a body of no type', post('/things', 'x', { 'Content-Type': 'x' }), 401, '7.2'],
  ['a party', post('/things', '<a/>', KEY), 200, 'dms'],
  ['a party that is no operator', [head('GET /inner', KEY)], 403, '7.5'],
  ['an operator', [head('GET /inner', { Authorization: 'Bearer secret-of-ops' })], 200, 'ops'],
  ['a stranger at a probe', [head('GET /open')], 200, 'anonymous'],
  ['a wrong key at a probe', [head('GET /open', { 'X-API-Key': 'x' })], 200, 'anonymous'],
  ['a body that proves', post('/proved', '<wms/>'), 200, 'wms'],
  ['a body that proves nothing', post('/proved', '<a/>'), 401, '7.2'],
  ['a body that proves wrongly', post('/proved', '<wrong/>'), 401, '7.4'],
  ['a header beside a body that proves nothing', post('/proved', '<a/>', KEY), 200, 'dms'],
  ['a header beside a body that proves wrongly', post('/proved', '<wrong/>', KEY), 401, '7.4'],
  ['a header beside a body that proves another', post('/proved', '<wms/>', KEY), 401, '7.4'],
  ['a header beside a body that proves the same', post('/proved', '<dms/>', KEY), 200, 'dms'],
  ['a body alone where headers come first', post('/compared', '<wms/>'), 401, '7.2'],
  ['a body that proves nothing beside them', post('/compared', '<a/>', KEY), 200, 'dms'],
  ['a body that proves the same beside them', post('/compared', '<dms/>', KEY), 200, 'dms'],
  ['a body that proves another beside them', post('/compared', '<wms/>', KEY), 401, '7.4'],
  ['a body that proves wrongly beside them', post('/compared', '<wrong/>', KEY), 401, '7.4'],
  [
    'a page of another site that would change something',
    post('/things', '<a/>', { ...KEY, Origin: 'http://evil.test' }),
    403,
    '7.5',
  ],
]

for (const [what, pieces, status, said] of ASKED)
  test(`answers ${what} with ${status} ${said}`, async () => {
    const answer = await raw(port, ...pieces)
    assert.is(answer.status, status)
    if (status === 200) return assert.is(answer.body, said)
    assert.is((JSON.parse(answer.body) as { readonly code: string }).code, said)
    assert.is('www-authenticate' in answer.headers, status === 401)
    assert.not.match(answer.all, /secret-of/)
  })

test('lets a route word it', async () => {
  const { status, body, headers } = await raw(port, ...post('/worded', '<a/>'))
  assert.equal([status, body], [401, '<Fault code="7.2"/>'])
  assert.is(headers['www-authenticate'], 'Bearer realm="cimgate"')
})

for (const path of ['/things', '/compared'])
  test(`does not ask a stranger at ${path} for a body, and asks a party for it`, async () => {
    const expect = { Expect: '100-continue' }
    const [stranger, [top, body]] = [
      post(path, '<a/>', expect),
      post(path, '<a/>', { ...expect, ...KEY }),
    ]
    const refused = await raw(port, stranger[0])
    assert.match(refused.all, /^HTTP\/1\.1 401 /)
    assert.is(refused.headers['connection'], 'close')
    assert.match(
      (await raw(port, top, body)).all,
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
    )
  })

test('answers a stranger whose body never comes, and closes', async () => {
  const before = seen.length
  const lines = head('POST /things', { 'Content-Type': 'text/xml', 'Content-Length': `${LIMIT}` })
  let came = ''
  const socket = connect(port, '127.0.0.1', () => void socket.write(`${lines}<a>`))
  socket.on('data', (it: Buffer) => (came += it.toString()))
  const errors: unknown[] = []
  socket.on('error', (it) => errors.push(it))
  await waitFor(() => came.includes('"7.2"'), 'the answer while the body is still due')
  await waitFor(() => socket.readableEnded, 'the end of the connection')
  assert.is(seen.length, before)
  socket.destroy()
})

test('tells a stranger who sends 16 MiB before he reads', async () => {
  const answer = await raw(port, ...post('/things', Buffer.alloc(LIMIT, 0x20)))
  assert.equal([answer.status, answer.headers['connection']], [401, 'close'])
  const endless = head('POST /things', {
    'Content-Type': 'text/xml',
    'Transfer-Encoding': 'chunked',
  })
  assert.is((await raw(port, endless, chunk('x'.repeat(100_000)), chunk(''))).status, 401)
})

test('hands on the trace of a request, and begins one where there is none', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  await raw(port, head('GET /things', { ...KEY, traceparent: `00-${trace}-00f067aa0ba902b7-01` }))
  await raw(port, head('GET /things', KEY))
  const [kept, begun] = seen.slice(-2).map((it) => it.traceparent)
  assert.match(kept ?? '', new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`))
  assert.match(begun ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
})

test('logs nothing of who was refused, secrets least of all', () => {
  assert.not.match(JSON.stringify(logged), /secret-of/)
})

test.run()
