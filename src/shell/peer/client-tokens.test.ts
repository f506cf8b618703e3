// Tokens that we get for ourselves: fetched once, kept to shortly before their end, fetched anew once when refused; and what is
// told when there is none. By a clock of the test, over HTTP as it is.

import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ClientCredentials } from '../../gateway/parties/party.ts'
import { listening } from '../http/raw.fixture.ts'
import { clientTokens } from './client-tokens.ts'
import { exchange } from './http.ts'
import type { HttpAnswer } from './http.ts'

const test = suite('peer: client tokens')

interface Asked {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let asked: Asked[] = []
let said: object | string = {}
let status = 200
const server = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    asked.push({ headers: request.headers, body: Buffer.concat(chunks as Buffer[]).toString() })
    const text = typeof said === 'string' ? said : JSON.stringify(said)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text)
  })
})
let tokenUrl = ''
let nowMs = 0

test.before(async () => {
  tokenUrl = `http://127.0.0.1:${await listening(server)}/token`
})
test.before.each(() => {
  asked = []
  status = 200
  said = { access_token: 't1', token_type: 'Bearer', expires_in: 300 }
  nowMs = 1_000
})
test.after(() => {
  server.close()
  server.closeAllConnections()
})

const client = (more: Partial<ClientCredentials> = {}): ClientCredentials => ({
  kind: 'oauth2',
  tokenUrl,
  clientId: 'us',
  clientSecret: 'geheim',
  ...more,
})
const opened = () => clientTokens({ exchange, now: () => nowMs })
const answer = (code = 200): HttpAnswer => ({
  status: code,
  bytes: new Uint8Array(),
  headers: new Headers(),
})

test('a client asks as RFC 6749 says, and its token is sent', async () => {
  const credentials = client({
    clientId: 'us: ü',
    clientSecret: 'a+b',
    scope: 'x y',
    audience: 'z',
  })
  const sent: string[] = []
  await opened().with(credentials, async (token) => (sent.push(token), answer()))
  assert.equal(sent, ['t1'])
  const [{ headers, body } = { headers: {}, body: '' }] = asked
  assert.is(body, 'grant_type=client_credentials&scope=x+y&audience=z')
  assert.is(headers['content-type'], 'application/x-www-form-urlencoded')
  const pair = Buffer.from((headers.authorization ?? '').slice('Basic '.length), 'base64')
  assert.is(pair.toString(), 'us%3A+%C3%BC:a%2Bb')
})

test('T22: one fetch is under way at a time, and the token serves until shortly before its end', async () => {
  const tokens = opened()
  const send = () => tokens.with(client(), async () => answer())
  await Promise.all(Array.from({ length: 20 }, send))
  assert.is(asked.length, 1)
  nowMs += 269_000
  await send()
  assert.is(asked.length, 1)
  nowMs += 2_000
  await send()
  assert.is(asked.length, 2)
  await tokens.with(client({ scope: 'other' }), async () => answer())
  assert.is(asked.length, 3)
})

/** [expires_in, milliseconds for which a token is used] */
const LASTING: readonly (readonly [unknown, number])[] = [
  [3600, 3_570_000],
  [40, 20_000],
  [1, 500],
  ['300', 270_000],
  [undefined, 300_000],
  [0, 300_000],
  ['soon', 300_000],
]

test('T22: a token is used less long than it lasts', async () => {
  for (const [expires, ms] of LASTING) {
    said = { access_token: 't', token_type: 'bearer', expires_in: expires }
    asked = []
    const tokens = opened()
    const send = () => tokens.with(client(), async () => answer())
    await send()
    nowMs += ms - 1
    await send()
    assert.is(asked.length, 1, String(expires))
    nowMs += 1
    await send()
    assert.is(asked.length, 2, String(expires))
  }
})

test('a token that is refused is fetched anew once, and what is refused again is told', async () => {
  const tokens = opened()
  const sent: string[] = []
  const refusing = async (token: string) => {
    sent.push(token)
    said = { access_token: 't2', token_type: 'Bearer' }
    return answer(token === 't1' ? 401 : 200)
  }
  const first = await tokens.with(client(), refusing)
  assert.equal([sent, 'status' in first && first.status, asked.length], [['t1', 't2'], 200, 2])
  const always = await tokens.with(client(), async () => answer(401))
  assert.equal(['status' in always && always.status, asked.length], [401, 3])
})

/** [status, what the server says, what is told] */
const FAILING: readonly (readonly [number, object | string, RegExp])[] = [
  [
    401,
    { error: 'invalid_client', error_description: 'geheim' },
    /status 401 \(invalid_client\)\.$/,
  ],
  [400, { error: '<geheim>' }, /status 400\.$/],
  [500, 'geheim', /status 500\.$/],
  [302, '', /status 302\.$/],
  [200, '<html>', /has no access_token\.$/],
  [200, { access_token: 'a\r\nX: y', token_type: 'Bearer' }, /has no access_token\.$/],
  [200, { access_token: 't', token_type: 'mac' }, /another type than Bearer\.$/],
  [200, 'x'.repeat(70_000), /more than 65536 octets/],
]

test('without a token nothing is sent, it may be tried again, and no secret is told', async () => {
  for (const [code, text, due] of FAILING) {
    status = code
    said = text
    const sent: string[] = []
    const it = await opened().with(client(), async (token) => (sent.push(token), answer()))
    assert.ok('unreachable' in it, String(code))
    assert.equal([sent, it.sent], [[], false])
    assert.match(it.unreachable, /^No token of the authorization server: /)
    assert.match(it.unreachable, due)
    assert.not.match(it.unreachable, /geheim/)
  }
  const gone = await opened().with(client({ tokenUrl: 'http://127.0.0.1:1/t' }), async () =>
    answer(),
  )
  assert.match('unreachable' in gone ? gone.unreachable : '', /cannot be reached/)
})

test.run()
