// What a charset parameter does to octets: it outranks the document, and a byte order mark outranks it.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inUtf8 } from './charset.ts'
import type { BodyKind, Charset } from './media.ts'

const test = suite('http: charset')

const big = (text: string) => Buffer.from(text, 'utf16le').swap16()
const little = (text: string) => Buffer.from(text, 'utf16le')
const latin = (text: string) => Buffer.from(text, 'latin1')

type Case = readonly [Uint8Array, Charset | undefined, BodyKind, string]

const CASES: Readonly<Record<string, Case>> = {
  'no charset': [Buffer.from('<a>ü</a>'), undefined, 'xml', '<a>ü</a>'],
  'utf-8': [Buffer.from('<a>ü</a>'), 'utf-8', 'xml', '<a>ü</a>'],
  'utf-8 against the declaration': [
    Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'),
    'utf-8',
    'xml',
    '<?xml version="1.0"?><a>ü</a>',
  ],
  'utf-8 with the declaration': [
    Buffer.from("<?xml version='1.0' encoding='UTF-8'?><a/>"),
    'utf-8',
    'xml',
    "<?xml version='1.0' encoding='UTF-8'?><a/>",
  ],
  'iso-8859-1': [latin('<a>ü\x85</a>'), 'iso-8859-1', 'xml', '<a>ü\x85</a>'],
  'iso-8859-1 against the declaration': [
    latin('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a>ü</a>'),
    'iso-8859-1',
    'xml',
    '<?xml version="1.0" standalone="yes"?><a>ü</a>',
  ],
  'a mark against iso-8859-1': [
    Buffer.from('\uFEFF<a>ü</a>'),
    'iso-8859-1',
    'xml',
    '\uFEFF<a>ü</a>',
  ],
  'utf-16le': [little('<a>ü𝄞</a>'), 'utf-16le', 'xml', '<a>ü𝄞</a>'],
  'utf-16be': [
    big('<?xml version="1.0" encoding="UTF-16"?><a/>'),
    'utf-16be',
    'xml',
    '<?xml version="1.0"?><a/>',
  ],
  'JSON in utf-16 with a mark': [big('\uFEFF{"a":"ü"}'), 'utf-16', 'json', '{"a":"ü"}'],
  'JSON in utf-16 without one': [little('{"a":"ü"}'), 'utf-16le', 'json', '{"a":"ü"}'],
  'JSON in iso-8859-1': [latin('{"a":"ü"}'), 'iso-8859-1', 'json', '{"a":"ü"}'],
}

for (const [title, [bytes, charset, kind, expected]] of Object.entries(CASES))
  test(title, () => {
    assert.is(Buffer.from(inUtf8(bytes, charset, kind)).toString(), expected)
  })

test('utf-16 with a mark is left to the parser, and without one to its guard', () => {
  for (const bytes of [little('\uFEFF<a/>'), big('\uFEFF<a/>'), big('<a/>')])
    assert.is(inUtf8(bytes, 'utf-16', 'xml'), bytes)
})

test('octets that are not in the charset are malformed', () => {
  assert.throws(() => inUtf8(Buffer.from('<a/>'), 'utf-16', 'xml'), /not in utf-16\./)
  assert.throws(
    () => inUtf8(Buffer.from([0x00, 0xd8, 0x20, 0x00]), 'utf-16le', 'xml'),
    /not in utf-16le/,
  )
})

test.run()
