// What clients may send on a socket that listens to nobody: every broken frame ends in the close code that the
// protocol has for it, every sound one is ignored, and neither costs memory.

import { createServer } from 'node:http'
import { connect } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Store } from '../../gateway/ports.ts'
import { accessTo } from '../../gateway/access/parties.fixture.ts'
import { LOCAL } from '../../gateway/parties/party.ts'
import { listening } from '../http/raw.fixture.ts'
import { openMemoryStore } from '../store/index.ts'
import { UPGRADE, frame, outcome } from './frames.fixture.ts'
import { serveStatus } from './index.ts'
import type { StatusFeed } from './index.ts'

const test = suite('websocket: frames')

const server = createServer()
let store: Store
let status: StatusFeed
let port = 0

test.before(async () => {
  store = await openMemoryStore()
  status = serveStatus(server, store, { access: accessTo(LOCAL) })
  port = await listening(server)
})

test.after(async () => {
  await status.close()
  server.close()
  server.closeAllConnections()
  await store.close()
})

const part = frame(0x01, 'a')

const CASES: Readonly<Record<string, readonly [readonly Uint8Array[], number | string]>> = {
  'a text': [[frame(0x81, 'hello')], 'open'],
  'a text of 64 KiB': [[frame(0x81, 'x'.repeat(65_536))], 'open'],
  'a text of one octet more': [[frame(0x81, 'x'.repeat(65_537))], 1009],
  octets: [[frame(0x82, Buffer.from([0, 255, 128]))], 'open'],
  'octets without end': [[frame(0x82, Buffer.alloc(1_000_000))], 1009],
  'a length beyond all bounds': [
    [Buffer.from([0x82, 0xff, 0x7f, ...Array<number>(7).fill(0xff)])],
    1009,
  ],
  'a text in parts': [[frame(0x01, 'a'), frame(0x00, 'b'), frame(0x80, 'c')], 'open'],
  'a ping between parts': [[frame(0x01, 'a'), frame(0x89), frame(0x80, 'c')], 'open'],
  'an unasked pong': [[frame(0x8a, 'x')], 'open'],
  'parts that exceed the limit together': [
    [frame(0x01, 'x'.repeat(40_000)), frame(0x80, 'x'.repeat(40_000))],
    1009,
  ],
  'parts without end': [[frame(0x01), ...Array<Buffer>(1_100).fill(frame(0x00))], 1008],
  'a part of nothing': [[frame(0x80, 'x')], 1002],
  'a text within a text': [[part, frame(0x81, 'x')], 1002],
  'reserved bits': [[frame(0xc1, 'x')], 1002],
  'another reserved bit': [[frame(0xa1, 'x')], 1002],
  'an unknown opcode': [[frame(0x83)], 1002],
  'an unknown control opcode': [[frame(0x8b)], 1002],
  'a ping in parts': [[frame(0x09)], 1002],
  'a ping that is too long': [[frame(0x89, 'x'.repeat(126))], 1002],
  'a frame without mask': [[Buffer.from([0x81, 0x01, 0x61])], 1002],
  'a text that is no UTF-8': [[frame(0x81, Buffer.from([0xc3, 0x28]))], 1007],
  'a surrogate in UTF-8': [[frame(0x81, Buffer.from([0xed, 0xa0, 0x80]))], 1007],
  'a close': [[frame(0x88, Buffer.from([0x03, 0xe8]))], 1000],
  'a close of one octet': [[frame(0x88, 'x')], 1002],
  'a close with a code of nobody': [[frame(0x88, Buffer.from([0x03, 0xec]))], 1002],
  'a close whose reason is no UTF-8': [[frame(0x88, Buffer.from([0x03, 0xe8, 0xff]))], 1007],
}

for (const [title, [pieces, expected]] of Object.entries(CASES))
  test(title, async () => {
    assert.is(await outcome(port, pieces), expected)
  })

test('ends on 100 random inputs, and is there for the next subscriber', async () => {
  const octets = () =>
    Buffer.from(Array.from({ length: 60 }, () => Math.floor(Math.random() * 256)))
  const pieces = Array.from({ length: 100 }, () => octets())
  const codes = await Promise.all(
    pieces.map((it) => outcome(port, [Buffer.concat([it, Buffer.alloc(70_000)])])),
  )
  // Zeros go on behind them, which are no frames of a client.
  codes.forEach((code, at) => assert.is.not(code, 'open', pieces[at]?.toString('hex') ?? ''))
  assert.is(await outcome(port, []), 'open')
})

test('cuts off who pings without reading the answers', async () => {
  const socket = connect(port, '127.0.0.1')
  let isEnded = false
  socket.on('error', () => (isEnded = true))
  socket.write(`${UPGRADE}\r\n\r\n`)
  socket.pause()
  const pings = Buffer.concat(Array<Buffer>(2_000).fill(frame(0x89, 'x'.repeat(125))))
  const before = process.memoryUsage().rss
  for (let sent = 0; sent < 200 && !isEnded; sent += 1)
    await new Promise((done) => socket.write(pings, done))
  assert.ok(isEnded, 'it was cut off')
  assert.ok(process.memoryUsage().rss - before < 64e6)
})

test.run()
