import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { key } from '../model.ts'
import type { SimpleType, Model } from '../model.ts'
import { modelOf, T } from '../schema.fixture.ts'

const test = suite('compile-simple')

const simple = (model: Model, name: string) => model.types.get(key(T, name)) as SimpleType

test('compiles simple types: restriction, list, union, and how they nest', () => {
  const model = modelOf(`
    <xs:simpleType name="code"><xs:restriction base="xs:token"><xs:maxLength value="4"/><xs:enumeration value="a"/><xs:enumeration value="b"/><xs:pattern value="x"/></xs:restriction></xs:simpleType>
    <xs:simpleType name="narrow"><xs:restriction base="t:code"><xs:maxLength value="2"/><xs:pattern value="y"/><xs:pattern value="z"/></xs:restriction></xs:simpleType>
    <xs:simpleType name="codes"><xs:list itemType="t:code"/></xs:simpleType>
    <xs:simpleType name="inline"><xs:list><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="1"/></xs:restriction></xs:simpleType></xs:list></xs:simpleType>
    <xs:simpleType name="either"><xs:union memberTypes="xs:int t:code"><xs:simpleType><xs:restriction base="xs:date"/></xs:simpleType></xs:union></xs:simpleType>
    <xs:simpleType name="kept"><xs:restriction base="xs:string"><xs:whiteSpace value="collapse"/></xs:restriction></xs:simpleType>`)
  assert.equal(simple(model, 'code').facets, {
    maxLength: 4,
    enumeration: ['a', 'b'],
    patterns: [['x']],
  })
  assert.equal(simple(model, 'narrow').facets, {
    maxLength: 2,
    enumeration: ['a', 'b'],
    patterns: [['x'], ['y', 'z']],
  })
  assert.is(simple(model, 'narrow').base, simple(model, 'code'))
  assert.is(simple(model, 'codes').item, simple(model, 'code'))
  assert.is(simple(model, 'codes').variety, 'list')
  assert.is(simple(model, 'inline').item?.facets.minInclusive, '1')
  assert.equal(
    simple(model, 'either').members?.map((it) => it.name || it.builtin),
    ['int', 'code', 'date'],
  )
  assert.is(simple(model, 'kept').whiteSpace, 'collapse')
})

test('a simple type that says nothing of its base is anything', () => {
  const model = modelOf(`
    <xs:simpleType name="bare"/><xs:simpleType name="restricted"><xs:restriction/></xs:simpleType>
    <xs:simpleType name="listed"><xs:list/></xs:simpleType><xs:simpleType name="joined"><xs:union/></xs:simpleType>
    <xs:simpleType name="odd"><xs:restriction base="xs:int"><xs:maxInclusive/><xs:enumeration/></xs:restriction></xs:simpleType>`)
  assert.is(simple(model, 'bare').builtin, 'anySimpleType')
  assert.is(simple(model, 'restricted').builtin, 'anySimpleType')
  assert.is(simple(model, 'listed').item?.builtin, 'anySimpleType')
  assert.equal(simple(model, 'joined').members, [])
  assert.equal(simple(model, 'odd').facets.enumeration, [''])
})

test.run()
