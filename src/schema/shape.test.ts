import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { key } from './model.ts'
import type { ComplexType, Model } from './model.ts'
import { declared, modelOf, T, xsd } from './schema.fixture.ts'
import { alternatives, fieldFor, shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

const test = suite('shape')

const E = (name: string, more = '') => `<xs:element name="${name}" type="xs:string" ${more}/>`
const MANY = 'maxOccurs="unbounded"'

function shape(
  body: string,
  model: Model = modelOf(`<xs:complexType name="C">${body}</xs:complexType>`),
): Shape {
  return shapeOf(model.types.get(key(T, 'C')) as ComplexType, model)
}

/** Keys in order, arrays marked. */
const keys = (it: Shape) => it.fields.map((one) => `${one.key}${one.array ? '[]' : ''}`).join(' ')

/** content, keys, whether grouping keeps the order */
const TABLE: readonly (readonly [string, string, boolean])[] = [
  ['', '', true],
  [
    `<xs:sequence>${E('a')}${E('b', MANY)}${E('c', 'minOccurs="0"')}${E('d', 'maxOccurs="2"')}</xs:sequence>`,
    'a b[] c d[]',
    true,
  ],
  [`<xs:sequence maxOccurs="2">${E('a')}${E('b')}</xs:sequence>`, 'a[] b[]', false],
  [
    `<xs:sequence><xs:sequence ${MANY}>${E('a')}</xs:sequence>${E('b')}</xs:sequence>`,
    'a[] b',
    false,
  ],
  [`<xs:choice>${E('a')}${E('b', MANY)}</xs:choice>`, 'a b[]', true],
  [`<xs:choice ${MANY}>${E('a')}${E('b')}</xs:choice>`, 'a[] b[]', false],
  [
    `<xs:choice><xs:sequence>${E('a')}${E('x')}</xs:sequence><xs:sequence>${E('b')}${E('x')}</xs:sequence></xs:choice>`,
    'a x b',
    false,
  ],
  [`<xs:sequence>${E('a')}${E('b')}${E('a')}</xs:sequence>`, 'a[] b', false],
  [`<xs:all>${E('a')}${E('b', 'minOccurs="0"')}</xs:all>`, 'a b', false],
  [
    `<xs:sequence>${E('a')}<xs:any namespace="##other" ${MANY}/>${E('b')}</xs:sequence>`,
    'a b',
    true,
  ],
  [
    `<xs:sequence><xs:any namespace="urn:1"/>${E('a')}<xs:any namespace="urn:2"/></xs:sequence>`,
    'a',
    false,
  ],
]

for (const [body, expected, grouped] of TABLE)
  test(`keys of ${expected === '' ? 'no content' : expected}, ${grouped ? 'grouped' : 'in an order of their own'}`, () => {
    const it = shape(body)
    assert.is(keys(it), expected)
    assert.is(it.grouped, grouped)
  })

test('wildcards that stand together keep the order, also in a group of their own', () => {
  const any = '<xs:any namespace="##other"/>'
  const some = `<xs:any namespace="##other" minOccurs="0" ${MANY}/>`
  const it = shape(
    `<xs:sequence>${E('a')}<xs:sequence minOccurs="0">${any}${some}</xs:sequence>${E('b')}</xs:sequence>`,
  )
  assert.is(it.grouped, true)
  assert.is(it.openAt, 1)
  assert.is(shape(`<xs:choice ${MANY}>${any}</xs:choice>`).grouped, true)
})

test('mixed content has an order of its own', () => {
  const model = modelOf(
    `<xs:complexType name="C" mixed="true"><xs:sequence>${E('a')}</xs:sequence></xs:complexType>`,
  )
  assert.is(shape('', model).grouped, false)
})

test('knows where extensions stand', () => {
  const any = '<xs:any namespace="##other" minOccurs="0"/>'
  const at = (body: string) => [shape(body).open, shape(body).openAt]
  assert.equal(at(`<xs:sequence>${any}${E('a')}</xs:sequence>`), [true, 0])
  assert.equal(at(`<xs:sequence>${E('a')}${any}${E('b')}</xs:sequence>`), [true, 1])
  assert.equal(at(`<xs:sequence>${E('a')}</xs:sequence>`), [false, 1])
})

const TWO = {
  '/0/o.xsd':
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"><xs:element name="a" type="xs:int"/><xs:attribute name="p" type="xs:int"/></xs:schema>',
}
const CLASH = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o" targetNamespace="${T}" elementFormDefault="qualified"><xs:import namespace="urn:o" schemaLocation="o.xsd"/>
  <xs:complexType name="C"><xs:sequence>${E('a')}<xs:element ref="o:a"/></xs:sequence><xs:attribute name="p"/><xs:attribute ref="o:p"/></xs:complexType></xs:schema>`

test('one local name in two namespaces is told apart by its full name', () => {
  const it = shape('', modelOf(CLASH, TWO))
  assert.is(keys(it), 'a {urn:o}a')
  assert.is(fieldFor(it, T, 'a')?.key, 'a')
  assert.is(fieldFor(it, 'urn:o', 'a')?.key, '{urn:o}a')
  assert.is(fieldFor(it, 'urn:x', 'a'), undefined)
  assert.equal([...it.attributes.keys()], ['@p', '@{urn:o}p'])
  assert.is(it.attributesByName.get(key('urn:o', 'p'))?.key, '@{urn:o}p')
})

test('finds a field by namespace and name', () => {
  const it = shape(`<xs:sequence>${E('a')}</xs:sequence>`)
  assert.is(fieldFor(it, T, 'a')?.at, 0)
  assert.is(fieldFor(it, '', 'a'), undefined)
  assert.is(fieldFor(it, T, 'b'), undefined)
})

const GROUP = `
  <xs:element name="head" type="xs:string" abstract="true"/><xs:element name="m1" type="xs:string" substitutionGroup="t:head"/><xs:element name="m2" type="xs:string" substitutionGroup="t:m1"/>
  <xs:element name="alone" type="xs:string" abstract="true"/>
  <xs:complexType name="C"><xs:sequence><xs:element ref="t:head" ${MANY}/>${E('z')}</xs:sequence></xs:complexType>`

test('members of a substitution group stand in its place', () => {
  const model = modelOf(GROUP)
  const it = shape('', model)
  assert.is(keys(it), 'm1[] m2[] z')
  assert.is(it.grouped, false)
  const names = (name: string) => alternatives(declared(model, name), model).map((one) => one.name)
  assert.equal(names('head'), ['m1', 'm2'])
  assert.equal(names('m1'), ['m1', 'm2'])
  assert.equal(names('alone'), ['alone'])
})

test('simple content is text', () => {
  const it = shape(
    '<xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="u"/></xs:extension></xs:simpleContent>',
  )
  assert.is(it.text?.builtin, 'int')
  assert.equal([...it.attributes.keys()], ['@u'])
})

test('is worked out once for a type', () => {
  const model = modelOf(xsd('<xs:complexType name="C"/>'))
  assert.is(shape('', model), shape('', model))
})

test.run()
