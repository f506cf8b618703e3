import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decode, encodingOf, signatureOf } from './encoding.ts'

const test = suite('encoding')

const of = (hex: string, declared?: string) =>
  encodingOf(signatureOf(Buffer.from(hex, 'hex')), declared)

const READ: readonly (readonly [hex: string, declared: string | undefined, encoding: string])[] = [
  ['', undefined, 'utf-8'],
  ['3c', undefined, 'utf-8'],
  ['3c61', 'UTF-8', 'utf-8'],
  ['3c61', 'utf8', 'utf-8'],
  ['3c61', 'US-ASCII', 'us-ascii'],
  ['3c61', 'ISO-8859-1', 'iso-8859-1'],
  ['3c61', 'Latin1', 'iso-8859-1'],
  ['efbbbf3c', undefined, 'utf-8'],
  ['efbbbf3c', 'UTF-8', 'utf-8'],
  ['fffe3c00', undefined, 'utf-16le'],
  ['fffe3c00', 'UTF-16', 'utf-16le'],
  ['fffe3c00', 'utf-16LE', 'utf-16le'],
  ['feff003c', undefined, 'utf-16be'],
  ['feff003c', 'UTF-16BE', 'utf-16be'],
]

for (const [hex, declared, encoding] of READ)
  test(`reads ${hex || 'nothing'} declared ${declared} as ${encoding}`, () => {
    assert.is(of(hex, declared), encoding)
  })

const REFUSED: readonly (readonly [hex: string, declared?: string])[] = [
  ['3c61', 'windows-1252'],
  ['3c61', 'UTF-7'],
  ['3c61', 'UTF-16'],
  ['3c61', 'UTF-16LE'],
  ['3c61', ''],
  ['3c61', 'constructor'],
  ['3c61', '__proto__'],
  ['3c61', 'IBM037'],
  ['efbbbf3c', 'ISO-8859-1'],
  ['efbbbf3c', 'US-ASCII'],
  ['efbbbf3c', 'UTF-16'],
  ['fffe3c00', 'UTF-8'],
  ['fffe3c00', 'UTF-16BE'],
  ['feff003c', 'UTF-16LE'],
  ['feff003c', 'ISO-8859-1'],
  ['3c006100'],
  ['3c006100', 'UTF-16'],
  ['003c0061'],
  ['0000feff'],
  ['fffe0000'],
  ['0000003c'],
  ['3c000000'],
  ['4c6fa794'],
  ['2b2f7638'],
]

for (const [hex, declared] of REFUSED)
  test(`refuses ${hex} declared ${declared}`, () => {
    assert.is(of(hex, declared), undefined)
  })

test('decodes every encoding without its byte order mark', () => {
  assert.is(decode(Buffer.from('efbbbfc3a9', 'hex'), 'utf-8'), 'é')
  assert.is(decode(Buffer.from('fffee900', 'hex'), 'utf-16le'), 'é')
  assert.is(decode(Buffer.from('feff00e9', 'hex'), 'utf-16be'), 'é')
  assert.is(decode(Buffer.from('e9', 'hex'), 'iso-8859-1'), 'é')
  assert.is(decode(Buffer.from('61', 'hex'), 'us-ascii'), 'a')
})

test('decodes a part of a larger buffer', () => {
  assert.is(decode(Buffer.from('xey').subarray(1, 2), 'iso-8859-1'), 'e')
})

test.run()
