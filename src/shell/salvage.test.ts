// Which ids are found in a text that no parser accepts, and which are not trusted.

import { readFileSync, readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { salvage } from './salvage.ts'

const test = suite('salvage')

const header = (inside: string) => `<RequestMessage xmlns="urn:x"><Header>${inside}`
const ids = header('<MessageID>007</MessageID><CorrelationID>0x1F</CorrelationID>')
const whole = `${ids}</Header><Payload/></RequestMessage>`

const NONE = [null, null]
const BOTH = ['007', '0x1F']

const CASES: Readonly<Record<string, readonly [string | Uint8Array, readonly (string | null)[]]>> =
  {
    'a sound message': [whole, BOTH],
    'a message without end': [ids, BOTH],
    'a message with two roots': [whole + whole, BOTH],
    'an unescaped ampersand behind': [
      whole.replace('<Payload/>', '<Payload>a & b</Payload>'),
      BOTH,
    ],
    'an end tag of another name': [whole.replace('</Header>', '</Haeder>'), BOTH],
    'an element before that nobody closed': [
      whole.replace('<Header>', '<Header><Verb>create<Noun>Things</Noun>'),
      BOTH,
    ],
    'a DOCTYPE': [`<!DOCTYPE a [<!ENTITY b "c">]>${whole}`, BOTH],
    prefixes: [
      '<m:RequestMessage><m:Header><m:MessageID>a.b:c</m:MessageID></m:Header><m:Payload>',
      ['a.b:c', null],
    ],
    'a SOAP envelope, whose Header is another one': [
      `<s:Envelope><s:Header><a:MessageID>other</a:MessageID></s:Header><s:Body>${ids}`,
      BOTH,
    ],
    'UTF-16 with a mark': [Buffer.from(`\uFEFF${ids}`, 'utf16le'), BOTH],
    'UTF-16 without one': [Buffer.from(ids, 'utf16le'), BOTH],
    'UTF-16 the other way round': [Buffer.from(`\uFEFF${ids}`, 'utf16le').swap16(), BOTH],
    'octets that are no UTF-8 elsewhere': [
      Buffer.concat([Buffer.from(ids), Buffer.from([0xff])]),
      BOTH,
    ],
    'octets that are no UTF-8 in the id': [
      Buffer.concat([
        Buffer.from(header('<MessageID>a')),
        Buffer.from([0xff]),
        Buffer.from('</MessageID>'),
      ]),
      NONE,
    ],
    'the first of two': [`${ids}<MessageID>8</MessageID>`, BOTH],
    CDATA: [header('<MessageID><![CDATA[a b]]></MessageID>'), ['a b', null]],
    'a reference': [header('<MessageID>a&amp;b</MessageID>'), NONE],
    'an id that is cut': [header('<MessageID>00'), NONE],
    'an empty one': [header('<MessageID> </MessageID>'), NONE],
    'an id of the payload': ['<RequestMessage><Payload><a><Header><MessageID>1</MessageID>', NONE],
    'an id of a bare payload': ['<Things><MessageID>1</MessageID></Things>', NONE],
    'a comment': [header('<!-- <MessageID>1</MessageID> -->'), NONE],
    'a Header behind the first 16 KiB': [`<!--${'x'.repeat(17_000)}-->${whole}`, NONE],
    'a name of prototypes': [header('<__proto__/><constructor/><MessageID>1</MessageID>'), NONE],
    JSON: ['{"header":{"MessageID":"1"}}', NONE],
    nothing: ['', NONE],
  }

for (const [title, [text, expected]] of Object.entries(CASES))
  test(title, () => {
    const { messageID, correlationID } = salvage(Buffer.from(text))
    assert.equal([messageID, correlationID], expected)
  })

const HOSTILE = [
  '<',
  '<a ',
  '<a>',
  '</a>',
  '<![CDATA[',
  '<!--',
  '<?',
  '<a b="',
  '<!DOCTYPE a [',
  '&a;',
  '\0',
]

for (const piece of HOSTILE)
  test(`finds nothing in 1 MB of ${JSON.stringify(piece)}`, () => {
    const bytes = Buffer.from(piece.repeat(1_000_000 / piece.length))
    assert.equal(Object.values(salvage(bytes)), NONE)
  })

test('never throws, wherever a sample is cut or flipped', () => {
  const folder = new URL('../../../samples/hostile/', import.meta.url)
  const samples = readdirSync(folder).map((it) => readFileSync(new URL(it, folder)))
  const start = Buffer.from(whole)
  const cut = Array.from(start, (_, at) => start.subarray(0, at))
  const flipped = Array.from(start, (it, at) => Buffer.from(start).fill(it ^ 0x14, at, at + 1))
  for (const bytes of [...samples, ...cut, ...flipped]) salvage(bytes)
})

test.run()
