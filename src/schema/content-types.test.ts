// Which types a noun's documentation lists, and how they are named.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { derivedFrom } from './descendants.ts'
import { rowsOf } from './content-rows.ts'
import { builtinLabel, literalsOf, restrictionsOf, typeLabel, typesIn } from './content-types.ts'
import type { ComplexType, SimpleType } from './model.ts'
import { T, declared, modelOf } from './schema.fixture.ts'

const test = suite('content types')

const model = modelOf(`
  <xs:element name="a" type="t:A"/>
  <xs:complexType name="A"><xs:sequence>
    <xs:element name="plain" type="xs:string"/><xs:element name="kind" type="t:Kind"/>
    <xs:element name="codes" type="t:Codes"/><xs:element name="either" type="t:Either"/>
    <xs:element name="text" type="t:Text"/>
    <xs:element name="short"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="inner"><xs:complexType><xs:simpleContent><xs:extension base="xs:date"><xs:attribute name="x"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="bare"><xs:complexType/></xs:element>
  </xs:sequence></xs:complexType>
  <xs:complexType name="B"><xs:complexContent><xs:extension base="t:A"/></xs:complexContent></xs:complexType>
  <xs:complexType name="Text"><xs:simpleContent><xs:extension base="t:Code"><xs:attribute name="y"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="Kind"><xs:restriction base="xs:string"><xs:enumeration value="p"><xs:annotation><xs:documentation>First.</xs:documentation></xs:annotation></xs:enumeration><xs:enumeration value="q"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Code"><xs:restriction base="xs:NCName"><xs:pattern value="[A-Z]+"/><xs:length value="3"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Codes"><xs:list itemType="t:Code"/></xs:simpleType>
  <xs:simpleType name="Either"><xs:union memberTypes="t:Kind xs:int"/></xs:simpleType>`)

const rows = rowsOf({ decl: declared(model, 'a'), model })
const simple = (name: string) => model.types.get(`{${T}}${name}`) as SimpleType
const labelOf = (name: string) => {
  const row = rows.find((it) => 'name' in it && it.name === name)
  return row !== undefined && 'type' in row ? typeLabel(row.type) : undefined
}

test('lists named types as they are met, those inside others included, built-in ones not', () => {
  const { simple: values, complex } = typesIn(rows)
  assert.equal(
    values.map((it) => it.name),
    ['Kind', 'Codes', 'Code', 'Either'],
  )
  assert.equal(
    complex.map((it) => it.name),
    ['A', 'Text'],
  )
})

/** [element, label] */
const LABELS: readonly (readonly [string, string])[] = [
  ['plain', 'xs:string'],
  ['kind', 'Kind'],
  ['short', 'xs:int'],
  ['inner', 'xs:date'],
  ['bare', ''],
]

for (const [name, label] of LABELS)
  test(`${name} is shown as ${label || 'nothing'}`, () => assert.is(labelOf(name), label))

test('lists and unions without a name are said by their parts', () => {
  assert.is(typeLabel({ ...simple('Codes'), name: '' }), 'list of Code')
  assert.is(typeLabel({ ...simple('Either'), name: '' }), 'Kind or xs:int')
  assert.equal([simple('Codes'), simple('Code')].map(builtinLabel), ['list', 'xs:NCName'])
})

test('restrictions are what the schema adds, not what the built-in type has', () => {
  assert.equal(restrictionsOf(simple('Code')), [
    'text that matches [A-Z]+',
    'a length of exactly 3',
  ])
  const short = rows.find((it) => 'name' in it && it.name === 'short')
  assert.ok(short !== undefined && 'type' in short && short.type.kind === 'simple')
  assert.equal(restrictionsOf(short.type), ['9 or less'])
  assert.equal(restrictionsOf(simple('Kind')), [])
})

test('literals come with their meanings', () => {
  assert.equal(literalsOf(simple('Kind')), [
    ['p', 'First.'],
    ['q', ''],
  ])
  assert.equal(literalsOf(simple('Code')), [])
})

test('types that may take the place of another', () => {
  const names = (name: string) =>
    derivedFrom(model.types.get(`{${T}}${name}`) as ComplexType, model).map((it) => it.name)
  assert.equal([names('A'), names('B')], [['B'], []])
})

test.run()
