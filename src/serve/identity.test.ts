// A gateway as it is served, over TLS, with parties that prove themselves by a certificate or by a token of an authorization
// server; both change while it runs.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { listening } from '../shell/http/raw.fixture.ts'
import { certified } from '../shell/tls/certificates.fixture.ts'
import type { Certified } from '../shell/tls/certificates.fixture.ts'
import { CLAIMS, pairOf, setOf, tokenOf } from '../shell/tokens/tokens.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'

const test = suite('serve: identity')

const folder = mkdtempSync(join(tmpdir(), 'cimgate-identity-'))
const CA = certified({ name: 'ca', isAuthority: true })
const DMS = certified({ by: CA, names: ['DNS:dms.dso.example'] })
const KEYS = pairOf('1', 'ES256')
const NOW = Math.floor(Date.now() / 1000)
const TIMES = { iat: NOW, nbf: NOW, exp: NOW + 600 }

let isDown = true
const login = createServer((_request, response) => {
  if (isDown) response.destroy()
  else response.writeHead(200, { 'Content-Type': 'application/json' }).end(setOf(KEYS))
})
let running: Running

/** Writes the certificate of the gateway, and its key. */
function shows(name: string): void {
  const it = certified({ name, by: CA, names: ['IP:127.0.0.1'] })
  writeFileSync(join(folder, 'certificate.pem'), it.certificate)
  writeFileSync(join(folder, 'key.pem'), it.key)
}

test.before(async () => {
  const keys = `http://127.0.0.1:${await listening(login)}/jwks`
  shows('first')
  writeFileSync(join(folder, 'ca.pem'), CA.certificate)
  const config = join(folder, 'cimgate.yaml')
  writeFileSync(
    config,
    `
tls: {certificate: {file: certificate.pem}, key: {file: key.pem}, clientAuthorities: {file: ca.pem}}
access: {tokens: [{issuer: "${CLAIMS.iss}", audience: cimgate, keys: "${keys}"}]}
parties:
  dms: {auth: [{certificate: {dns: dms.dso.example}}]}
  tp:acme:cs: {auth: [{token: acme}]}
`,
  )
  const how = { port: 0, host: '127.0.0.1', data: join(folder, 'data'), log: 'silent' }
  running = await serve(how, { xsd: [], config })
})

test.after(async () => {
  await running.close()
  login.close()
  rmSync(folder, { recursive: true })
})

interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  /** CN of the certificate of the gateway */
  readonly shown: string
}

function ask(headers: Readonly<Record<string, string>>, client?: Certified): Promise<Said> {
  const own = client === undefined ? {} : { cert: client.certificate, key: client.key }
  const how = { ca: CA.certificate, agent: false, headers, ...own } as const
  return new Promise((done, fail) => {
    const asking = request(`${running.address}/api/v1/messages`, how, (response) => {
      const { subject } = (
        response.socket as unknown as { getPeerCertificate: () => { subject: { CN: string } } }
      ).getPeerCertificate()
      void response.toArray().then((chunks) => {
        const body = Buffer.concat(chunks as Buffer[]).toString()
        const { statusCode: status = 0, headers } = response
        done({ status, headers, body, shown: subject.CN })
      })
    })
    asking.once('error', fail).end()
  })
}

const bearer = (claims = {}) => ({
  Authorization: `Bearer ${tokenOf(KEYS, { ...TIMES, ...claims })}`,
})

test('the address that is told is one of https', () => {
  assert.match(running.address, /^https:\/\/127\.0\.0\.1:\d+$/)
  assert.is(running.asksWho, true)
})

test('T22: keys that cannot be had are our fault, and no 401', async () => {
  const { status, headers, body } = await ask(bearer())
  assert.is(status, 503, body)
  const { code, whose, detail } = JSON.parse(body) as Record<string, string>
  assert.equal([code, whose], ['7.1', 'ours'])
  // Where keys come from, the log says.
  assert.is(detail, 'The gateway cannot check the credentials for the moment.')
  assert.ok(headers['retry-after'])
  assert.is(headers['www-authenticate'], undefined)
})

test('T22: once there are keys, a right token is taken, and a wrong one is told what is wrong', async () => {
  isDown = false
  await waitFor(async () => (await ask(bearer())).status === 200, 'the keys')
  const { status, body } = await ask(bearer({ aud: 'billing' }))
  assert.is(status, 401)
  assert.match(body, /its aud has to be cimgate/)
})

test('T22: a certificate of a client names its party, and the one of the gateway changes with its file', async () => {
  const first = await ask({}, DMS)
  assert.equal([first.status, first.shown], [200, 'first'])
  assert.is((await ask({})).status, 401)
  shows('second')
  await waitFor(async () => (await ask({}, DMS)).shown === 'second', 'the other certificate')
  assert.is((await ask({}, DMS)).status, 200)
})

test.run()
