// T8c: a status socket that a token has opened ends with the token, and not before.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { accessOf } from '../../gateway/access/access.ts'
import { party, topologyOf } from '../../gateway/access/parties.fixture.ts'
import type { TokenSaid } from '../../gateway/access/tokens.ts'
import { sha256 } from '../digest.ts'
import { waitFor } from '../wait.fixture.ts'
import { refused } from './client.fixture.ts'
import { openFeeds } from './feeds.fixture.ts'
import type { Feeds } from './feeds.fixture.ts'

const test = suite('websocket: expiry')

const HEARTBEAT_MS = 100
const UNTIL_MS = 1_000_000
const RIGHT: TokenSaid = { kind: 'proved', issuer: 'login', subject: 'acme', untilMs: UNTIL_MS }
const issuer = {
  ...{ issuer: 'login', audience: ['us'], algorithms: ['ES256'], claim: 'sub', skewMs: 0 },
  keys: { url: 'https://login.example' },
}
const topology = topologyOf([party('acme', { proofs: [{ kind: 'token', subject: 'acme' }] })], {
  access: { tokens: [issuer] },
})

let nowMs = 0
let said: TokenSaid = RIGHT
let looks = 0
let feeds: Feeds
let port = 0

test.before(async () => {
  feeds = await openFeeds()
  const access = accessOf({
    topology: () => topology,
    digest: sha256,
    agreed: { tolerate: [], aliases: {} },
    readToken: async () => ((looks += 1), said),
  })
  port = await feeds.serving({ access, heartbeatMs: HEARTBEAT_MS, now: () => nowMs })
})
test.before.each(() => {
  nowMs = 0
  said = RIGHT
})
test.after(() => feeds.close())

const HEADERS = { Authorization: 'Bearer e30.e30.e30' }

async function opened() {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/status`, { headers: HEADERS })
  const ends: unknown[] = []
  socket.on('close', (code, reason) => ends.push([code, reason.toString()]))
  await new Promise((done) => socket.once('message', done))
  return { socket, ends }
}

/** Until the server has looked at its sockets so many times more. */
async function looked(times: number): Promise<void> {
  const due = looks + times
  await waitFor(() => looks >= due, 'a look')
}

test('T8c: a token that expires while its socket is open ends it at the next heartbeat, with 1008 and the reason', async () => {
  const { ends } = await opened()
  nowMs = UNTIL_MS
  await looked(2)
  assert.equal(ends, [])
  nowMs = UNTIL_MS + 1
  await waitFor(() => ends.length > 0, 'the end')
  assert.equal(ends, [
    [1008, 'what was shown has expired; connect again with a new token or certificate'],
  ])
})

test('T8c: a token that is no longer right ends its socket, too', async () => {
  const { ends } = await opened()
  said = { kind: 'wrong', reason: 'The signature of the token is wrong.' }
  await waitFor(() => ends.length > 0, 'the end')
  assert.equal(ends, [[1008, 'credentials no longer in force']])
})

test('T8c: who was let in stays while nobody can say whether his token is right, to its end', async () => {
  const { socket, ends } = await opened()
  said = { kind: 'unavailable', reason: 'https://login.example cannot be reached.' }
  await looked(3)
  assert.equal([ends, socket.readyState], [[], WebSocket.OPEN])
  nowMs = UNTIL_MS + 1
  await waitFor(() => ends.length > 0, 'the end')
})

test('T8c: at the upgrade a wrong token is 401, and one that nobody can check 503', async () => {
  said = {
    kind: 'wrong',
    reason: 'The token has expired; ask its authorization server for a new one.',
  }
  const [status, text] = await refused(port, '/status', HEADERS)
  assert.is(status, 401)
  assert.match(text, /has expired/)
  said = { kind: 'unavailable', reason: 'https://login.example cannot be reached.' }
  const [code, reason] = await refused(port, '/status', HEADERS)
  assert.is(code, 503)
  assert.match(reason, /cannot check the credentials for the moment/)
  assert.not.match(reason, /login\.example/)
})

test.run()
