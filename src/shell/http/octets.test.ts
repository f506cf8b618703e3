// Bodies that are handed over as they come: in pieces, unpacked, cut off, or longer than whoever reads them wants.

import { gzipSync } from 'node:zlib'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import { octetsOf } from './octets.ts'
import { head, listening } from './raw.fixture.ts'

const test = suite('http: octets')

let most = Infinity
let failed: unknown
/** Tells how many octets have come, and in how many pieces at least. */
const server = createServer((request, response) => {
  const count = async () => {
    let octets = 0
    let isInPieces = false
    for await (const it of octetsOf(request, () => undefined)) {
      isInPieces ||= octets > 0
      octets += it.length
      if (octets > most) break
    }
    response.end(`${octets} ${isInPieces}`)
  }
  void count().catch((error: unknown) => {
    failed = error
    response.writeHead(400).end()
  })
})
const port = await listening(server)
test.after(() => void (server.closeAllConnections(), server.close()))

async function put(body: Uint8Array, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    ...{ method: 'PUT', body: Buffer.from(body), headers },
  })
  return `${response.status} ${await response.text()}`
}

const BODY = new Uint8Array(1_000_000).fill(65)

test('all of a body comes, in pieces', async () => assert.is(await put(BODY), '200 1000000 true'))

test('what is packed is unpacked', async () =>
  assert.match(await put(gzipSync(BODY), { 'content-encoding': 'gzip' }), /^200 1000000/))

test('who has enough answers all the same, and the connection goes on', async () => {
  most = 10
  try {
    const answers = [await put(BODY), await put(gzipSync(BODY), { 'content-encoding': 'gzip' })]
    for (const it of answers) assert.match(it, /^200 /)
  } finally {
    most = Infinity
  }
  assert.is(await put(new Uint8Array(3)), '200 3 false')
})

test('what is no gzip, or another packing, is the fault of its sender', async () => {
  const gzip = { 'content-encoding': 'gzip' }
  for (const [body, headers, code] of [
    [BODY, gzip, 'malformed'],
    [gzipSync(BODY).subarray(0, 500), gzip, 'malformed'],
    [BODY, { 'content-encoding': 'br' }, 'unsupported-media-type'],
  ] as const) {
    assert.match(await put(body, headers), /^400/)
    assert.ok(failed instanceof CimError && failed.code === code, String(failed))
  }
})

test('a connection that breaks off is an error, and no end', async () => {
  failed = undefined
  const half = head('PUT /', { 'Content-Length': '100' })
  const { connect } = await import('node:net')
  const socket = connect(port, '127.0.0.1')
  socket.write(`${half}only this`)
  await new Promise((done) => setTimeout(done, 20))
  socket.destroy()
  for (let n = 0; failed === undefined && n < 200; n += 1)
    await new Promise((done) => setTimeout(done, 5))
  assert.ok(failed instanceof CimError && failed.code === 'malformed', String(failed))
})

test.run()
