import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogueOf } from './catalogue.ts'
import type { SchemaFile } from './catalogue.ts'
import { resolveLocation } from './closure.ts'
import { engine, filesOf, setOf } from './schema.fixture.ts'

const test = suite('closure')

/** from, schemaLocation, location */
const LOCATIONS: readonly (readonly [string, string, string])[] = [
  ['/0/a/x.xsd', 'y.xsd', '/0/a/y.xsd'],
  ['/0/a/x.xsd', './y.xsd', '/0/a/y.xsd'],
  ['/0/a/x.xsd', '../b/y.xsd', '/0/b/y.xsd'],
  ['/0/a/x.xsd', '../../../1/y.xsd', '/0/1/y.xsd'],
  ['/0/x.xsd', '../../../../etc/y.xsd', '/0/etc/y.xsd'],
  ['/0/a/x.xsd', '/1/y.xsd', '/1/y.xsd'],
  ['/0/a/x.xsd', 'b//y.xsd', '/0/a/b/y.xsd'],
  ['/0/a/x.xsd', '..\\b\\y.xsd', '/0/b/y.xsd'],
]

test('resolves locations inside the folder, however they climb', () => {
  for (const [from, to, location] of LOCATIONS) assert.is(resolveLocation(from, to), location, to)
})

const file = (ns: string, body = '') =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${ns === '' ? '' : `targetNamespace="${ns}"`}>${body}</xs:schema>`

/** Locations and namespaces of the closure of the first file. */
function closure(texts: Readonly<Record<string, string>>): readonly string[] {
  const files = filesOf(texts)
  const made = catalogueOf(files).closure(files[0] as SchemaFile)
  return made.map((it) => `${it.location} ${it.targetNamespace}`)
}

test('follows imports, includes and redefinitions once each, in the order of reading', () => {
  const texts = {
    '/0/a.xsd': file(
      'urn:a',
      '<xs:include schemaLocation="b.xsd"/><xs:import namespace="urn:c" schemaLocation="c.xsd"/>',
    ),
    '/0/b.xsd': file(
      'urn:a',
      '<xs:redefine schemaLocation="d.xsd"/><xs:include schemaLocation="a.xsd"/>',
    ),
    '/0/c.xsd': file('urn:c', '<xs:import namespace="urn:a" schemaLocation="a.xsd"/>'),
    '/0/d.xsd': file('urn:a'),
    '/0/other.xsd': file('urn:o'),
  }
  assert.equal(closure(texts), [
    '/0/a.xsd urn:a',
    '/0/b.xsd urn:a',
    '/0/d.xsd urn:a',
    '/0/c.xsd urn:c',
  ])
})

test('finds an import by its namespace where the location leads nowhere', () => {
  const importing = (location: string) =>
    closure({
      '/0/a.xsd': file('urn:a', `<xs:import namespace="urn:c" ${location}/>`),
      '/0/c.xsd': file('urn:c'),
    })
  for (const it of ['', 'schemaLocation="http://example.com/c.xsd"', 'schemaLocation="gone.xsd"'])
    assert.equal(importing(it), ['/0/a.xsd urn:a', '/0/c.xsd urn:c'], it)
})

/** schemaLocation of the import of urn:c in /1/a/x.xsd, location of the file that it means */
const IMPORTS: readonly (readonly [string, string])[] = [
  ['../common/c.xsd', '/1/common/c.xsd'],
  ['..\\common\\c.xsd', '/1/common/c.xsd'],
  ['../Common/C.XSD', '/1/common/c.xsd'],
  ['my%20types.xsd', '/1/a/my types.xsd'],
  ['my types.xsd', '/1/a/my types.xsd'],
  ['http://example.com/schemas/c.xsd', '/1/a/c.xsd'],
  ['file:///C:/schemas/c.xsd', '/1/a/c.xsd'],
  ['/2/c.xsd', '/1/a/c.xsd'],
  ['../../../../../c2.xsd', '/1/a/c2.xsd'],
  ['http://example.com/gone.xsd', '/1/a/c.xsd'],
]
for (const [written, location] of IMPORTS)
  test(`an import at ${written} means ${location}`, () => {
    const others = ['/2/c.xsd', '/1/b/c.xsd', '/1/common/c.xsd', '/1/a/c.xsd', '/1/a/c2.xsd']
    const texts = Object.fromEntries(
      [...others, '/1/a/my types.xsd'].map((it) => [it, file('urn:c')]),
    )
    const own = file('urn:a', `<xs:import namespace="urn:c" schemaLocation="${written}"/>`)
    assert.equal(closure({ '/1/a/x.xsd': own, ...texts }), [
      '/1/a/x.xsd urn:a',
      `${location} urn:c`,
    ])
  })

/** schemaLocation of an include in /1/a/x.xsd, location of the file that it means, if any */
const INCLUDES: readonly (readonly [string, string | undefined])[] = [
  ['http://example.com/c.xsd', '/1/a/c.xsd'],
  ['../elsewhere/c.xsd', '/1/a/c.xsd'],
  ['http://example.com/other.xsd', undefined],
  ['http://example.com/x.xsd', undefined],
  ['/2/c.xsd', '/1/a/c.xsd'],
]
for (const [written, location] of INCLUDES)
  test(`an include at ${written} means ${location ?? 'nothing'}`, () => {
    const made = closure({
      '/1/a/x.xsd': file('urn:a', `<xs:include schemaLocation="${written}"/>`),
      '/1/b/c.xsd': file('urn:a'),
      '/1/a/c.xsd': file(''),
      // Of another namespace, so it can be no part.
      '/1/a/other.xsd': file('urn:other'),
      '/2/c.xsd': file('urn:a'),
    })
    assert.equal(made.slice(1), location === undefined ? [] : [`${location} urn:a`])
  })

test('the XML namespace is built in, and a file in the folder comes first', () => {
  const XML = 'http://www.w3.org/XML/1998/namespace'
  const body = `<xs:import namespace="${XML}" schemaLocation="http://www.w3.org/2001/xml.xsd"/><xs:element name="A"><xs:complexType><xs:attributeGroup ref="xml:specialAttrs"/></xs:complexType></xs:element>`
  const own = file('urn:a', body)
  assert.equal(closure({ '/1/a.xsd': own }), ['/1/a.xsd urn:a', `/built-in/xml.xsd ${XML}`])
  assert.is(closure({ '/1/a.xsd': own, '/1/x.xsd': file(XML) })[1], `/1/x.xsd ${XML}`)
  const { verdict } = engine(setOf({ '/1/a.xsd': own }))
  const verdicts = [
    'xml:lang="de-AT"',
    'xml:lang=""',
    'xml:space="preserve"',
    'xml:space="wide"',
  ].map((it) => verdict(`<A xmlns="urn:a" ${it}/>`))
  assert.equal(verdicts, ['valid', 'valid', 'valid', 'invalid'])
})

test('what the folder does not have comes from the next one', () => {
  const own = file('urn:a', '<xs:import namespace="urn:c" schemaLocation="gone.xsd"/>')
  assert.equal(closure({ '/1/x.xsd': own, '/0/c.xsd': file('urn:c') }), [
    '/1/x.xsd urn:a',
    '/0/c.xsd urn:c',
  ])
})

test('an include without a file, or an import that nobody defines, is left out', () => {
  const body =
    '<xs:include schemaLocation="gone.xsd"/><xs:import namespace="urn:gone"/><xs:import/>'
  assert.equal(closure({ '/0/a.xsd': file('urn:a', body) }), ['/0/a.xsd urn:a'])
})

test('an include without a namespace takes that of each includer', () => {
  const texts = {
    '/0/a.xsd': file(
      'urn:a',
      '<xs:include schemaLocation="n.xsd"/><xs:import namespace="urn:b" schemaLocation="b.xsd"/>',
    ),
    '/0/b.xsd': file('urn:b', '<xs:include schemaLocation="n.xsd"/>'),
    '/0/n.xsd': file(''),
  }
  assert.equal(closure(texts), [
    '/0/a.xsd urn:a',
    '/0/n.xsd urn:a',
    '/0/b.xsd urn:b',
    '/0/n.xsd urn:b',
  ])
})

test.run()
