import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { key } from '../model.ts'
import type { Model, SimpleType } from '../model.ts'
import { attributesOf, contentOf, modelOf, T, xsd } from '../schema.fixture.ts'

const test = suite('compile-node')

const simple = (model: Model, name: string) => model.types.get(key(T, name)) as SimpleType
const E = (name: string) => `<xs:element name="${name}" type="xs:string"/>`

test('redefine: types, groups and attribute groups stand on what they replace, over several files', () => {
  const model = modelOf(
    `<xs:redefine schemaLocation="b.xsd">
      <xs:complexType name="C"><xs:complexContent><xs:extension base="t:C"><xs:sequence>${E('top')}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>
      <xs:simpleType name="S"><xs:restriction base="t:S"><xs:maxLength value="5"/></xs:restriction></xs:simpleType>
      <xs:group name="g"><xs:sequence><xs:group ref="t:g"/>${E('z')}</xs:sequence></xs:group>
      <xs:attributeGroup name="ag"><xs:attributeGroup ref="t:ag"/><xs:attribute name="z" type="xs:int"/></xs:attributeGroup>
    </xs:redefine>
    <xs:complexType name="G"><xs:sequence><xs:group ref="t:g"/></xs:sequence><xs:attributeGroup ref="t:ag"/></xs:complexType>`,
    {
      '/0/b.xsd': xsd(
        `<xs:redefine schemaLocation="c.xsd"><xs:complexType name="C"><xs:complexContent><xs:extension base="t:C"><xs:sequence>${E('middle')}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>
         <xs:group name="g"><xs:sequence><xs:group ref="t:g"/>${E('y')}</xs:sequence></xs:group></xs:redefine>`,
      ),
      '/0/c.xsd': xsd(
        `<xs:complexType name="C"><xs:sequence>${E('bottom')}</xs:sequence></xs:complexType><xs:simpleType name="S"><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
         <xs:group name="g"><xs:sequence>${E('x')}</xs:sequence></xs:group><xs:attributeGroup name="ag"><xs:attribute name="x" type="xs:int"/></xs:attributeGroup>`,
      ),
    },
  )
  assert.is(contentOf(model, 'C'), '(((bottom), (middle)), (top))')
  assert.equal(simple(model, 'S').facets, { minLength: 1, maxLength: 5 })
  assert.is(contentOf(model, 'G'), '((((x), y), z))')
  assert.equal(attributesOf(model, 'G'), ['x:int', 'z:int'])
})

test.run()
