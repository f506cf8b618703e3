// T22: tokens that are not to be taken are refused before anything of the body is read, and nothing in a token makes the
// gateway fetch a key; those that are right name their party.

import { createServer } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { accessOf } from '../../gateway/access/access.ts'
import { party, proof, topologyOf } from '../../gateway/access/parties.fixture.ts'
import { sha256 } from '../digest.ts'
import { createHttpServer } from '../http/index.ts'
import { head, listening, raw } from '../http/raw.fixture.ts'
import { SERVER, SHOWN_KEYS, attacksOf } from './attacks.fixture.ts'
import { tokenReader } from './index.ts'
import { CLAIMS, NOW, NOW_MS, issuerOf, pairOf, setOf, tokenOf } from './tokens.fixture.ts'

const test = suite('tokens')

const OTHER = pairOf('other', 'EdDSA')
const PS = pairOf('ps', 'PS256')
const ES = pairOf('es', 'ES256')
const THIRD = { issuer: 'https://other.example', keys: { set: setOf(OTHER, PS, ES) } } as const

const topology = topologyOf(
  [
    party('tp:acme:cs', { proofs: [{ kind: 'token', subject: 'acme', issuer: CLAIMS.iss }] }),
    party('ops', { proofs: [{ kind: 'token', subject: 'ops', issuer: CLAIMS.iss }] }),
    party('wms', { proofs: [{ kind: 'token', subject: 'acme', issuer: THIRD.issuer }] }),
    party('old', { proofs: [proof('bearer', 'a.b.c')] }),
  ],
  { access: { tokens: [issuerOf(SHOWN_KEYS), issuerOf('', THIRD)] } },
)
const fetched: string[] = []
const access = accessOf({
  topology: () => topology,
  digest: sha256,
  agreed: { tolerate: [], aliases: {} },
  readToken: tokenReader({
    fetchText: async (url) => (fetched.push(url), '{}'),
    now: () => NOW_MS,
  }),
})

/** bodies that have been read, by their party */
const read: string[] = []
const http = createHttpServer(
  [
    {
      method: 'POST',
      path: '/things',
      body: ['xml'],
      answer: ({ sender }) => {
        read.push(sender.party)
        return { status: 200, contentType: 'text/plain', text: sender.party }
      },
    },
  ],
  {
    bodyLimitBytes: 2 ** 20,
    access,
    newId: () => 'id',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  },
)
const asked: string[] = []
const canary = createServer((request, response) => {
  asked.push(request.url ?? '')
  response.end(SHOWN_KEYS)
})
let port = 0

test.before(async () => {
  port = await listening(http.server)
})

test.after(async () => {
  await http.drain({ quietMs: 0, graceMs: 0 })
  canary.close()
})

/** Headers of a request whose body never comes: whoever waits for it never answers. */
function bodiless(token: string): string {
  const body = { 'Content-Type': 'application/xml', 'Content-Length': '1000000' }
  return head('POST /things', { Authorization: `Bearer ${token}`, ...body })
}

const attacks = attacksOf(`http://127.0.0.1:${await listening(canary)}`)

for (const [what, token, said] of attacks)
  test(`T22: a token with ${what} is refused before the body`, async () => {
    const answer = await raw(port, bodiless(token))
    assert.is(answer.status, 401, answer.body)
    const { code, detail } = JSON.parse(answer.body) as Record<string, string>
    assert.is(code, '7.4')
    assert.match(detail ?? '', said)
    assert.match(answer.headers['www-authenticate'] ?? '', /^Bearer .*error="invalid_token"/)
    assert.equal([read, asked, fetched], [[], [], []])
  })

test('T22: at least 60 tokens are refused', () => {
  assert.ok(attacks.length >= 60, `${attacks.length}`)
  assert.is(new Set(attacks.map(([what]) => what)).size, attacks.length)
})

const here = { iss: THIRD.issuer }

/** [what, token, party] */
const RIGHT: readonly (readonly [string, string, string])[] = [
  ['a right token', tokenOf(SERVER), 'tp:acme:cs'],
  ['the same of another issuer', tokenOf(OTHER, here), 'wms'],
  ['PS256', tokenOf(PS, here), 'wms'],
  ['ES256', tokenOf(ES, here), 'wms'],
  ['typ of RFC 9068', tokenOf(SERVER, {}, { typ: 'at+jwt' }), 'tp:acme:cs'],
  ['typ JWT', tokenOf(SERVER, {}, { typ: 'JWT' }), 'tp:acme:cs'],
  ['several audiences', tokenOf(SERVER, { aud: ['x', 'https://cim.example'] }), 'tp:acme:cs'],
  ['a clock that is half a minute behind', tokenOf(SERVER, { exp: NOW - 29 }), 'tp:acme:cs'],
  ['a clock that is half a minute ahead', tokenOf(SERVER, { nbf: NOW + 29 }), 'tp:acme:cs'],
  ['headers that lead elsewhere', tokenOf(SERVER, {}, { jku: 'https://x' }), 'tp:acme:cs'],
  ['a token of a party’s own that looks like one', 'a.b.c', 'old'],
]

for (const [what, token, due] of RIGHT)
  test(`${what} names its party`, async () => {
    const who = await access.who({ authorization: `Bearer ${token}` })
    assert.is('sender' in who ? who.sender.party : who.refused.reason, due)
  })

test('what a token proves ends with it', async () => {
  const who = await access.who({ authorization: `Bearer ${tokenOf(SERVER)}` })
  assert.is('sender' in who ? who.untilMs : 0, (NOW + 300) * 1000)
})

test('T22: a token bound to a certificate is taken with that certificate only', async () => {
  const thumb = Buffer.from(sha256('certificate'), 'hex').toString('base64url')
  const headers = {
    authorization: `Bearer ${tokenOf(SERVER, { cnf: { 'x5t#S256': thumb } })}`,
  }
  const shown = { dns: [], uri: [], email: [], untilMs: 0, isVouched: true }
  const right = await access.who(headers, { ...shown, sha256: sha256('certificate') })
  assert.ok('sender' in right)
  const wrong = await access.who(headers, { ...shown, sha256: sha256('another') })
  assert.match('refused' in wrong ? wrong.refused.reason : '', /bound to a certificate/)
})

test.run()
