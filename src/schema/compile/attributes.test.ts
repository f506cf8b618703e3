import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { key } from '../model.ts'
import type { ComplexType, Model } from '../model.ts'
import { modelOf, T } from '../schema.fixture.ts'

const test = suite('compile-attributes')

const complex = (model: Model, name: string) => model.types.get(key(T, name)) as ComplexType
const attributesOf = (model: Model, name: string) =>
  complex(model, name).attributes.map(
    (it) => `${it.ns === '' ? '' : 'q:'}${it.name}:${it.type.builtin}${it.required ? '!' : ''}`,
  )

const ATTRIBUTES = `
  <xs:attribute name="ref" type="xs:int"/>
  <xs:attributeGroup name="inner"><xs:attribute name="i" type="xs:boolean"/></xs:attributeGroup>
  <xs:attributeGroup name="outer"><xs:attributeGroup ref="t:inner"/><xs:attribute name="o" use="required"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>
  <xs:complexType name="C"><xs:attributeGroup ref="t:outer"/><xs:attribute ref="t:ref" use="required"/><xs:attribute name="f" type="xs:int" fixed="1"/><xs:attribute name="d" default="x"/><xs:attribute name="s"><xs:simpleType><xs:restriction base="xs:token"/></xs:simpleType></xs:attribute></xs:complexType>
  <xs:complexType name="E"><xs:complexContent><xs:extension base="t:C"><xs:attribute name="more" type="xs:int"/></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="R"><xs:complexContent><xs:restriction base="t:C"><xs:attribute name="i" use="prohibited"/><xs:attribute name="d" type="xs:int" use="required"/></xs:restriction></xs:complexContent></xs:complexType>`

test('collects attributes from groups, references and bases', () => {
  const model = modelOf(ATTRIBUTES)
  const own = ['i:boolean', 'o:anySimpleType!', 'q:ref:int!', 'f:int', 'd:anySimpleType', 's:token']
  assert.equal(attributesOf(model, 'C'), own)
  assert.equal(attributesOf(model, 'E'), [...own, 'more:int'])
  assert.equal(attributesOf(model, 'R'), [
    'o:anySimpleType!',
    'q:ref:int!',
    'f:int',
    'd:int!',
    's:token',
  ])
  const [fixed, byDefault] = complex(model, 'C').attributes.slice(3)
  assert.is(fixed?.fixed, '1')
  assert.is(byDefault?.default, 'x')
})

test('a wildcard for attributes is inherited by extension and not by restriction', () => {
  const model = modelOf(ATTRIBUTES)
  const other = { namespaces: { kind: 'other', ns: T }, process: 'lax' }
  assert.equal(complex(model, 'C').anyAttribute, other)
  assert.equal(complex(model, 'E').anyAttribute, other)
  assert.is(complex(model, 'R').anyAttribute, undefined)
})

test('a reference to xml:lang means the namespace of XML', () => {
  const model = modelOf(
    `<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/><xs:complexType name="C"><xs:attribute ref="xml:lang"/></xs:complexType>`,
    {
      '/0/xml.xsd':
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/></xs:schema>',
    },
  )
  const [lang] = complex(model, 'C').attributes
  assert.is(lang?.ns, 'http://www.w3.org/XML/1998/namespace')
  assert.is(lang?.type.builtin, 'language')
})

test.run()
