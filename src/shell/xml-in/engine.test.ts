import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileSchema, engineMemory, engineTrapped, parse, release, validate } from './engine.ts'
import type { CompiledSchema, ParsedDocument } from './engine.ts'
import { libraryDocument } from './xml-in.fixture.ts'

const test = suite('engine')

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
const schema = (content: string, ns = 'urn:t') =>
  Buffer.from(
    `<xs:schema ${XS} xmlns:t="${ns}" targetNamespace="${ns}" elementFormDefault="qualified">${content}</xs:schema>`,
  )
const NUMBERS = schema(
  '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="n" type="xs:int" maxOccurs="unbounded"/></xs:sequence><xs:attribute name="a" type="xs:int"/></xs:complexType></xs:element><xs:element name="n" type="xs:int"/>',
)

function compiled(
  text: Uint8Array,
  more: Readonly<Record<string, Uint8Array>> = {},
): CompiledSchema {
  const result = compileSchema('/0.xsd', new Map([['/0.xsd', text], ...Object.entries(more)]))
  if ('schemaAddress' in result) return result
  throw new Error(JSON.stringify(result))
}

function accepted(text: string): ParsedDocument {
  const result = parse(Buffer.from(text), 'utf-8')
  if ('documentAddress' in result) return result
  throw new Error(JSON.stringify(result))
}

/** All text of a document, which is released. */
function contentOf(parsed: ParsedDocument): string {
  const document = libraryDocument(parsed)
  try {
    return document.root.content
  } finally {
    document.dispose()
  }
}

/** Complaints of a document, or its failure. */
function judged(text: string, by: CompiledSchema) {
  const parsed = accepted(text)
  try {
    return validate(parsed, by, parsed.rootAddress)
  } finally {
    release(parsed)
  }
}

const MALFORMED: Readonly<Record<string, string>> = {
  nothing: '',
  'white space': '  \n',
  'one octet': 'x',
  'two roots': '<a/><b/>',
  'text behind the root': '<a/>x',
  'a NUL at the end': '<a/>\0',
  'a NUL in a text': '<a>x\0y</a>',
  'a NUL in front': '\0<a/>',
  'an entity that nobody declares': '<a>&foo;</a>',
  'a reference to U+0000': '<a>&#0;</a>',
  'a reference to U+0008': '<a>&#8;</a>',
  'a reference to U+FFFE': '<a>&#xFFFE;</a>',
  'a reference to a surrogate': '<a>&#xD800;</a>',
  'a reference beyond Unicode': '<a>&#x110000;</a>',
  'a prefix that nobody declares': '<p:a/>',
  'a namespace that is no URI': '<a xmlns="a b"/>',
  'an attribute twice': '<a b="1" b="2"/>',
  'an attribute twice by its namespace': '<a xmlns:p="u:u" xmlns:q="u:u" p:b="1" q:b="2"/>',
  'two colons': '<a:b:c xmlns:a="urn:x"/>',
  'XML 2.0': '<?xml version="2.0"?><a/>',
}

for (const [what, text] of Object.entries(MALFORMED))
  test(`finds ${what} not well-formed`, () => {
    const result = parse(Buffer.from(text), 'utf-8')
    assert.ok(Array.isArray(result) && result.length > 0)
    assert.type(result[0].line, 'number')
  })

test('believes the encoding that it is told', () => {
  const octets = Buffer.from([0x3c, 0x61, 0x3e, 0xe9, 0x3c, 0x2f, 0x61, 0x3e])
  assert.ok(Array.isArray(parse(octets, 'utf-8')))
  assert.ok(Array.isArray(parse(octets, 'us-ascii')))
  const result = parse(octets, 'iso-8859-1')
  assert.is('documentAddress' in result ? contentOf(result) : '', 'é')
})

test('reads values and names of ten million characters', () => {
  const long = accepted(`<a b="${'x'.repeat(6e6)}">${'y'.repeat(10_500_000)}</a>`)
  assert.is(contentOf(long).length, 10_500_000)
})

test('sees a DOCTYPE that comes this far', () => {
  assert.is(accepted('<!DOCTYPE a><a/>').hasDoctype, true)
  assert.is(accepted('<a/>').hasDoctype, false)
})

test('does not process XInclude, stylesheets and catalogs', () => {
  const include =
    '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
  const catalog = '<?oasis-xml-catalog catalog="file:///etc/passwd"?>'
  const parsed = accepted(
    `${catalog}<?xml-stylesheet href="http://127.0.0.1:9/"?><a>${include}</a>`,
  )
  assert.is(contentOf(parsed), '')
})

test('finds a document valid, or says what is wrong and at which node', () => {
  const by = compiled(NUMBERS)
  assert.equal(judged('<r xmlns="urn:t"><n>1</n></r>', by), [])
  const parsed = accepted('<r xmlns="urn:t" a="x"><n>1</n><n>y</n></r>')
  const errors = validate(parsed, by, parsed.rootAddress)
  assert.ok(Array.isArray(errors))
  assert.is(errors.length, 2)
  assert.is(errors[0].node, parsed.rootAddress)
  assert.match(errors[0].message, "attribute 'a'")
  assert.is.not(errors[1].node, parsed.rootAddress)
  release(parsed)
})

test('keeps no more than ten thousand complaints, each of bounded length', () => {
  const by = compiled(NUMBERS)
  const many = judged(`<r xmlns="urn:t">${'<n>x</n>'.repeat(12_000)}</r>`, by)
  assert.is(Array.isArray(many) ? many.length : 0, 10_000)
  const long = judged(`<n xmlns="urn:t">${'x'.repeat(1e6)}</n>`, by)
  assert.ok(Array.isArray(long) && long[0].message.length <= 500)
})

test('opens nothing but the files it was given', () => {
  const importing = schema(
    '<xs:import namespace="urn:o" schemaLocation="/1.xsd"/><xs:element name="r" type="o:t" xmlns:o="urn:o"/>',
  )
  const other = schema(
    '<xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType>',
    'urn:o',
  )
  assert.equal(judged('<r xmlns="urn:t">1</r>', compiled(importing, { '/1.xsd': other })), [])
  const missing = compileSchema('/0.xsd', new Map([['/0.xsd', importing]]))
  assert.ok(Array.isArray(missing))
  assert.ok('failure' in compileSchema('/2.xsd', new Map()))
})

const LOCATIONS = [
  '/0.xsd',
  '/1.xsd',
  'http://127.0.0.1:9/x.xsd',
  'file:///etc/passwd',
  '/etc/passwd',
  '',
]

for (const location of LOCATIONS)
  test(`is not led by xsi:schemaLocation ${location || 'without location'}`, () => {
    const by = compiled(
      schema(
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:any namespace="##other" processContents="lax"/></xs:sequence></xs:complexType></xs:element>',
      ),
    )
    const hint = (ns: string) =>
      `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${ns} ${location}" xsi:noNamespaceSchemaLocation="${location}"`
    const before = judged('<r xmlns="urn:t"><o xmlns="urn:o">x</o></r>', by)
    assert.equal(judged(`<r xmlns="urn:t" ${hint('urn:o')}><o xmlns="urn:o">x</o></r>`, by), [])
    assert.equal(judged(`<r xmlns="urn:t" ${hint('urn:t')}><o xmlns="urn:o">x</o></r>`, by), [])
    assert.equal(judged('<r xmlns="urn:t"><o xmlns="urn:o">x</o></r>', by), before)
    assert.ok((judged('<r xmlns="urn:t"/>', by) as readonly unknown[]).length > 0)
  })

test('calls what it cannot decide a failure', () => {
  const by = compiled(
    schema(
      '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a|aa|a*)*b"/></xs:restriction></xs:simpleType></xs:element>',
    ),
  )
  const result = judged(`<r xmlns="urn:t">${'a'.repeat(40)}c</r>`, by)
  assert.ok('failure' in result)
  assert.equal(judged('<r xmlns="urn:t">ab</r>', by), [])
})

test('gives its memory back', () => {
  const by = compiled(NUMBERS)
  const round = (times: number) => {
    for (let at = 0; at < times; at += 1) {
      judged(`<r xmlns="urn:t"><n>${at}</n></r>`, by)
      judged('<r xmlns="urn:t"><n>x</n></r>', by)
      parse(Buffer.from('<r><n></r>'), 'utf-8')
    }
  }
  round(500)
  const before = engineMemory().byteLength
  round(10_000)
  assert.is(engineMemory().byteLength, before)
  assert.is(engineTrapped(), false)
})

test.run()
