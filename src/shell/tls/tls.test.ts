// TLS of the gateway: what it speaks, who comes in by a certificate, and what is said to all others before anything of the body
// is read (T22).

import { X509Certificate } from 'node:crypto'
import { connect as connectPlain } from 'node:net'
import { connect } from 'node:tls'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { accessTo, party, proof, topologyOf } from '../../gateway/access/parties.fixture.ts'
import type { CertificateProof } from '../../gateway/parties/party.ts'
import { createHttpServer } from '../http/index.ts'
import { head, listening } from '../http/raw.fixture.ts'
import { openMemoryStore } from '../store/index.ts'
import { HANG_MS, waitFor } from '../wait.fixture.ts'
import { serveStatus } from '../websocket/index.ts'
import { certified } from './certificates.fixture.ts'
import {
  CA,
  DMS,
  NAME,
  NOT_TAKEN,
  NO_PARTY,
  OTHER_CA,
  PINNED,
  REFUSED,
  SERVER,
  TAKEN,
  by,
} from './clients.fixture.ts'
import type { Certified } from './certificates.fixture.ts'
import { openTls } from './index.ts'

const test = suite('tls')

const shown = (how: Omit<CertificateProof, 'kind'>) => ({ kind: 'certificate', ...how }) as const
const topology = topologyOf([
  party('dms', { proofs: [shown({ dns: 'dms.dso.example' }), proof('api-key', 'key-of-dms')] }),
  party('wms', { proofs: [shown({ uri: 'urn:dso:wms' })] }),
  party('cs', { proofs: [shown({ email: 'cs@dso.example' })] }),
  party('acme', { proofs: [shown({ dns: 'acme.example', sha256: digestOf(PINNED) })] }),
  party('ops', { proofs: [proof('api-key', 'key-of-ops')] }),
])
const access = accessTo(topology)

function digestOf({ certificate }: Certified): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
}

const material = (more = {}) => ({
  certificate: SERVER.certificate,
  key: SERVER.key,
  clientAuthorities: CA.certificate,
  minVersion: 'TLSv1.2' as const,
  ...more,
})
const failed: string[] = []
const tls = openTls(material(), true, (_from, reason) => failed.push(reason))
const read: string[] = []
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }
const http = createHttpServer(
  [
    {
      method: 'POST',
      path: '/things',
      body: ['xml'],
      answer: ({ sender }) => (read.push(sender.party), text(sender.party)),
    },
    { method: 'GET', path: '/things', body: [], answer: ({ sender }) => text(sender.party) },
    { method: 'GET', path: '/open', body: [], access: 'everybody', answer: () => text('open') },
  ],
  { bodyLimitBytes: 2 ** 20, access, newId: () => 'id', log: SILENT, tls },
)
const text = (it: string) => ({ status: 200, contentType: 'text/plain', text: it })
const store = await openMemoryStore()
let nowMs = Date.now()
const status = serveStatus(http.server, store, {
  access,
  certificateOf: tls.certificateOf,
  now: () => nowMs,
  heartbeatMs: 60_000,
})
let port = 0

test.before(async () => {
  port = await listening(http.server)
})

test.after(async () => {
  await status.close()
  await http.drain({ quietMs: 0, graceMs: 0 })
  await store.close()
})

/** A connection as a client with a certificate, or none, makes it. */
function connected(
  client: Pick<Certified, 'certificate' | 'key'> | undefined,
  more: ConnectionOptions = {},
): Promise<TLSSocket> {
  const own = client === undefined ? {} : { cert: client.certificate, key: client.key }
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', ca: CA.certificate, ...own, ...more })
    socket.setTimeout(HANG_MS, () => socket.destroy(new Error('no answer')))
    socket.once('secureConnect', () => done(socket)).once('error', fail)
  })
}

/** One request on a connection; the answer as text, as far as its length says. */
function asked(socket: TLSSocket, request: string): Promise<string> {
  return new Promise((done, fail) => {
    let all = ''
    const look = (chunk: Buffer) => {
      all += chunk.toString()
      const [, length = '0'] = /content-length: (\d+)/i.exec(all) ?? []
      const [top = '', body] = all.split('\r\n\r\n')
      if (body === undefined || body.length < Number(length)) return
      socket.off('data', look)
      done(`${top.split(' ')[1]} ${body}`)
    }
    socket.on('data', look).once('error', fail)
    socket.write(request)
  })
}

/** A request whose body never comes: whoever waits for it never answers. */
const BODILESS = head('POST /things', {
  'Content-Type': 'application/xml',
  'Content-Length': '1000000',
})
const GET = head('GET /things')

for (const [what, client, said] of REFUSED)
  test(`T22: ${what} is refused before the body`, async () => {
    const socket = await connected(client)
    assert.match(await asked(socket, BODILESS), said)
    socket.destroy()
    assert.equal(read, [])
  })

for (const [what, client, due] of TAKEN)
  test(`T22: ${what} names its party`, async () => {
    const socket = await connected(client)
    assert.is(await asked(socket, GET), `200 ${due}`)
    socket.destroy()
  })

test('T22: a certificate and a key have to be of one party; a key alone will do', async () => {
  const key = (it: string) => head('GET /things', { 'X-API-Key': `key-of-${it}` })
  const [shows, none] = [await connected(DMS), await connected(undefined)]
  assert.is(await asked(shows, key('dms')), '200 dms')
  assert.match(await asked(shows, key('ops')), /^401 .*7\.4/s)
  assert.is(await asked(none, key('ops')), '200 ops')
  assert.is(await asked(none, head('GET /open')), '200 open')
  for (const it of [shows, none]) it.destroy()
})

/** [what, how it is connected] */
const UNSPOKEN: readonly (readonly [string, ConnectionOptions])[] = [
  ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
  ['a cipher without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
  ['a cipher in CBC mode', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }],
]

for (const [what, how] of UNSPOKEN)
  test(`T22: ${what} is not spoken`, async () => {
    const error = await connected(undefined, how).then(
      () => undefined,
      (it: Error) => it,
    )
    assert.ok(error)
  })

test('TLS 1.2 and 1.3 are spoken, and nothing is taken up from a connection before', async () => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const first = await connected(DMS, { minVersion: version, maxVersion: version })
    assert.is(first.getProtocol(), version)
    await asked(first, GET)
    const session = first.getSession()
    first.destroy()
    const again = { minVersion: version, maxVersion: version, ...(session ? { session } : {}) }
    const second = await connected(undefined, again)
    assert.is(second.isSessionReused(), false)
    assert.match(await asked(second, GET), /^401/)
    second.destroy()
  }
})

test('T22: HTTP in the open gets no answer, and whoever runs it can read why', async () => {
  const before = failed.length
  const said = await new Promise<string>((done) => {
    const socket = connectPlain(port, '127.0.0.1', () => void socket.write(GET))
    let all = ''
    socket.on('data', (it) => (all += it.toString('latin1')))
    socket.on('error', () => undefined).on('close', () => done(all))
  })
  assert.not.match(said, /HTTP/)
  await waitFor(() => failed.length > before, 'the fault')
  assert.match(failed.at(-1) ?? '', /http request/i)
})

test('T8c: a socket that was let in by a certificate ends with it', async () => {
  const socket = new WebSocket(`wss://localhost:${port}/status`, {
    ca: CA.certificate,
    cert: DMS.certificate,
    key: DMS.key,
  })
  const ends: unknown[] = []
  socket.on('close', (code, reason) => ends.push([code, reason.toString()]))
  await new Promise((done) => socket.once('message', done))
  status.review()
  nowMs += 31 * 86_400_000
  status.review()
  await waitFor(() => ends.length > 0, 'the end')
  assert.equal(ends, [
    [1008, 'what was shown has expired; connect again with a new token or certificate'],
  ])
  nowMs = Date.now()
})

test('another certificate is shown from the next connection on; another authority ends what was shown before', async () => {
  const next = certified({ name: 'next', by: CA, names: ['DNS:localhost', 'IP:127.0.0.1'] })
  const before = await connected(DMS)
  assert.is(await asked(before, GET), '200 dms')
  tls.renew(material({ certificate: next.certificate, key: next.key }))
  assert.is(await asked(before, GET), '200 dms')
  const after = await connected(DMS)
  assert.is(after.getPeerX509Certificate()?.subject, 'CN=next')
  tls.renew(material({ clientAuthorities: OTHER_CA.certificate }))
  assert.match(await asked(after, GET), /^401 .*authorities of clients have changed/s)
  const theirs = await connected(by(OTHER_CA, NAME))
  assert.is(await asked(theirs, GET), '200 dms')
  const ours = await connected(DMS)
  assert.match(await asked(ours, GET), NOT_TAKEN)
  for (const it of [before, after, theirs, ours]) it.destroy()
  tls.renew(material())
})

test('without authorities a certificate proves its fingerprint only', async () => {
  tls.renew({ certificate: SERVER.certificate, key: SERVER.key, minVersion: 'TLSv1.2' })
  const dms = await connected(DMS)
  assert.match(await asked(dms, GET), NO_PARTY)
  dms.destroy()
  tls.renew(material())
})

test.run()
