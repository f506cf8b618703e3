// A schema file with a DOCTYPE: read as if it had none, or left out with the reason.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute } from '../../envelope/element.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { withoutDoctype } from './doctype.ts'
import { loadEngine } from './engine.ts'
import { open } from './open.ts'
import { parseXml } from './parse-xml.ts'
import { readSchemas } from './xsd-read.ts'
import { schemaSource } from './xsd-source.ts'

const test = suite('xml-in: DOCTYPE of a schema file')
test.before(loadEngine)

const bytesOf = (text: string) => Buffer.from(text)

function bare(text: string): string {
  const it = withoutDoctype(bytesOf(text), LIMITS)
  return 'reason' in it ? `left out: ${it.reason}` : Buffer.from(it).toString()
}

const subset = (declarations: string, body = '<a/>') => `<!DOCTYPE a [${declarations}]>${body}`

/** [what, document, what is read without its blanks] */
const SAME: readonly (readonly [what: string, text: string, read: string])[] = [
  ['no DOCTYPE', '<a b="&amp;"/>', '<a b="&amp;"/>'],
  ['a name alone', '<!DOCTYPE a><a/>', '<a/>'],
  ['a system id', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', '<a/>'],
  ['a public id', `<!DOCTYPE xs:a PUBLIC '-//W3C//DTD "X"//EN' "X.dtd" ><a/>`, '<a/>'],
  ['ids with > and [ in them', `<!DOCTYPE a SYSTEM ">[<!ENTITY"><a/>`, '<a/>'],
  ['an empty subset', '<!DOCTYPE a [ ] ><a/>', '<a/>'],
  [
    'comments and instructions before',
    '<?p ?><!-- <!DOCTYPE --><!DOCTYPE a><a/>',
    '<?p?><!--<!DOCTYPE--><a/>',
  ],
  ['a comment after', '<!DOCTYPE a><!-- &b; --><a/>', '<!--&b;--><a/>'],
  ['brackets in quotes', subset(`<!ENTITY b ']>'><!ENTITY c "]]>'">`), '<a/>'],
  ['brackets and quotes in a comment', subset(`<!-- it's ]> "so" %p; -->`), '<a/>'],
  ['brackets in an instruction', subset('<?p ]> " ?>'), '<a/>'],
  ['elements and notations', subset('<!ELEMENT a (b|c)*><!NOTATION n PUBLIC "x">'), '<a/>'],
  ['attributes without default', subset('<!ATTLIST a b ID #IMPLIED c (x|y) #REQUIRED>'), '<a/>'],
  [
    'a default that is written',
    subset('<!ATTLIST a x:b CDATA #FIXED "c">', `<a d=" " x:b='c'/>`),
    `<ad=""x:b='c'/>`,
  ],
  ['a default of an element that is not there', subset('<!ATTLIST ab c CDATA "d">'), '<a/>'],
  [
    'parameter entities without reference',
    subset(`<!ENTITY % p ''><!ENTITY % q SYSTEM "q">`),
    '<a/>',
  ],
  ['an entity in an attribute', subset('<!ENTITY b "urn:c#">', '<a d="&b;e"/>'), '<ad="urn:c#e"/>'],
  ['an entity in the text', subset('<!ENTITY b "c">', '<a>&b;&b;</a>'), '<a>cc</a>'],
  ['the first of two', subset('<!ENTITY b "c"><!ENTITY b "d">', '<a>&b;</a>'), '<a>c</a>'],
  ['quotes in an entity', subset(`<!ENTITY b '"'>`, '<a c="&b;"/>'), '<ac="&quot;"/>'],
  ['an entity that is not used', subset('<!ENTITY b "&b;"><!ENTITY c SYSTEM "d">'), '<a/>'],
  ['references in CDATA', subset('', '<a><![CDATA[&b;]]></a>'), '<a><![CDATA[&b;]]></a>'],
  ['references in a comment', subset('', '<a><!-- > &b; --></a>'), '<a><!-->&b;--></a>'],
  ['character references', subset('', '<a>&#38;&#x26;&lt;</a>'), '<a>&#38;&#x26;&lt;</a>'],
]

for (const [what, text, read] of SAME)
  test(`${what}: read without it`, () => {
    assert.is(bare(text).replaceAll(' ', ''), read.replaceAll(' ', ''))
    assert.not.ok('reason' in parseXml(bytesOf(text.replaceAll('x:b', 'b'))), text)
  })

const bomb = `<!ENTITY a0 "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};">`).join('')}`

const LEFT_OUT: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
  [
    'billion laughs',
    subset(bomb, '<a>&a30;</a>'),
    /entity a30 is more than plain text in one line/,
  ],
  ['an entity in itself', subset('<!ENTITY b "&b;">', '<a>&b;</a>'), /entity b is more than plain/],
  [
    'mark-up in an entity',
    subset('<!ENTITY b "<c/>">', '<a>&b;</a>'),
    /entity b is more than plain/,
  ],
  ['mark-up by number', subset('<!ENTITY b "&#60;c/>">', '<a>&b;</a>'), /b is more than plain/],
  ['lines in an entity', subset('<!ENTITY b "c\nd">', '<a>&b;</a>'), /entity b is more than plain/],
  [
    'much plain text',
    subset(`<!ENTITY b "${'c'.repeat(1000)}">`, `<a>${'&b;'.repeat(100)}</a>`),
    /add more than 65536/,
  ],
  [
    'an external entity',
    subset('<!ENTITY b SYSTEM "file:///etc/passwd">', '<a>&b;</a>'),
    /entity b is another file, and none is read; write/,
  ],
  [
    'an external entity in an attribute',
    subset('<!ENTITY b PUBLIC "c" "d">', '<a e="&b;"/>'),
    /entity b is another file/,
  ],
  [
    'an entity of the DTD',
    '<!DOCTYPE a SYSTEM "a.dtd"><a>&b;</a>',
    /entity b is not declared in the file/,
  ],
  [
    'an entity named like a member of objects',
    subset('', '<a>&constructor;</a>'),
    /entity constructor is not declared/,
  ],
  [
    'a parameter entity',
    subset('<!ENTITY % p "<!ENTITY b \'c\'>">%p;'),
    /refers to a parameter entity/,
  ],
  [
    'an external parameter entity',
    subset('<!ENTITY % p SYSTEM "http://127.0.0.1:9/">\n%p;'),
    /parameter entity/,
  ],
  [
    'a default that is not written',
    subset('<!ATTLIST a b CDATA "c">', '<a d="b=1"/>'),
    /gives a the attribute b, which an element a does not write; write/,
  ],
  [
    'a fixed namespace that is not written',
    subset('<!ATTLIST a xmlns CDATA #FIXED "c">'),
    /gives a the attribute xmlns/,
  ],
  [
    'a second default',
    subset('<!ATTLIST b c CDATA "1"><!ATTLIST b d (x|y) "x">', '<a><b c="1"/></a>'),
    /attribute d/,
  ],
  ['no end', '<!DOCTYPE a <a/>', /malformed/],
  ['no end of the subset', '<!DOCTYPE a [<a/>', /malformed/],
  ['no end of a comment', subset('<!-- '), /malformed/],
  ['no end of a literal', subset('<!ENTITY b "c>'), /malformed/],
  ['no end within bounds', subset(' '.repeat(70_000)), /does not end within 65536 characters/],
  ['no name', '<!DOCTYPE><a/>', /malformed/],
  ['no name of an entity', subset('<!ENTITY "b">'), /malformed/],
  ['attributes without type', subset('<!ATTLIST a b "c">'), /malformed/],
  ['a conditional section', subset('<![INCLUDE[<!ENTITY b "c">]]>'), /malformed/],
  ['an element in the subset', subset('<b/>'), /malformed/],
]

for (const [what, text, reason] of LEFT_OUT)
  test(`${what}: left out`, () => {
    const it = parseXml(bytesOf(text))
    assert.match('reason' in it ? it.reason : 'read', reason)
  })

for (const text of ['<!doctype a><a/>', '<!DOCTYPE a><!DOCTYPE a><a/>'])
  test(`${text}: refused as ever`, () => {
    const it = parseXml(bytesOf(text))
    assert.match('reason' in it ? it.reason : 'read', /refused: a DOCTYPE/)
  })

for (const [what, text] of SAME.filter(
  ([, it]) => it.includes('<!DOCTYPE') && /^<!DOCTYPE/.test(it),
))
  test(`${what}: no message`, () => {
    const it = open(bytesOf(text), LIMITS)
    assert.is('verdict' in it ? it.verdict : 'opened', 'refused')
  })

test('marks that never end take no more than one reading', () => {
  const body = '<a "<!--<![CDATA[<?'.repeat(100_000)
  assert.ok('reason' in parseXml(bytesOf(subset('<!ATTLIST a b CDATA #IMPLIED>', body))))
})

const LINES = '<!DOCTYPE a [\r\n<!ENTITY b "ä">\n\r]>\n<a c="&b;ä€"/>'

test('lines and columns stay', () => {
  const read = bare(LINES)
  const ends = (text: string) => text.replace(/[^\r\n]/g, '')
  assert.is(ends(read), ends(LINES))
  assert.is(bare('<!DOCTYPE a><a/>').indexOf('<a/>'), '<!DOCTYPE a>'.length)
})

const swapped = (it: Buffer) => Buffer.from(it).swap16()
const wide = Buffer.from(`\ufeff${LINES}`, 'utf16le')
const declared = LINES.replaceAll('€', '')

const ENCODED: readonly (readonly [string, Buffer, string])[] = [
  ['UTF-8', Buffer.from(LINES), 'ää€'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${LINES}`), 'ää€'],
  ['UTF-16LE', wide, 'ää€'],
  ['UTF-16BE', swapped(wide), 'ää€'],
  [
    'ISO-8859-1',
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${declared}`, 'latin1'),
    'ää',
  ],
]

for (const [encoding, octets, value] of ENCODED)
  test(`${encoding}: the same text`, () => {
    const before = Buffer.from(octets)
    const root = parseXml(octets)
    assert.is('reason' in root ? root.reason : attribute(root, 'c'), value)
    assert.equal(octets, before, 'the octets that were given are left alone')
  })

test('octets that are no text stay for the parser to refuse', () => {
  for (const octets of [
    Buffer.concat([Buffer.from('<!DOCTYPE a><a>'), Buffer.from([0xc3]), Buffer.from('</a>')]),
    Buffer.concat([wide, Buffer.from([0x3c])]),
  ])
    assert.ok('reason' in parseXml(octets))
})

test('a file is offered as it is written, and its elements are found where they are', async () => {
  const path = mkdtempSync(join(tmpdir(), 'cimgate-doctype-'))
  test.after(() => rmSync(path, { recursive: true, force: true }))
  const text =
    '<!DOCTYPE xs:schema [\n<!ENTITY b "urn:b">\n]>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="&b;">\n  <xs:element name="B"/></xs:schema>'
  writeFileSync(join(path, 'a.xsd'), text)
  const folders = [{ path, shipped: false }]
  const { files, unreadable } = await readSchemas(folders, parseXml)
  assert.equal(unreadable, [])
  const [file] = files
  if (file === undefined) throw new Error('no file')
  assert.is(schemaSource(folders, file), text)
  assert.equal(file.locator?.()?.(1), { line: 5, column: 3 })
})

test.run()
