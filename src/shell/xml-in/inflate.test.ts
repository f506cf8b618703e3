import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deflateSync, gzipSync } from 'node:zlib'
import { LIMITS } from '../../envelope/limits.ts'
import { unpack } from './inflate.ts'

const test = suite('inflate')

const HELLO = gzipSync('hello')
const base64 = (octets: Uint8Array | string) => Buffer.from(octets).toString('base64')
const flipped = (at: number) => {
  const copy = Buffer.from(HELLO)
  copy[copy.length + at] = (copy.at(at) ?? 0) ^ 1
  return copy
}

const READ: Readonly<Record<string, string>> = {
  'gzip in base64': base64(HELLO),
  'base64 broken into lines': base64(HELLO).replace(/.{8}/g, '$&\r\n\t '),
  'members one after the other': base64(Buffer.concat([gzipSync('hel'), gzipSync('lo')])),
}

for (const [what, text] of Object.entries(READ))
  test(`unpacks ${what}`, () => {
    const result = unpack(text, LIMITS)
    assert.is('bytes' in result ? Buffer.from(result.bytes).toString() : '', 'hello')
  })

test('takes XML in base64 without gzip, in every encoding', () => {
  for (const octets of ['<a/>', ' <a/>', '\uFEFF<a/>', Buffer.from('\uFEFF<a/>', 'utf16le')])
    assert.ok('bytes' in unpack(base64(octets), LIMITS))
})

const FAULTS: readonly (readonly [what: string, text: string, found: string])[] = [
  ['nothing', '', 'nothing'],
  ['white space', ' \n ', 'nothing'],
  ['no base64', 'hällo===', 'no base64'],
  ['base64 of the URL kind', '_-_-', 'no base64'],
  ['base64 of a wrong length', 'aGVsbG8', 'no base64'],
  ['too much padding', 'a===', 'no base64'],
  ['what is neither gzip nor XML', base64('hello'), 'neither'],
  ['a ZIP archive', base64('PK\x03\x04rest'), 'a ZIP archive, not gzip'],
  ['zlib data', base64(deflateSync('hello')), 'zlib data'],
  ['a PDF', base64('%PDF-1.7'), 'a PDF document, not gzip'],
  ['gzip in gzip', base64(gzipSync(HELLO)), 'gzip inside gzip'],
  ['a wrong checksum', base64(flipped(-6)), 'damaged'],
  ['a wrong length at the end', base64(flipped(-1)), 'damaged'],
  ['a cut end', base64(HELLO.subarray(0, -3)), 'cut off'],
  ['a head alone', base64(HELLO.subarray(0, 10)), 'cut off'],
  ['two octets', base64(HELLO.subarray(0, 2)), 'cut off'],
  ['something behind', base64(Buffer.concat([HELLO, Buffer.from('PK')])), 'damaged'],
  ['zeros behind', base64(Buffer.concat([HELLO, Buffer.alloc(4)])), '4 octets behind'],
]

for (const [what, text, found] of FAULTS)
  test(`finds fault with ${what}`, () => {
    const result = unpack(text, LIMITS)
    assert.ok('fault' in result)
    assert.is(result.fault.rule, 'PAY-04')
    assert.match(result.fault.found, found)
  })

test('stops a bomb by its ratio', () => {
  const result = unpack(base64(gzipSync(Buffer.alloc(1_000_000))), LIMITS)
  assert.is('fault' in result ? result.fault.rule : '', 'LIM-UNPACKED')
})

test('stops a bomb by its size, over several members too', () => {
  const limits = { ...LIMITS, unpackedBytes: 9 }
  const two = Buffer.concat([HELLO, HELLO])
  assert.ok('bytes' in unpack(base64(HELLO), limits))
  const result = unpack(base64(two), limits)
  assert.is('fault' in result ? result.fault.rule : '', 'LIM-UNPACKED')
})

test('reads as many letters as a message can have, each time', () => {
  const letters = `PGE+${'QUFB'.repeat(4_000_000)}`
  for (let time = 0; time < 5; time += 1) {
    assert.ok('bytes' in unpack(letters, LIMITS))
    assert.ok('fault' in unpack(`${letters}QU-B`, LIMITS))
  }
})

test('stops a bomb of 200 MB within memory', () => {
  const bomb = base64(gzipSync(Buffer.alloc(200_000_000), { level: 1 }))
  const before = process.memoryUsage().rss
  const result = unpack(bomb, LIMITS)
  assert.is('fault' in result ? result.fault.rule : '', 'LIM-UNPACKED')
  assert.ok(process.memoryUsage().rss - before < 200_000_000)
})

test.run()
