import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from './compile.ts'
import { key } from '../model.ts'
import { catalogueOf } from '../catalogue.ts'
import type { ComplexType, Model, SimpleType, Type } from '../model.ts'
import {
  attributesOf,
  complex,
  contentOf,
  declared,
  filesOf,
  modelOf,
  T,
  xsd,
} from '../schema.fixture.ts'
import { schemasOf } from '../schemas.ts'

const test = suite('compile')

const typeNamed = (model: Model, name: string) => model.types.get(key(T, name)) as Type

const E = (name: string, more = '') => `<xs:element name="${name}" type="xs:string" ${more}/>`

/** body of a type T -> its content */
const MODELS: readonly (readonly [string, string])[] = [
  ['', 'empty'],
  ['<xs:sequence/>', '()'],
  [
    `<xs:sequence>${E('a')}${E('b', 'minOccurs="0"')}${E('c', 'maxOccurs="unbounded"')}${E('d', 'minOccurs="2" maxOccurs="3"')}</xs:sequence>`,
    '(a, b?, c+, d{2..3})',
  ],
  [`<xs:choice minOccurs="0" maxOccurs="unbounded">${E('a')}${E('b')}</xs:choice>`, '(a | b)*'],
  [`<xs:all>${E('a')}${E('b', 'minOccurs="0"')}</xs:all>`, '(a & b?)'],
  [
    `<xs:sequence>${E('a')}<xs:choice>${E('b')}<xs:sequence>${E('c')}${E('d')}</xs:sequence></xs:choice></xs:sequence>`,
    '(a, (b | (c, d)))',
  ],
  [`<xs:sequence>${E('a', 'maxOccurs="0" minOccurs="0"')}${E('b')}</xs:sequence>`, '(b)'],
  [
    `<xs:sequence>${E('a')}<xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded"/>${E('b')}</xs:sequence>`,
    '(a, any*, b)',
  ],
  ['<xs:sequence><xs:element ref="t:global" minOccurs="0"/></xs:sequence>', '(global?)'],
  ['<xs:group ref="t:pair" minOccurs="0"/>', '(x, y)?'],
  [
    `<xs:sequence><xs:group ref="t:pair" maxOccurs="2"/>${E('a')}</xs:sequence>`,
    '((x, y){1..2}, a)',
  ],
  [`<xs:sequence><xs:annotation/>${E('a', 'form="unqualified"')}</xs:sequence>`, '(-a)'],
  [
    `<xs:complexContent><xs:extension base="t:base"><xs:sequence>${E('c')}</xs:sequence></xs:extension></xs:complexContent>`,
    '((p), (c))',
  ],
  ['<xs:complexContent><xs:extension base="t:base"/></xs:complexContent>', '(p)'],
  [
    `<xs:complexContent><xs:extension base="t:bare"><xs:sequence>${E('c')}</xs:sequence></xs:extension></xs:complexContent>`,
    '(c)',
  ],
  [
    `<xs:complexContent><xs:restriction base="t:base"><xs:sequence>${E('p', 'minOccurs="1"')}</xs:sequence></xs:restriction></xs:complexContent>`,
    '(p)',
  ],
  ['<xs:complexContent><xs:restriction base="t:base"/></xs:complexContent>', 'empty'],
  ['<xs:simpleContent><xs:extension base="xs:string"/></xs:simpleContent>', 'simple'],
]
const HELP = `<xs:element name="global" type="xs:int"/>
  <xs:group name="pair"><xs:sequence>${E('x')}${E('y')}</xs:sequence></xs:group>
  <xs:complexType name="base"><xs:sequence>${E('p')}</xs:sequence></xs:complexType>
  <xs:complexType name="bare"/>`

for (const [body, expected] of MODELS)
  test(`compiles the content ${expected}`, () => {
    const model = modelOf(`${HELP}<xs:complexType name="C">${body}</xs:complexType>`)
    assert.is(contentOf(model, 'C'), expected)
  })

test('qualifies local names by form and elementFormDefault, global ones always', () => {
  const body = `<xs:element name="g" type="t:C"/><xs:complexType name="C"><xs:sequence>${E('a')}${E('b', 'form="qualified"')}</xs:sequence><xs:attribute name="p" type="xs:int"/><xs:attribute name="q" type="xs:int" form="qualified"/></xs:complexType>`
  const plain = modelOf(xsd(body, ''))
  assert.is(contentOf(plain, 'C'), '(-a, b)')
  assert.equal(attributesOf(plain, 'C'), ['p:int', 'q:q:int'])
  assert.ok(plain.elements.has(key(T, 'g')))
  const qualified = modelOf(
    xsd(body, 'elementFormDefault="qualified" attributeFormDefault="qualified"'),
  )
  assert.is(contentOf(qualified, 'C'), '(a, b)')
  assert.equal(attributesOf(qualified, 'C'), ['q:p:int', 'q:q:int'])
})

test('compiles simple content, restricted and extended', () => {
  const model = modelOf(`
    <xs:complexType name="quantity"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit"/></xs:extension></xs:simpleContent></xs:complexType>
    <xs:complexType name="few"><xs:simpleContent><xs:restriction base="t:quantity"><xs:maxInclusive value="9"/><xs:attribute name="unit" use="required"/></xs:restriction></xs:simpleContent></xs:complexType>
    <xs:complexType name="listed"><xs:simpleContent><xs:restriction base="t:quantity"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:restriction></xs:simpleContent></xs:complexType>`)
  const text = (name: string) => (complex(model, name).content as { type: SimpleType }).type
  assert.is(text('quantity').builtin, 'decimal')
  assert.is(text('few').facets.maxInclusive, '9')
  assert.equal(attributesOf(model, 'few'), ['unit:anySimpleType!'])
  assert.is(text('listed').builtin, 'int')
  assert.is(complex(model, 'few').derivation, 'restriction')
  assert.is(complex(model, 'few').base, complex(model, 'quantity'))
})

test('mixed and abstract come from the type or its complexContent, mixed also from an extended base', () => {
  const model = modelOf(`
    <xs:complexType name="m" mixed="true" abstract="true"><xs:sequence/></xs:complexType>
    <xs:complexType name="e"><xs:complexContent mixed="true"><xs:extension base="t:m"/></xs:complexContent></xs:complexType>
    <xs:complexType name="i"><xs:complexContent><xs:extension base="t:m"/></xs:complexContent></xs:complexType>
    <xs:complexType name="r"><xs:complexContent><xs:restriction base="xs:anyType"><xs:sequence/></xs:restriction></xs:complexContent></xs:complexType>`)
  const flags = (name: string) => [complex(model, name).mixed, complex(model, name).abstract]
  assert.equal(['m', 'e', 'i', 'r'].map(flags), [
    [true, true],
    [true, false],
    [true, false],
    [false, false],
  ])
})

test('anonymous types belong to their element; recursive ones hold themselves', () => {
  const model = modelOf(`
    <xs:element name="tree"><xs:complexType><xs:sequence><xs:element ref="t:tree" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
    <xs:complexType name="node"><xs:sequence><xs:element name="child" type="t:node" minOccurs="0"/></xs:sequence></xs:complexType>
    <xs:group name="g"><xs:sequence><xs:element name="n"><xs:complexType><xs:sequence><xs:group ref="t:g" minOccurs="0"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:group>
    <xs:element name="loop"><xs:complexType><xs:group ref="t:g"/></xs:complexType></xs:element>`)
  const first = (type: Type): Type => {
    const { content } = type as ComplexType
    const particle = content.kind === 'particle' ? content.particle : undefined
    const item = particle !== undefined && 'items' in particle ? particle.items[0] : undefined
    const leaf = item !== undefined && 'items' in item ? item.items[0] : item
    return leaf?.kind === 'element' ? leaf.decl.type : type
  }
  const type = declared(model, 'tree').type
  assert.is(type.name, '')
  assert.is(first(type), type)
  assert.is(first(typeNamed(model, 'node')), typeNamed(model, 'node'))
  const n = first(declared(model, 'loop').type)
  assert.is(first(n), n)
})

test('an element without a type has that of its head, else any type', () => {
  const model = modelOf(`
    <xs:element name="head" type="xs:int" abstract="true"/><xs:element name="a" substitutionGroup="t:head"/>
    <xs:element name="b" type="xs:byte" substitutionGroup="t:a"/><xs:element name="none" nillable="true" default="x"/>`)
  assert.is((declared(model, 'a').type as SimpleType).builtin, 'int')
  assert.is(declared(model, 'none').type.name, 'anyType')
  assert.is(declared(model, 'none').nillable, true)
  assert.is(declared(model, 'none').default, 'x')
  const names = (head: string) => model.substitutes.get(key(T, head))?.map((it) => it.name)
  assert.equal(names('head'), ['a', 'b'])
  assert.equal(names('a'), ['b'])
  assert.is(names('b'), undefined)
})

const OTHER = (body: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o" xmlns:o="urn:o">${body}</xs:schema>`

test('imports: references and bases across namespaces', () => {
  const body = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${T}" targetNamespace="${T}" xmlns:o="urn:o" elementFormDefault="qualified">
    <xs:import namespace="urn:o" schemaLocation="o.xsd"/>
    <xs:complexType name="C"><xs:complexContent><xs:extension base="o:B"><xs:sequence><xs:element ref="o:e"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:schema>`
  const model = modelOf(body, {
    '/0/o.xsd': OTHER(
      `<xs:element name="e" type="xs:int"/><xs:complexType name="B"><xs:sequence>${E('local')}</xs:sequence></xs:complexType>`,
    ),
  })
  assert.is(contentOf(model, 'C'), '((-local), (e))')
  assert.equal(model.namespaces, [T, 'urn:o'])
})

const PART = (body: string) =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">${body}</xs:schema>`

test('a chameleon include takes the namespace of its includer', () => {
  const model = modelOf('<xs:include schemaLocation="part.xsd"/>', {
    '/0/part.xsd': PART(
      `<xs:element name="e" type="S"/><xs:simpleType name="S"><xs:restriction base="xs:int"/></xs:simpleType><xs:complexType name="C"><xs:sequence><xs:element ref="e"/><xs:element name="l" type="S"/></xs:sequence></xs:complexType>`,
    ),
  })
  assert.is((declared(model, 'e').type as SimpleType).name, 'S')
  assert.is(contentOf(model, 'C'), '(e, l)')
})

const named = (content: string) =>
  `<xs:element name="e" type="t:C"/><xs:complexType name="C">${content}</xs:complexType>`

/** what names it, and what the error says */
const UNDEFINED: readonly (readonly [string, string])[] = [
  ['<xs:element name="e" type="t:gone"/>', 'type gone of the namespace urn:t'],
  ['<xs:element name="e" type="xs:strin"/>', 'type strin of the namespace http://www.w3.org'],
  [named('<xs:sequence><xs:element ref="t:gone"/></xs:sequence>'), 'element gone'],
  [named('<xs:sequence><xs:group ref="t:gone"/></xs:sequence>'), 'group gone'],
  [named('<xs:attribute ref="t:gone"/>'), 'attribute gone'],
  [named('<xs:attribute name="a" type="gone"/>'), 'type gone of no namespace'],
  [named('<xs:attributeGroup ref="t:gone"/>'), 'attributeGroup gone'],
  [
    named('<xs:complexContent><xs:extension base="t:gone"/></xs:complexContent>'),
    'type gone of the namespace urn:t',
  ],
]

for (const [body, what] of UNDEFINED)
  test(`refuses what no file defines: ${what} in ${body}`, () => {
    const model = modelOf(body)
    for (let time = 0; time < 2; time += 1)
      assert.throws(() => declared(model, 'e'), `0/t.xsd: No file defines the ${what}`)
  })

test('an unusable schema is told by file, line and column, and its text is read once for it', () => {
  let read = 0
  const [file] = filesOf({ '/0/t.xsd': xsd('<xs:element name="e" type="t:gone"/>') })
  const locator = () => {
    read += 1
    return (index: number) => ({ line: 10 + index, column: 3 })
  }
  const set = schemasOf(catalogueOf([{ ...file!, path: 'xsd/t.xsd', locator }]))
  for (const verb of [undefined, 'create'])
    assert.throws(
      () => set.payload(T, 'e', verb),
      /^xsd\/t\.xsd:11:3: No file defines the type gone/,
    )
  assert.is(read, 1)
  // The derived variant is another tree with the same places.
  assert.throws(() => set.payload(T, 'e', 'change'), /^xsd\/t\.xsd:11:3: No file/)
})

test('keeps the order of the files whatever is asked for first', () => {
  const model = modelOf(['c', 'a', 'b'].map((it) => E(it)).join(''))
  declared(model, 'b')
  const names = ['c', 'a', 'b'].map((it) => key(T, it))
  assert.equal([...model.elements.keys()], names)
  assert.equal(
    [...model.elements].map(([it]) => it),
    names,
  )
  assert.equal(
    [...model.elements.values()].map((it) => it.name),
    ['c', 'a', 'b'],
  )
  assert.equal([...model.elements.entries()].length, model.elements.size)
  const seen: string[] = []
  model.elements.forEach((it) => seen.push(it.name))
  assert.equal(seen, ['c', 'a', 'b'])
})

test('compiles a type once', () => {
  const model = modelOf(
    '<xs:complexType name="C"/><xs:element name="a" type="t:C"/><xs:element name="b" type="t:C"/>',
  )
  assert.is(declared(model, 'a').type, declared(model, 'b').type)
  assert.is(declared(model, 'a'), declared(model, 'a'))
})

test('without files there is an empty model', () => {
  const model = compile([])
  assert.is(model.elements.size, 0)
  assert.equal(model.namespaces, [])
})

test.run()
