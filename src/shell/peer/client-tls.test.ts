// Parties that are spoken to over TLS: what is shown to them, who is believed, and what is told when that fails. And tokens that
// are fetched for a message, over HTTP as it is.

import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { outgoingLeg } from '../../gateway/delivery/dispatcher.fixture.ts'
import { partyOf } from '../../gateway/whole.fixture.ts'
import type { ClientTls } from '../../gateway/access/tls.ts'
import type { HttpBinding } from '../../gateway/parties/party.ts'
import { listening } from '../http/raw.fixture.ts'
import { certified } from '../tls/certificates.fixture.ts'
import { createPeer } from './index.ts'

const test = suite('peer: TLS and tokens')

const CA = certified({ name: 'ca', isAuthority: true })
const PARTY = certified({ name: 'party', by: CA, names: ['DNS:localhost', 'IP:127.0.0.1'] })
const US = certified({ name: 'us', by: CA })
const seen: (string | undefined)[] = []
const server = createServer(
  { cert: PARTY.certificate, key: PARTY.key, ca: CA.certificate, requestCert: true },
  (request, response) => {
    seen.push((request.socket as TLSSocket).getPeerX509Certificate()?.subject)
    response.writeHead(204).end()
  },
)
const logged: unknown[] = []
const note = (...it: unknown[]) => void logged.push(it)
const peer = createPeer({
  log: { info: note, warn: note, error: note },
  limitBytes: () => 10_000,
  allowed: () => [],
  privateNetworks: () => [],
})
let port = 0

test.before(async () => {
  port = await listening(server)
})
test.after(() => {
  server.close()
  server.closeAllConnections()
})

function at(url: string, more: Partial<HttpBinding>) {
  const binding = { type: 'cim-xml', url, timeoutMs: 5_000, ...more } as const
  return { ...partyOf('dms'), binding }
}

const over = (tls?: ClientTls) =>
  peer.send(at(`https://127.0.0.1:${port}/cim`, tls === undefined ? {} : { tls }), outgoingLeg('a'))

test('T22: our certificate is shown, where the authority of the party is believed', async () => {
  const { certificate, key } = US
  const authorities = CA.certificate
  const shown = await over({ certificate, key, authorities })
  assert.equal('status' in shown && shown.status, 204)
  assert.is((await over({ authorities })).kind, 'unreachable')
  assert.equal(seen, ['CN=us'])
})

test('T22: nothing is sent to a party of an authority that is not believed', async () => {
  seen.length = 0
  const other = certified({ name: 'other', isAuthority: true })
  for (const tls of [undefined, { authorities: other.certificate }]) {
    const answer = await over(tls)
    assert.ok(answer.kind === 'unreachable')
    assert.equal([answer.sent, answer.permanent], [false, false])
    assert.match(answer.reason, /cannot be reached: (UNABLE|SELF|DEPTH|CERT)/)
  }
  assert.equal(seen, [])
})

test('a message goes with a token of its own, a new one where that is refused, and no secret is logged', async () => {
  const asked: string[] = []
  const login = createHttpServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization?.split(' ')[0]}`)
    const count = asked.filter((it) => it.startsWith('/token')).length
    if (request.url === '/token')
      response.end(JSON.stringify({ access_token: `t${count}`, token_type: 'Bearer' }))
    else response.writeHead(request.headers.authorization === 'Bearer t2' ? 204 : 401).end()
  })
  const base = `http://127.0.0.1:${await listening(login)}`
  const oauth2 = { kind: 'oauth2', clientId: 'us', clientSecret: 'geheim' } as const
  const to = at(`${base}/cim`, { credential: { ...oauth2, tokenUrl: `${base}/token` } })
  const answer = await peer.send(to, outgoingLeg('a'))
  assert.is('status' in answer && answer.status, 204)
  assert.equal(asked, ['/token Basic', '/cim Bearer', '/token Basic', '/cim Bearer'])
  await peer.send(to, outgoingLeg('b'))
  assert.is(asked.length, 5)
  const lost = at(`${base}/cim`, { credential: { ...oauth2, tokenUrl: `${base}/none` } })
  const unsent = await peer.send(lost, outgoingLeg('c'))
  assert.ok(unsent.kind === 'unreachable')
  assert.match(
    unsent.reason,
    /No token of the authorization server: .*\/none has answered with status 401/,
  )
  assert.equal([unsent.sent, unsent.permanent], [false, false])
  assert.not.match(JSON.stringify([logged, unsent]), /geheim/)
  login.close()
  login.closeAllConnections()
})

test.run()
