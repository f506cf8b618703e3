import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tree } from './schema.fixture.ts'
import { elementsUsed, factsOf } from './schema-facts.ts'

const test = suite('schema-facts')

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'

test('reads roots and references from the top level', () => {
  const facts = factsOf(
    tree(`<xs:schema ${XS} targetNamespace="urn:t">
      <xs:import/><xs:include/><xs:redefine/><import xmlns="urn:x"/>
      <xs:element name="A"/><xs:element name="B" abstract="1"/><xs:element/>
      <xs:complexType name="T"><xs:sequence><xs:element name="inner"/></xs:sequence></xs:complexType>
    </xs:schema>`),
  )
  assert.is(facts.targetNamespace, 'urn:t')
  assert.equal(facts.roots, [
    { name: 'A', abstract: false },
    { name: 'B', abstract: true },
    { name: '', abstract: false },
  ])
  assert.is(facts.references.length, 3)
  assert.is(factsOf(tree(`<xs:schema ${XS}/>`)).targetNamespace, '')
})

test('finds what is used by reference, by whatever prefix, but not by itself', () => {
  const used = elementsUsed(
    tree(`<xs:schema ${XS} xmlns:t="urn:t"><xs:element name="A"><xs:complexType><xs:sequence>
      <xs:element ref="t:A"/><xs:element ref="t:B"/><xs:element ref="o:C" xmlns:o="urn:o"/><xs:element ref="D"/>
      <xs:element ref="unbound:E"/><xs:element name="x"/><xs:group ref="t:G"/>
    </xs:sequence></xs:complexType></xs:element></xs:schema>`),
    'urn:t',
  )
  assert.equal([...used], ['{urn:t}B', '{urn:o}C', '{urn:t}D', '{}E'])
  const bare = tree('<schema xmlns="http://www.w3.org/2001/XMLSchema"><element ref="A"/></schema>')
  assert.equal([...elementsUsed(bare, 'urn:t')], ['{http://www.w3.org/2001/XMLSchema}A'])
})

test.run()
