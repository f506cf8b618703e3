// What a peer is sent by each binding, over a real socket, and what its answer is taken for.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SILENT, outgoingLeg, party } from '../../gateway/delivery/dispatcher.fixture.ts'
import type { Binding, Credential } from '../../gateway/parties/party.ts'
import { listening } from '../http/raw.fixture.ts'
import { createPeer } from './index.ts'

const test = suite('peer')

interface Heard {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let heard: Heard | undefined
let followed = 0
const server = createServer((request, response) => {
  void request.toArray().then((chunks) => {
    const { method, url, headers } = request
    heard = { method, url, headers, body: Buffer.concat(chunks as Buffer[]).toString() }
    if (url === '/busy') return response.writeHead(503, { 'Retry-After': '7' }).end()
    if (url === '/moved') return response.writeHead(302, { Location: '/followed' }).end()
    if (url === '/followed') followed += 1
    if (url === '/silent') return undefined
    if (url === '/long') return response.end('x'.repeat(10_001))
    if (url === '/garbled')
      return response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip')
    if (url === '/cut')
      return response.writeHead(200, { 'Content-Length': '9' }).write('x', () => response.destroy())
    return response
      .writeHead(url === '/ill' ? 500 : 200, { 'Content-Type': 'text/plain' })
      .end('fine')
  })
})
let base = ''
const folder = mkdtempSync(join(tmpdir(), 'cimgate-peer-'))
const peer = createPeer({
  log: SILENT,
  limitBytes: () => 10_000,
  allowed: () => [],
  privateNetworks: () => [],
})

test.before(async () => {
  base = `http://127.0.0.1:${await listening(server)}`
})

test.after(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

function at(path: string, more: Partial<Binding> = {}) {
  const binding = { type: 'cim-xml', url: `${base}${path}`, timeoutMs: 500, ...more } as Binding
  return { ...party('peer'), binding }
}

test('a message goes as it is, with its type, its trace and its MessageID', async () => {
  const leg = outgoingLeg('a', { request: '<ü/>', traceparent: '00-a-b-01' })
  const answer = await peer.send(at('/cim'), leg)
  assert.equal([heard?.method, heard?.url, heard?.body], ['POST', '/cim', '<ü/>'])
  assert.is(heard?.headers['content-type'], 'application/xml')
  assert.is(heard?.headers['traceparent'], '00-a-b-01')
  assert.is(heard?.headers['idempotency-key'], 'm-a')
  assert.is(heard?.headers['authorization'], undefined)
  assert.equal(
    answer.kind === 'answered' && [answer.status, Buffer.from(answer.bytes).toString()],
    [200, 'fine'],
  )
})

test('a UsernameToken is written for each try, and an action goes along', async () => {
  const request = '<soap:Envelope xmlns:soap="urn:s"><soap:Body/></soap:Envelope>'
  const leg = outgoingLeg('a', { request, target: 'action:urn:do', contentType: 'text/xml' })
  const token = { username: 'us', password: 'secret', passwordType: 'digest' } as const
  const more = { type: 'soap', version: '1.1', style: 'typed', usernameToken: token } as const
  const bodies: string[] = []
  for (let n = 0; n < 2; n += 1) {
    await peer.send(at('/soap', more), leg)
    bodies.push(heard?.body ?? '')
  }
  assert.is(heard?.headers['soapaction'], '"urn:do"')
  for (const it of bodies) {
    assert.match(it, /^<soap:Envelope [^>]*><soap:Header><wsse:Security .*#PasswordDigest/)
    assert.not.match(it, /secret/)
  }
  assert.is.not(bodies[0], bodies[1])
})

/** [credential, header, its value] */
const PROVEN: readonly (readonly [Credential, string, string])[] = [
  [{ kind: 'bearer', token: 't' }, 'authorization', 'Bearer t'],
  [{ kind: 'api-key', header: 'X-API-Key', key: 'k' }, 'x-api-key', 'k'],
  [{ kind: 'basic', username: 'u', password: 'p' }, 'authorization', 'Basic dTpw'],
]

test('it proves who we are as the binding says', async () => {
  for (const [credential, header, value] of PROVEN) {
    await peer.send(at('/cim', { credential }), outgoingLeg('a'))
    assert.is(heard?.headers[header], value)
  }
})

test('the target of a leg is a path below the address, an action, or an address of its own', async () => {
  await peer.send(at('/v1/'), outgoingLeg('a', { target: 'PUT /groups/1', request: '{}' }))
  assert.equal([heard?.method, heard?.url], ['PUT', '/v1/groups/1'])
  await peer.send(at('/v1'), outgoingLeg('a', { target: 'DELETE /groups/1', request: '' }))
  assert.equal([heard?.method, heard?.body], ['DELETE', ''])
  const paths = { '/ended': '/drms/over' }
  for (const [path, own] of [
    ['/ended', '/drms/over'],
    ['/toString', '/toString'],
  ] as const) {
    const there = at('/v1', { type: 'json', dialect: 'oracle-derms', paths })
    await peer.send(there, outgoingLeg('a', { target: `POST ${path}`, request: '{}' }))
    assert.is(heard?.url, `/v1${own}`)
  }
  await peer.send(at('/soap'), outgoingLeg('a', { target: 'action:urn:x/Create' }))
  assert.is(heard?.headers['soapaction'], '"urn:x/Create"')
  const replies = { ...at('/cim'), replyAddresses: [`${base}/replies`] }
  await peer.send(replies, outgoingLeg('a', { target: `POST ${base}/replies/1` }))
  assert.is(heard?.url, '/replies/1')
  await peer.send(
    replies,
    outgoingLeg('a', { target: `POST ${base.replace('http', 'HTTP')}/replies/2` }),
  )
  assert.is(heard?.url, '/replies/2', 'as the URL standard reads it')
})

test('no address is posted to that nobody has configured', async () => {
  heard = undefined
  for (const target of [
    `POST ${base}/elsewhere`,
    'POST /../admin',
    'POST http://169.254.169.254/',
  ]) {
    const answer = await peer.send(at('/cim'), outgoingLeg('a', { target }))
    assert.ok(answer.kind === 'unreachable' && answer.permanent, target)
  }
  assert.is(heard, undefined)
})

test('what goes wrong is told: whether the message may have arrived, and whether to wait', async () => {
  const busy = await peer.send(at('/busy'), outgoingLeg('a'))
  assert.equal(busy.kind === 'answered' && [busy.status, busy.retryAfterMs], [503, 7_000])
  const moved = await peer.send(at('/moved'), outgoingLeg('a'))
  assert.equal([moved.kind === 'answered' && moved.status, followed], [302, 0])
  const silent = await peer.send(at('/silent'), outgoingLeg('a'))
  assert.ok(silent.kind === 'unreachable' && silent.sent && !silent.permanent)
  for (const [path, lasting] of [
    ['/cut', false],
    ['/long', true],
    ['/garbled', true],
  ] as const) {
    const answer = await peer.send(at(path), outgoingLeg('a'))
    assert.ok(answer.kind === 'answered', path)
    assert.equal([answer.status, answer.unusable?.lasting, answer.bytes.length], [200, lasting, 0])
  }
  const gone = createServer()
  const port = await listening(gone)
  await new Promise((done) => gone.close(done))
  const closed = {
    ...party('peer'),
    binding: { type: 'cim-xml', url: `http://127.0.0.1:${port}`, timeoutMs: 500 } as const,
  }
  const none = await peer.send(closed, outgoingLeg('a'))
  assert.ok(none.kind === 'unreachable' && !none.sent)
  const barred = { ...closed, binding: { ...closed.binding, url: 'http://127.0.0.1:1' } }
  const never = await peer.send(barred, outgoingLeg('a'))
  assert.ok(never.kind === 'unreachable' && !never.sent, 'fetch speaks to no such port')
})

test('health is what the health address says', async () => {
  assert.is(await peer.probe(at('/cim')), true)
  assert.is(await peer.probe(at('/cim', { healthUrl: `${base}/well` })), true)
  assert.is(await peer.probe(at('/cim', { healthUrl: `${base}/ill` })), false)
  assert.is(await peer.probe(at('/cim', { healthUrl: `${base}/silent-not` })), true)
})

test('a file is whole, has the name of its message, and a repetition makes no second one', async () => {
  const to = {
    ...party('files'),
    binding: { type: 'file', folder: join(folder, 'out'), format: 'xml' } as const,
  }
  for (const request of ['<a/>', '<b/>']) {
    const answer = await peer.send(to, outgoingLeg('a', { request, messageID: '../x/ü' }))
    assert.is(answer.kind === 'answered' && answer.status, 201)
  }
  assert.equal(readdirSync(join(folder, 'out')), ['__x__.xml'])
  assert.is(readFileSync(join(folder, 'out', '__x__.xml'), 'utf8'), '<b/>')
  const blocked = { ...to, binding: { ...to.binding, folder: join(folder, 'out', '__x__.xml') } }
  const answer = await peer.send(blocked, outgoingLeg('a'))
  assert.ok(answer.kind === 'unreachable' && !answer.permanent && !answer.sent)
})

test.run()
