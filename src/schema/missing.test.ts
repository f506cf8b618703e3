import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute } from '../envelope/element.ts'
import { missingReferences } from './missing.ts'
import { tree } from './schema.fixture.ts'

const test = suite('missing')

const schema = (body: string) =>
  tree(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:c="urn:c">${body}</xs:schema>`)
const told = (body: string, linked: readonly string[] = []) => {
  const root = schema(body)
  const found = root.children.filter((it) =>
    linked.includes(attribute(it, 'schemaLocation') ?? attribute(it, 'namespace') ?? ''),
  )
  const links = new Map(found.map((it) => [it, '/1/x.xsd']))
  const document = { location: '/1/a.xsd', targetNamespace: '', root, links }
  return missingReferences(document).map(({ what, add }) => `${what}: ${add}`)
}

const USE = '<xs:element name="A" type="c:T"/>'

test('an include needs its file, an import one only where something speaks of its namespace', () => {
  const include = '<xs:include schemaLocation="b.xsd"/>'
  assert.equal(told(include), ['include of b.xsd: b.xsd'])
  assert.equal(told(include, ['b.xsd']), [])
  assert.equal(told('<xs:redefine/>'), ['redefine of a file without a name: a schemaLocation'])
  const imported = '<xs:import namespace="urn:c"/>'
  assert.equal(told(imported + USE), ['import of urn:c: a file whose targetNamespace is urn:c'])
  assert.equal(told(imported + USE, ['urn:c']), [])
  assert.equal(told(imported), [])
  assert.equal(told('<xs:import namespace="urn:other"/>' + USE), [])
  assert.equal(told('<xs:import schemaLocation="n.xsd"/>'), [])
})

test('a prefix that is bound further in counts, and so does xml', () => {
  const inner = '<xs:element name="A" xmlns:d="urn:d" type="d:T"/>'
  assert.is(told('<xs:import namespace="urn:d"/>' + inner).length, 1)
  const xml = '<xs:import namespace="http://www.w3.org/XML/1998/namespace"/>'
  assert.equal(told(xml + USE), [])
  assert.is(
    told(`${xml}<xs:attributeGroup name="a"><xs:attribute ref="xml:lang"/></xs:attributeGroup>`)
      .length,
    1,
  )
})

test('a document without links has none', () => {
  const root = schema('<xs:include schemaLocation="b.xsd"/>')
  assert.is(missingReferences({ location: '/1/a.xsd', targetNamespace: '', root }).length, 1)
})

test.run()
