// The HTTP server with routes of its own: what it hands on, what it refuses by itself, and what no answer shows.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import { accessTo } from '../../gateway/access/parties.fixture.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import { createHttpServer } from './index.ts'
import type { RouteAnswer, RouteRequest } from '../../gateway/route.ts'
import type { HttpRoute } from './index.ts'
import { chunk, head, listening, post, raw } from './raw.fixture.ts'

const test = suite('http: server')

const seen: RouteRequest[] = []
const logged: Readonly<Record<string, unknown>>[] = []

const text = (it: string, status = 200): RouteAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  text: it,
})
const echo = (request: RouteRequest): RouteAnswer => {
  seen.push(request)
  return text(request.kind)
}

const ROUTES: readonly HttpRoute[] = [
  { method: 'GET', path: '/things/:id', body: [], answer: (it) => text(it.params['id'] ?? '') },
  { method: 'POST', path: '/things', body: ['xml', 'json'], answer: echo },
  { method: 'POST', path: '/steps', body: ['json'], bodiless: true, answer: echo },
  {
    method: 'POST',
    path: '/worded',
    body: ['xml'],
    answer: () => Promise.reject(new CimError('too-many-requests')),
    refuse: (error, status) => ({
      ...text(`<Refused code="${error.code}"/>`, status),
      headers: { CorrelationID: 'of the route' },
    }),
  },
  {
    method: 'GET',
    path: '/broken',
    body: [],
    answer: () => Promise.reject(new Error(`secret at ${import.meta.url}`)),
  },
  {
    method: 'GET',
    path: '/busy',
    body: [],
    answer: () => Promise.reject(new CimError('overloaded')),
  },
  {
    method: 'GET',
    path: '/ids',
    body: [],
    answer: () => ({ ...text('ok'), headers: { MessageID: 'a\r\nX: y', CorrelationID: 'ü' } }),
  },
]

const http = createHttpServer(ROUTES, {
  bodyLimitBytes: 1_000,
  access: accessTo(LOCAL),
  newId: () => 'id-of-the-failure',
  log: { info: () => undefined, warn: () => undefined, error: (fields) => logged.push(fields) },
})
let port = 0

test.before(async () => {
  port = await listening(http.server)
})

test.after(() => http.drain({ quietMs: 0, graceMs: 0 }))

function json(body: string): Readonly<Record<string, unknown>> {
  return JSON.parse(body) as Readonly<Record<string, unknown>>
}

test('hands on path, query, headers and a hash of method, path and body', async () => {
  await raw(port, ...post('/things?a=1&__proto__=3&b=%C3%BC', '<a/>', { 'X-It': 'y' }))
  await raw(port, ...post('/things', '<b/>'))
  const [first, second] = seen
  assert.equal(Object.entries(first?.query ?? {}), [
    ['a', '1'],
    ['__proto__', '3'],
    ['b', 'ü'],
  ])
  assert.is(first?.headers['x-it'], 'y')
  assert.match(first?.bodyHash ?? '', /^[0-9a-f]{64}$/)
  assert.is.not(first?.bodyHash, second?.bodyHash)
})

const PATHS: Readonly<Record<string, string>> = {
  'a%2Fb': 'a/b',
  '%C3%BC%F0%9D%84%9E': 'ü𝄞',
  '%E0%A4%A': '%E0%A4%A',
  '%': '%',
  '..%2F..%2Fetc%2Fpasswd': '../../etc/passwd',
  'a;b=c,d': 'a;b=c,d',
}

for (const [path, expected] of Object.entries(PATHS))
  test(`reads ${path} as one part of a path`, async () => {
    const { status, body } = await raw(port, head(`GET /things/${path}`))
    assert.equal([status, Buffer.from(body, 'latin1').toString()], [200, expected])
  })

const STATUS: Readonly<Record<string, readonly [number, readonly (string | Uint8Array)[]]>> = {
  'an unknown path': [404, [head('GET /nowhere')]],
  'a way out of the tree': [404, [head('GET /../../etc/passwd')]],
  'a method that the path does not have': [405, [head('PUT /things')]],
  'a method that would echo the request': [405, [head('TRACE /things')]],
  'a method nobody has heard of': [400, [head('BREW /things')]],
  OPTIONS: [204, [head('OPTIONS /things')]],
  'no Content-Type': [415, [head('POST /things', { 'Content-Length': '1' }), 'x']],
  'another Content-Type': [415, post('/things', 'x', { 'Content-Type': 'text/plain' })],
  'no body where there need not be one': [200, [head('POST /steps')]],
  'an empty body where there need not be one': [
    200,
    [head('POST /steps', { 'Content-Length': '0', 'Content-Type': 'text/plain' })],
  ],
  'another Content-Type where there need not be a body': [
    415,
    post('/steps', 'x', { 'Content-Type': 'text/plain' }),
  ],
  'too long a body': [413, post('/things', 'x'.repeat(1_001))],
  'too long a body in chunks': [
    413,
    [
      head('POST /things', { 'Content-Type': 'text/xml', 'Transfer-Encoding': 'chunked' }),
      chunk('x'.repeat(1_001)),
      chunk(''),
    ],
  ],
  'too long a query': [431, [head(`GET /things/1?${'a=1&'.repeat(5_000)}`)]],
  'too long a header': [431, [head('GET /things/1', { X: 'y'.repeat(20_000) })]],
  'two lengths': [
    400,
    [head('POST /things', { 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }), 'x'],
  ],
  'a Transfer-Encoding of nothing, beside a length': [
    400,
    [head('POST /things', { 'Transfer-Encoding': '', 'Content-Length': '4' }), '<a/>'],
  ],
  'a negative length': [400, [head('POST /things', { 'Content-Length': '-1' })]],
  'a bad chunk': [
    400,
    [head('POST /things', { 'Content-Type': 'text/xml', 'Transfer-Encoding': 'chunked' }), 'z\r\n'],
  ],
  'a header of prototypes': [
    200,
    [head('GET /things/1', { ['__proto__']: 'y', constructor: 'z' })],
  ],
  'an expectation that nobody meets': [417, [head('POST /things', { Expect: 'wonders' })]],
  'no HTTP at all': [400, ['\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03']],
  'a bare line feed': [400, ['GET /things/1 HTTP/1.1\nHost: x\n\n']],
}

for (const [title, [expected, pieces]] of Object.entries(STATUS))
  test(`answers ${title} with ${expected}`, async () => {
    const { status } = await raw(port, ...pieces)
    assert.is(status, expected)
  })

test('words its own refusals as problem documents, and names the methods of a path', async () => {
  const unknown = await raw(port, head('GET /nowhere'))
  assert.match(unknown.headers['content-type'] ?? '', /^application\/problem\+json/)
  assert.equal([json(unknown.body)['status'], json(unknown.body)['code']], [404, '99.1'])
  const wrong = await raw(port, head('DELETE /things'))
  assert.is(wrong.headers['allow'], 'OPTIONS, POST')
  assert.equal([json(wrong.body)['status'], json(wrong.body)['code']], [405, '2.9'])
  const { headers } = await raw(port, ...post('/things', '', { 'Content-Type': 'text/plain' }))
  assert.is(headers['x-content-type-options'], 'nosniff')
})

test('answers HEAD like GET, without the body', async () => {
  const { status, headers, all } = await raw(
    port,
    head('HEAD /things/abc', { Connection: 'close' }),
  )
  assert.equal([status, headers['content-length']], [200, '3'])
  assert.ok(all.endsWith('\r\n\r\n'))
})

test('lets a route word what is refused before it, and what it fails at', async () => {
  const early = await raw(port, ...post('/worded', '', { 'Content-Type': 'application/json' }))
  assert.equal([early.status, early.body], [415, '<Refused code="1.8"/>'])
  assert.is(early.headers['correlationid'], 'of the route')
  assert.is(early.headers['messageid'], 'id-of-the-failure')
  const late = await raw(port, ...post('/worded', '<a/>'))
  assert.equal([late.status, late.body], [429, '<Refused code="3.2"/>'])
})

test('shows nothing of a failure of its own but the id under which it is logged', async () => {
  const { status, headers, body, all } = await raw(port, head('GET /broken'))
  assert.is(status, 500)
  assert.is(headers['messageid'], 'id-of-the-failure')
  assert.is(json(body)['detail'], 'The gateway has failed.')
  assert.not.match(all, /secret|\.js|\.ts|node:|Error:/)
  assert.is(logged.at(-1)?.['id'], 'id-of-the-failure')
})

test('answers a known fault of ours as what it is', async () => {
  const { status, headers, body } = await raw(port, head('GET /busy'))
  assert.equal([status, headers['retry-after'], json(body)['code']], [503, '1', '5.1'])
  assert.is(json(body)['instance'], '/busy')
})

test('writes ids into headers without letting them end a line', async () => {
  const { headers } = await raw(port, head('GET /ids'))
  assert.equal([headers['messageid'], headers['correlationid']], ['a%0D%0AX: y', '%C3%BC'])
  assert.is(headers['x'], undefined)
})

test('says 100 Continue only to a body that it will read', async () => {
  const expect = { Expect: '100-continue' }
  const [top, body] = post('/things', '<a/>', expect)
  const taken = await raw(port, top, body)
  assert.match(taken.all, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
  const [tooLong] = post('/things', 'x'.repeat(1_001), expect)
  const refused = await raw(port, tooLong)
  assert.match(refused.all, /^HTTP\/1\.1 413 /)
  assert.is(refused.headers['connection'], 'close')
})

test('answers an offer of h2c in HTTP/1.1, with and without a body', async () => {
  http.server.on('upgrade', (_request, socket) => socket.destroy())
  const offer = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMA' }
  assert.is((await raw(port, head('GET /things/1', offer))).body, '1')
  assert.is((await raw(port, ...post('/things', '<a/>', offer))).body, 'xml')
})

test('says at the path of the WebSocket that an upgrade is due', async () => {
  const answer = await raw(port, head('GET /status?topics=*'))
  assert.is(answer.status, 426)
  assert.equal([answer.headers['upgrade'], answer.headers['connection']], ['websocket', 'Upgrade'])
  assert.match(answer.body, /WebSocket/)
})

test('serves no name that is not of this machine where nobody is asked who he is', async () => {
  const asked = head('GET /things/a').replace(/Host: .*/, 'Host: evil.test:80')
  const answer = await raw(port, asked)
  assert.is(answer.status, 403, answer.all)
  assert.match(answer.body, /Host is evil\.test:80/)
})

test('refuses a parameter that is given twice', async () => {
  const answer = await raw(port, head('GET /things/a?x=1&y=2&x=3'))
  assert.is(answer.status, 400)
  assert.match(answer.body, /The parameter x is given more than once/)
})

test.run()
