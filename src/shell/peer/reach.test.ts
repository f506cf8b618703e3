// Names that lead where nobody may be sent: what is refused, what is connected to, and how often a name is asked for.

import dns from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { portOf } from '../http/raw.fixture.ts'
import { exchange } from './http.ts'
import { amongst, anywhere } from './reach.ts'
import type { Reach } from './reach.ts'

const test = suite('peer: reach')

const { lookup } = dns
/** what each name stands for, the next time and the time after that */
const names = new Map<string, (readonly string[])[]>()
const asked: string[] = []
const came: string[] = []
const server = createServer((request, response) => {
  came.push(`${request.socket.localAddress} for ${request.headers.host}`)
  response.end('fine')
})
let port = 0

type Found = readonly { readonly address: string; readonly family: number }[]

test.before(async () => {
  server.listen(0, '0.0.0.0')
  await once(server, 'listening')
  port = portOf(server)
  const known = (name: string, _how: unknown, done: (error: unknown, found: Found) => void) => {
    asked.push(name)
    const [next = [], ...rest] = names.get(name) ?? []
    names.set(name, rest)
    const found = next.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    const missing = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    setImmediate(() => done(found.length === 0 ? missing : null, found))
  }
  Object.assign(dns, { lookup: known })
})
test.after(() => {
  Object.assign(dns, { lookup })
  server.close()
  server.closeAllConnections()
})
test.before.each(() => void (asked.splice(0), came.splice(0), names.clear()))

async function to(host: string, reach: Reach) {
  const answer = await exchange(
    { url: `http://${host}:${port}/`, body: Buffer.from('<a/>') },
    { bytes: 1_000, deadlineMs: 5_000 },
    reach,
  )
  return 'status' in answer ? answer.status : answer
}

const NOWHERE = amongst(() => [])
const STANDS_FOR: readonly string[] = [
  ...['127.0.0.1', '127.1.2.3', '10.0.0.1', '172.16.0.1', '192.168.0.1', '100.64.0.1', '0.0.0.0'],
  ...['169.254.169.254', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1'],
  ...['::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::', 'ff02::1'],
]

for (const address of STANDS_FOR)
  test(`B6: a name that stands for ${address} is not posted to`, async () => {
    names.set('vendor.example', [[address]])
    const answer = await to('vendor.example', NOWHERE)
    if (typeof answer === 'number') assert.unreachable(`${answer}`)
    else {
      assert.equal([answer.sent, answer.forbidden], [false, true])
      assert.match(answer.unreachable, /vendor\.example is in \S+, which is .*privateNetworks/)
      assert.not.match(answer.unreachable, `${address},`)
    }
    assert.equal([asked, came], [['vendor.example'], []])
  })

test('B6: of several addresses only those are tried that may be', async () => {
  names.set('both.example', [['10.255.255.1', '127.0.0.3']])
  assert.is(
    await to(
      'both.example',
      amongst(() => ['127.0.0.3/32']),
    ),
    200,
  )
  assert.equal(came, [`127.0.0.3 for both.example:${port}`])
})

test('B6: what is connected to is what was judged; a name that is asked once cannot change its mind', async () => {
  names.set('rebinding.example', [['127.0.0.3'], ['127.0.0.1']])
  const reach = amongst(() => ['127.0.0.3/32'])
  assert.is(await to('rebinding.example', reach), 200)
  assert.equal(asked, ['rebinding.example'])
  assert.equal(came, [`127.0.0.3 for rebinding.example:${port}`])
  reach.agents.http.destroy()
  const again = await to('rebinding.example', reach)
  assert.ok(typeof again !== 'number' && again.forbidden)
  assert.is(came.length, 1)
})

test('B6: networks that are named no longer are looked at again', async () => {
  let named: readonly string[] = ['127.0.0.0/8']
  const reach = amongst(() => named)
  for (const _ of [1, 2]) names.set('dms.example', [['127.0.0.4']])
  assert.is(await to('dms.example', reach), 200)
  reach.agents.http.destroy()
  named = []
  names.set('dms.example', [['127.0.0.4']])
  const answer = await to('dms.example', reach)
  assert.ok(typeof answer !== 'number' && answer.forbidden)
})

test('B6: localhost means this machine, and nothing else that somebody makes of it', async () => {
  for (const name of ['localhost', 'LOCALHOST', 'a.localhost', 'localhost.']) {
    names.set(new URL(`http://${name}`).hostname, [['127.0.0.1']])
    assert.is(await to(name, NOWHERE), 200, name)
    names.set(new URL(`http://${name}`).hostname, [['10.0.0.1']])
    NOWHERE.agents.http.destroy()
    const answer = await to(name, NOWHERE)
    assert.ok(typeof answer !== 'number' && answer.forbidden, name)
  }
})

test('an address in digits means what it says, and so does whatever is posted to by hand', async () => {
  assert.is(await to('127.0.0.1', NOWHERE), 200)
  names.set('by-hand.example', [['127.0.0.1']])
  assert.is(await to('by-hand.example', anywhere()), 200)
})

test('a name that nobody knows is not there, and may be later', async () => {
  const answer = await to('nobody.example', NOWHERE)
  assert.ok(typeof answer !== 'number')
  assert.match(answer.unreachable, /cannot be reached: ENOTFOUND\.$/)
  assert.equal([answer.sent, answer.forbidden], [false, undefined])
})

test.run()
