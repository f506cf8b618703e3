// For tests only: frames as a client sends them, octet by octet, and how the server ends what comes behind an upgrade.

import { connect } from 'node:net'
import { waitFor } from '../wait.fixture.ts'

/** How the server ends it: its close code, or `open` when it answers what comes behind. */
export type FrameEnd = number | 'open'

export type Content = Uint8Array | string

/** How the length is written. */
type Lengths = 'short' | 'middle' | 'long'

/** A frame of a client: FIN, RSV and opcode in the first octet. */
export function frame(first: number, content: Content = '', how: Frame = {}): Buffer {
  const bytes = Buffer.from(content)
  const usual: Lengths = bytes.length < 126 ? 'short' : bytes.length < 65_536 ? 'middle' : 'long'
  const { lengths = usual, mask = 0x5a, claimed = bytes.length } = how
  const key = Buffer.alloc(4, mask)
  const masked = how.isBare === true ? bytes : bytes.map((it, at) => it ^ (key[at % 4] ?? 0))
  const bit = how.isBare === true ? 0 : 0x80
  const head = Buffer.concat([Buffer.from([first]), lengthOf(claimed, lengths, bit)])
  return Buffer.concat(how.isBare === true ? [head, masked] : [head, key, masked])
}

interface Frame {
  readonly lengths?: Lengths
  readonly mask?: number
  /** not masked, as only a server may send it */
  readonly isBare?: boolean
  /** octets that the head speaks of */
  readonly claimed?: number
}

function lengthOf(octets: number, lengths: Lengths, bit: number): Buffer {
  if (lengths === 'short') return Buffer.from([bit | octets])
  const it = Buffer.alloc(lengths === 'middle' ? 3 : 9)
  it[0] = bit | (lengths === 'middle' ? 126 : 127)
  if (lengths === 'middle') it.writeUInt16BE(octets, 1)
  else it.writeBigUInt64BE(BigInt(octets), 1)
  return it
}

/** What has to come before any frame. */
export const UPGRADE = [
  'GET /status HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
].join('\r\n')

/** A socket behind its upgrade, at a port of this machine. */
export async function opened(port: number) {
  const socket = connect(port, '127.0.0.1')
  const state = { heard: Buffer.alloc(0), isEnded: false }
  socket.on('error', () => (state.isEnded = true)).on('close', () => (state.isEnded = true))
  socket.on('data', (it: Buffer) => (state.heard = Buffer.concat([state.heard, it])))
  socket.write(`${UPGRADE}\r\n\r\n`)
  await waitFor(() => state.heard.includes('"hello"'), 'hello')
  const from = state.heard.length
  return { socket, isEnded: () => state.isEnded, said: () => state.heard.subarray(from) }
}

/** How the server ends what comes behind the upgrade: with a code, without one, or not at all. */
export async function outcome(
  port: number,
  pieces: readonly Uint8Array[],
): Promise<FrameEnd | 'cut'> {
  const { socket, isEnded, said } = await opened(port)
  for (const it of [...pieces, frame(0x89, 'there?')]) socket.write(it)
  const isSaid = () => closeIn(said()) !== undefined || said().includes('there?')
  await waitFor(() => isEnded() || isSaid(), 'an outcome')
  socket.destroy()
  return closeIn(said()) ?? (said().includes('there?') ? 'open' : 'cut')
}

/** The code of the close frame among what the server has sent, frame by frame; 1005 where it bears none. */
export function closeIn(said: Buffer): number | undefined {
  for (let at = 0; at + 1 < said.length;) {
    const [first = 0, length = 0] = said.subarray(at, at + 2)
    const head = length === 126 ? 4 : length === 127 ? 10 : 2
    const octetsOf = length === 126 ? said.readUInt16BE(at + 2) : length
    if (first === 0x88) return length < 2 ? 1005 : said.readUInt16BE(at + 2)
    at += head + octetsOf
  }
  return undefined
}
