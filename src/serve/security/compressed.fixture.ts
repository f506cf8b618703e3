// For tests only: T13b. What may stand in Payload/Compressed instead of one gzip stream of one document: unpacked within bounds,
// once, to its last octet, or refused.

import {
  brotliCompressSync,
  crc32,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
} from 'node:zlib'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import { randomOf } from '../../shell/xml-in/mutated.fixture.ts'
import { post, raw } from '../../shell/http/raw.fixture.ts'
import { groupXml, newGroup } from '../messages.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

export const COMPRESSED: Attack = {
  id: 'T13b',
  about: 'what is packed is unpacked within bounds, once and to its last octet, or refused',
  full: 300,
  few: 20,
  run: attack,
}

/** octets that unpacking may take beside what may be unpacked */
const MOST_BESIDE = 96 * 2 ** 20

/** What has to be said: taken, or the reply code of the refusal. */
type Said = 'taken' | '1.8' | '3.1' | '7.7'

interface Packed {
  readonly said: Said
  /** @param payload XML of a payload that is right */
  readonly octets: (payload: string) => Uint8Array
}

const gz = (text: string | Uint8Array) => gzipSync(text)
const plus = (...all: readonly (string | Uint8Array)[]) =>
  Buffer.concat(all.map((it) => Buffer.from(it)))
const flipped = (of: Uint8Array, at: number, by = 1) => {
  const copy = Buffer.from(of)
  const place = at < 0 ? copy.length + at : at
  copy[place] = (copy[place] ?? 0) ^ by
  return copy
}

/** A gzip stream whose head has these flags and fields (RFC 1952 2.3). */
function withHead(text: string, flags: number, fields: Uint8Array, method = 8): Uint8Array {
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(Buffer.from(text)), 0)
  tail.writeUInt32LE(Buffer.byteLength(text), 4)
  const head = Buffer.from([0x1f, 0x8b, method, flags, 0, 0, 0, 0, 0, 255])
  return plus(head, fields, deflateRawSync(text), tail)
}

const inMiB = (count: number) => Buffer.alloc(count * 2 ** 20, ' ')
/** white space behind a document, not packed at all */
const padded = (payload: string, octets: number) =>
  gzipSync(plus(payload, Buffer.alloc(octets - Buffer.byteLength(payload), ' ')), { level: 0 })
/** a mebibyte that packs to a fiftieth, so that only its size is against it */
const unevenMiB = () => {
  const random = randomOf(13)
  const noise = Buffer.from(Array.from({ length: 20_000 }, () => random(256))).toString('base64')
  return Buffer.from(`<!--${noise.padEnd(2 ** 20 - 7)}-->`)
}

const ROWS: Readonly<Record<string, Packed>> = {
  'one stream': { said: 'taken', octets: gz },
  'a stream of level 0': { said: 'taken', octets: (it) => gzipSync(it, { level: 0 }) },
  'no gzip at all': { said: 'taken', octets: (it) => Buffer.from(it) },
  'two members that are one text': {
    said: 'taken',
    octets: (it) => plus(gz(it.slice(0, 50)), gz(it.slice(50))),
  },
  'a hundred members': {
    said: 'taken',
    octets: (it) =>
      plus(
        ...Array.from({ length: 100 }, (_, at) =>
          gz(it.slice(at * 20, at === 99 ? undefined : at * 20 + 20)),
        ),
      ),
  },
  'an empty member behind': { said: 'taken', octets: (it) => plus(gz(it), gz('')) },
  'a name in the head': {
    said: 'taken',
    octets: (it) => withHead(it, 8, Buffer.from('../../etc/passwd\0')),
  },
  'a comment in the head': {
    said: 'taken',
    octets: (it) => withHead(it, 16, Buffer.from('x'.repeat(60_000) + '\0')),
  },
  'an extra field': {
    said: 'taken',
    octets: (it) => withHead(it, 4, Buffer.from([4, 0, 1, 2, 3, 4])),
  },
  'a bomb of many members': {
    said: '3.1',
    octets: () => Buffer.concat(Array<Buffer>(70).fill(gz(inMiB(1)))),
  },
  'a bomb behind a document': { said: '3.1', octets: (it) => plus(gz(it), gz(inMiB(70))) },
  'a bomb of the ratio alone': { said: '3.1', octets: () => gz(inMiB(1)) },
  'gzip in gzip': { said: '1.8', octets: (it) => gz(gz(it)) },
  'gzip in gzip in gzip': { said: '1.8', octets: (it) => gz(gz(gz(it))) },
  'a head without end': {
    said: '1.8',
    octets: () => plus(Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255]), 'x'.repeat(60_000)),
  },
  'an octet behind': { said: '1.8', octets: (it) => plus(gz(it), 'x') },
  'zeros behind': { said: '1.8', octets: (it) => plus(gz(it), Buffer.alloc(512)) },
  'a document behind': { said: '1.8', octets: (it) => plus(gz(it), it) },
  'half a member behind': { said: '1.8', octets: (it) => plus(gz(it), gz(it).subarray(0, 30)) },
  'a ZIP archive behind': { said: '1.8', octets: (it) => plus(gz(it), 'PK\x03\x04') },
  'a document before': { said: '1.8', octets: (it) => plus(it, gz(it)) },
  'a wrong check sum': { said: '1.8', octets: (it) => flipped(gz(it), -5) },
  'a wrong length': { said: '1.8', octets: (it) => flipped(gz(it), -1) },
  'a length of nothing': {
    said: '1.8',
    octets: (it) => plus(gz(it).subarray(0, -4), Buffer.alloc(4)),
  },
  'no check sum': { said: '1.8', octets: (it) => gz(it).subarray(0, -8) },
  'no length': { said: '1.8', octets: (it) => gz(it).subarray(0, -4) },
  'a head alone': { said: '1.8', octets: (it) => gz(it).subarray(0, 10) },
  'two octets': { said: '1.8', octets: (it) => gz(it).subarray(0, 2) },
  'another method': { said: '1.8', octets: (it) => withHead(it, 0, Buffer.alloc(0), 7) },
  'reserved flags': { said: '1.8', octets: (it) => withHead(it, 0xe0, Buffer.alloc(0)) },
  'a wrong sum of the head': { said: '1.8', octets: (it) => withHead(it, 2, Buffer.from([1, 2])) },
  zlib: { said: '1.8', octets: (it) => deflateSync(it) },
  'deflate without a frame': { said: '1.8', octets: (it) => deflateRawSync(it) },
  brotli: { said: '1.8', octets: (it) => brotliCompressSync(it) },
  'a ZIP archive': { said: '1.8', octets: (it) => plus('PK\x03\x04\x14\0\0\0\x08\0', it) },
  bzip2: { said: '1.8', octets: (it) => plus('BZh91AY&SY', it) },
  xz: { said: '1.8', octets: (it) => plus(Buffer.from('fd377a585a00', 'hex'), it) },
  zstandard: { said: '1.8', octets: (it) => plus(Buffer.from('28b52ffd', 'hex'), it) },
  'a PDF': { said: '1.8', octets: () => Buffer.from('%PDF-1.7') },
  words: { said: '1.8', octets: () => Buffer.from('hello') },
  'nothing, packed': { said: '1.8', octets: () => gz('') },
  'white space, packed': { said: '1.8', octets: () => gz(' \n') },
  'a mark, packed': { said: '1.8', octets: () => gz('\uFEFF') },
  'a NUL, packed': { said: '1.8', octets: () => gz('\0') },
  'JSON, packed': { said: '1.8', octets: () => gz('{"a":1}') },
  'half a document, packed': { said: '1.8', octets: (it) => gz(it.slice(0, -5)) },
  'a DOCTYPE, packed': { said: '7.7', octets: (it) => gz(`<!DOCTYPE a>${it}`) },
  '65 levels, packed': { said: '3.1', octets: () => gz('<a>'.repeat(65) + '</a>'.repeat(65)) },
  'a message within, packed': {
    said: '1.8',
    octets: (it) =>
      gz(
        groupXml(newGroup(1)).replace(
          PAYLOAD,
          `<Compressed>${gz(it).toString('base64')}</Compressed>`,
        ),
      ),
  },
}

/** Those that take long to make and to read. */
const LARGE: Readonly<Record<string, Packed>> = {
  'a bomb of 200 MB': { said: '3.1', octets: () => gzipSync(Buffer.alloc(200e6), { level: 9 }) },
  'a bomb in a bomb': { said: '3.1', octets: () => gz(gz(Buffer.alloc(300e6))) },
  'as much as may be': { said: 'taken', octets: (it) => padded(it, 11 * 2 ** 20) },
  'more than may be, of a ratio that may be': {
    said: '3.1',
    octets: (it) => plus(...Array<Buffer>(66).fill(gz(unevenMiB())), gz(it)),
  },
}

/** Texts in the place of base64. */
const TEXTS: Readonly<Record<string, (base64: string) => string>> = {
  nothing: () => '',
  'white space alone': () => ' \n\t ',
  'letters that are none': (it) => `${it.slice(0, 20)}!${it.slice(21)}`,
  'letters of the other kind': () => '_-_-',
  'no padding': () => 'aGVsbG8',
  'padding in the middle': (it) => `${it.slice(0, 20)}==${it.slice(20)}`,
  'three signs of padding': () => 'a===',
  'a letter more': (it) => `${it}A`,
  'words between the letters': (it) => `${it.slice(0, 40)} or ${it.slice(40)}`,
  'a NUL by reference': () => '&#0;',
  hexadecimal: (it) => Buffer.from(it, 'base64').toString('hex').slice(0, 101),
  'an element': (it) => `<x>${it}</x>`,
  'CDATA with something else': () => '<![CDATA[<a/>]]>',
}

const PAYLOAD = /<DERGroups .*<\/DERGroups>/

async function attack(how: Attacking) {
  const served = await openServed()
  const rows = how.isFull ? { ...ROWS, ...LARGE } : ROWS
  let most = 0
  try {
    await told(served, gz, 'taken')
    for (const [name, { said, octets }] of Object.entries(rows))
      await how.attempt(name, async () => {
        const { rss } = process.memoryUsage()
        await told(served, octets, said)
        const grown = process.memoryUsage().rss - rss
        if (said !== '3.1') return
        most = Math.max(most, grown)
        if (how.isFull) assert.ok(grown <= LIMITS.unpackedBytes + MOST_BESIDE, `${grown} octets`)
      })
    for (const [name, text] of Object.entries(TEXTS))
      await how.attempt(`base64: ${name}`, async () => {
        assert.match(
          await said(served, text(gz(payloadOf()).toString('base64'))),
          '<code>1.8</code>',
        )
      })
    await fuzzed(how, served)
    if (how.isFull) await cut(how, served)
    await takesStill(served)
  } finally {
    await served.close()
  }
  return { 'MiB more for a bomb at most': Math.round(most / 2 ** 20) }
}

function payloadOf(): string {
  return PAYLOAD.exec(groupXml(newGroup(1)))?.[0] ?? ''
}

/** On a connection of its own: to make a bomb takes longer than one is kept. */
async function said({ port }: ServedHere, packed: string): Promise<string> {
  const xml = groupXml(newGroup(1)).replace(PAYLOAD, `<Compressed>${packed}</Compressed>`)
  const { status, body: text } = await raw(port, ...post('/cim', xml))
  assert.ok(status < 500, `${status}`)
  return text
}

async function told(served: ServedHere, octets: Packed['octets'], due: Said): Promise<void> {
  const text = await said(served, Buffer.from(octets(payloadOf())).toString('base64'))
  assert.match(
    text,
    due === 'taken' ? '<Result>OK</Result>' : `<code>${due}</code>`,
    text.slice(0, 900),
  )
}

/** A stream that is not what it was is taken only where every reader of gzip gets the same text from it. */
async function fuzzed({ attempt, count, seed }: Attacking, served: ServedHere): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await attempt(`a stream spoiled by ${seed + n}`, async () => {
      const payload = payloadOf()
      const octets = spoiled(gz(payload), seed + n)
      const text = await said(served, octets.toString('base64'))
      if (!text.includes('<Result>OK</Result>')) return
      assert.is(octets[0] === 0x1f ? gunzipSync(octets).toString() : octets.toString(), payload)
    })
}

function spoiled(stream: Buffer, seed: number): Buffer {
  const random = randomOf(seed)
  const at = () => random(stream.length)
  const piece = stream.subarray(at())
  const ways = [
    () => flipped(stream, at(), 1 << random(8)),
    () => flipped(flipped(stream, random(12), 1 + random(255)), at(), 1 + random(255)),
    () => stream.subarray(0, at()),
    () => plus(stream, piece),
    () => plus(piece, stream),
    () => plus(stream.subarray(0, at()), piece),
    () => plus(stream.subarray(0, 10), Buffer.from(Array.from({ length: 50 }, () => random(256)))),
  ]
  return ways[random(ways.length)]?.() ?? stream
}

/** At every octet. */
async function cut({ attempt }: Attacking, served: ServedHere): Promise<void> {
  const stream = gz(payloadOf())
  for (let at = 0; at < stream.length; at += 1)
    await attempt(`a stream cut at ${at}`, async () => {
      const text = await said(served, stream.subarray(0, at).toString('base64'))
      assert.match(text, '<code>1.8</code>')
    })
}
