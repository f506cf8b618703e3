// Which Content-Type is read as what, and which is refused.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import { mediaOf } from './media.ts'

const test = suite('http: media')

const TAKEN: Readonly<Record<string, string>> = {
  'application/xml': 'xml undefined',
  'text/xml; charset=utf-8': 'xml utf-8',
  'TEXT/XML; Charset="UTF-8"': 'xml utf-8',
  'application/soap+xml; action="x"; charset=UTF-16': 'xml utf-16',
  'application/xml;charset=us-ascii': 'xml utf-8',
  'application/xml; charset = iso-8859-1': 'xml iso-8859-1',
  'application/xml; xcharset=klingon': 'xml undefined',
  'application/json': 'json undefined',
  'application/merge-patch+json': 'json undefined',
}

for (const [type, expected] of Object.entries(TAKEN))
  test(`takes ${type}`, () => {
    const { kind, charset } = mediaOf({ 'content-type': type }, ['xml', 'json'])
    assert.is(`${kind} ${charset}`, expected)
  })

const REFUSED: Readonly<Record<string, RegExp>> = {
  '': /\(none\) is not taken here; send application\/xml or application\/json/,
  'text/plain': /text\/plain is not taken/,
  'text/html': /is not taken/,
  'multipart/form-data; boundary=x': /is not taken/,
  'application/x-www-form-urlencoded': /is not taken/,
  xml: /is not taken/,
  'application/xml2': /is not taken/,
  'application/xml, application/json': /is not taken/,
  'application/xml; charset=utf-7': /charset utf-7 is not supported/,
  'application/xml; charset=ebcdic-cp-us': /not supported/,
  'application/xml; charset=': /not supported/,
  'application/xml; charset=__proto__': /not supported/,
  'application/xml; charset=constructor': /not supported/,
}

for (const [type, expected] of Object.entries(REFUSED))
  test(`refuses ${type || 'an absent type'}`, () => {
    const headers = type === '' ? {} : { 'content-type': type }
    assert.throws(
      () => mediaOf(headers, ['xml', 'json']),
      (it: unknown) =>
        it instanceof CimError && it.code === 'unsupported-media-type' && expected.test(it.message),
    )
  })

test('refuses what another route would take', () => {
  const headers = { 'content-type': 'application/json' }
  assert.throws(() => mediaOf(headers, ['xml']), /send application\/xml\.$/)
})

test.run()
