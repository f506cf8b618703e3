import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { pathOf } from '../envelope/element.ts'
import type { Draft } from '../envelope/finding.ts'
import { diagnose } from './diagnose.ts'
import { declared, engine, modelOf, setOf, T, tree, xsd } from './schema.fixture.ts'

const test = suite('diagnose')

const E = (name: string, type: string, more = '') =>
  `<xs:element name="${name}" type="${type}" ${more}/>`
const OPT = 'minOccurs="0"'

/** One schema for every kind of mistake. */
const BODY = `
  <xs:element name="root" type="t:Root"/>
  <xs:complexType name="Root"><xs:choice ${OPT} maxOccurs="unbounded">
    <xs:element name="flat" type="t:Flat"/><xs:element name="nested" type="t:Nested"/><xs:element name="open" type="t:Open"/>
    <xs:element name="all" type="t:All"/><xs:element name="empty" type="t:Empty"/><xs:element name="mixed" type="t:Mixed"/>
    <xs:element name="quantity" type="t:Quantity"/><xs:element name="int" type="xs:int"/><xs:element name="nil" type="xs:int" nillable="true"/>
    <xs:element name="fixed" type="xs:decimal" fixed="1.0"/><xs:element name="default" type="xs:int" default="5"/>
    <xs:element name="colour" type="t:Colour"/><xs:element name="base" type="t:Base"/><xs:element name="abstract" type="t:Abstract"/>
    <xs:element ref="t:head"/><xs:element name="any"/><xs:element name="strict" type="t:Strict"/>
  </xs:choice></xs:complexType>
  <xs:complexType name="Flat"><xs:sequence>${E('a', 'xs:string')}${E('b', 'xs:string', OPT)}${E('c', 'xs:string', 'minOccurs="2" maxOccurs="3"')}${E('dd', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="Nested"><xs:sequence>${E('a', 'xs:string')}<xs:choice>${E('b', 'xs:string')}<xs:sequence>${E('c', 'xs:string')}${E('d', 'xs:string')}</xs:sequence></xs:choice></xs:sequence></xs:complexType>
  <xs:complexType name="Open"><xs:sequence>${E('a', 'xs:string', OPT)}<xs:any namespace="##other" processContents="lax" ${OPT} maxOccurs="unbounded"/>${E('z', 'xs:string', OPT)}</xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
  <xs:complexType name="Strict"><xs:sequence><xs:any namespace="##targetNamespace" ${OPT}/></xs:sequence><xs:anyAttribute namespace="##targetNamespace"/></xs:complexType>
  <xs:complexType name="All"><xs:all>${E('a', 'xs:string')}${E('b', 'xs:string', OPT)}</xs:all></xs:complexType>
  <xs:complexType name="Empty"><xs:attribute name="p" type="xs:int"/></xs:complexType>
  <xs:complexType name="Mixed" mixed="true"><xs:sequence>${E('a', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="Quantity"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit" use="required"/><xs:attribute name="kind" type="t:Colour"/><xs:attribute name="one" type="xs:int" fixed="1"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:simpleType name="Colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="blue"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Base"><xs:sequence>${E('a', 'xs:string')}</xs:sequence></xs:complexType>
  <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>${E('m', 'xs:int')}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Abstract" abstract="true"><xs:sequence/></xs:complexType>
  <xs:complexType name="Concrete"><xs:complexContent><xs:extension base="t:Abstract"/></xs:complexContent></xs:complexType>
  <xs:element name="head" type="xs:string" abstract="true"/><xs:element name="member" type="xs:string" substitutionGroup="t:head"/>
  <xs:attribute name="known" type="xs:int"/>`

const MODEL = modelOf(BODY)
const JUDGE = engine(setOf({ '/0/t.xsd': xsd(BODY) }))

const document = (inner: string) =>
  `<root xmlns="${T}" xmlns:t="${T}" xmlns:o="urn:o" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${inner}</root>`

function findings(inner: string): readonly Draft[] {
  return diagnose(tree(document(inner)), declared(MODEL, 'root'), MODEL, 'payload-xsd')
}

const line = (inner: string, it: Draft) =>
  `${it.rule} ${pathOf(tree(document(inner)), it.at)}${it.attribute === undefined ? '' : `/@${it.attribute}`} | ${it.expected} | ${it.mend}`

/** content of the root; findings as rule, path, expected and mend; none = valid */
const TABLE: readonly (readonly [string, string, ...string[]])[] = [
  [
    'nothing wrong',
    '<flat><a/><c/><c/></flat><int> 1 </int><open o:p="1"><o:x/></open><base><a/></base>',
  ],
  [
    'missing',
    '<flat><c/><c/></flat>',
    'cvc-complex-type.2.4.b /root/flat | a | Add <a>…</a> as the first child of flat.',
  ],
  [
    'missing in the middle',
    '<flat><a/><c/></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 1 found) | Add <c>…</c> after b.',
  ],
  [
    'several missing',
    '<flat/>',
    'cvc-complex-type.2.4.b /root/flat | a | Add <a>…</a> as the first child of flat.',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 0 found) | Add <c>…</c> after b.',
  ],
  [
    'too many',
    '<flat><a/><a/><c/><c/><c/><c/></flat>',
    'cvc-complex-type.2.4.d /root/flat/a[2] | at most 1 a in flat | Keep one a, or write several flat.',
    'cvc-complex-type.2.4.d /root/flat/c[4] | at most 3 c in flat | Keep 3 of them.',
  ],
  [
    'out of order',
    '<flat><b/><a/><c/><c/></flat>',
    'cvc-complex-type.2.4.a /root/flat/b | the order a, b, c, dd | Move b before c.',
  ],
  [
    'out of order at the end',
    '<flat><dd/><a/><c/><c/></flat>',
    'cvc-complex-type.2.4.a /root/flat/dd | the order a, b, c, dd | Move dd after c.',
  ],
  [
    'unknown with a near name',
    '<flat><a/><c/><c/><ddd/></flat>',
    'cvc-complex-type.2.4.a /root/flat/ddd | one of a, b, c, dd | Did you mean dd?',
  ],
  [
    'unknown',
    '<flat><a/><c/><c/><other/></flat>',
    'cvc-complex-type.2.4.a /root/flat/other | one of a, b, c, dd | Take other out.',
  ],
  [
    'unknown in another namespace',
    '<flat><a/><c/><c/><o:x/></flat>',
    'cvc-complex-type.2.4.a /root/flat/x | one of a, b, c, dd | Take x out.',
  ],
  [
    'known name in another namespace',
    '<flat><o:a/><c/><c/></flat>',
    'cvc-complex-type.2.4.b /root/flat | a | Add <a>…</a> as the first child of flat.',
    `cvc-complex-type.2.4.a /root/flat/a | one of a, b, c, dd | Write a in the namespace ${T}.`,
  ],
  [
    'known name in no namespace',
    '<flat><a xmlns=""/><a/><c/><c/></flat>',
    `cvc-complex-type.2.4.a /root/flat/a[1] | one of a, b, c, dd | Write a in the namespace ${T}.`,
  ],
  [
    'a choice not made',
    '<nested><a/></nested>',
    'cvc-complex-type.2.4.b /root/nested | one of b, c | Add b or c after a.',
  ],
  [
    'a branch not finished',
    '<nested><a/><c/></nested>',
    'cvc-complex-type.2.4.b /root/nested | d | Add d after c.',
  ],
  [
    'two branches',
    '<nested><a/><b/><c/></nested>',
    'cvc-complex-type.2.4.a /root/nested/c | no more elements | Take c out, or move it to where the schema of nested admits it.',
  ],
  [
    'the wrong branch',
    '<nested><a/><d/></nested>',
    'cvc-complex-type.2.4.a /root/nested/d | one of b, c | Add b or c before d, or move d.',
  ],
  ['nothing of a nested model', '<nested/>', 'cvc-complex-type.2.4.b /root/nested | a | Add a.'],
  ['all: missing', '<all><b/></all>', 'cvc-complex-type.2.4.b /root/all | a | Add a after b.'],
  [
    'all: twice',
    '<all><a/><a/></all>',
    'cvc-complex-type.2.4.a /root/all/a[2] | b | Take a out, or move it to where the schema of all admits it.',
  ],
  ['all: any order', '<all><b/><a/></all>'],
  ['extension at the wildcard', '<open><a/><o:x p="1"><o:y/></o:x><z/></open>'],
  [
    'extension at the wrong place',
    '<open><z/><o:x/></open>',
    'cvc-complex-type.2.4.a /root/open/z | the order a, extension elements, z | Move z after x.',
  ],
  [
    'extension without a namespace of its own',
    '<open><other/></open>',
    'cvc-complex-type.2.4.a /root/open/other | one of a, z | Write other in the namespace of its own schema (xmlns="…"), or take it out.',
  ],
  ['known element at a wildcard', '<strict><member>x</member></strict>'],
  [
    'unknown element at a strict wildcard',
    '<strict><nobody/></strict>',
    'cvc-complex-type.2.4.a /root/strict/nobody | an element that the schema has | Write nobody in the namespace of its own schema (xmlns="…"), or take it out.',
  ],
  ['known attribute at a wildcard', '<strict t:known="1"/>'],
  [
    'wrong attribute at a wildcard',
    '<strict t:known="x"/>',
    'cvc-datatype-valid.1.2.1 /root/strict/@known | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  [
    'unknown attribute at a strict wildcard',
    '<strict t:nobody="x"/>',
    'cvc-complex-type.3.2.2 /root/strict/@nobody | no attribute | Take nobody out.',
  ],
  [
    'attribute that the wildcard does not admit',
    '<open p="1"/>',
    'cvc-complex-type.3.2.2 /root/open/@p | no attribute | Take p out.',
  ],
  [
    'content where none is',
    '<empty><a/></empty>',
    'cvc-complex-type.2.1 /root/empty/a | no content in empty | Take a out.',
  ],
  [
    'text where none is',
    '<empty>x</empty>',
    'cvc-complex-type.2.3 /root/empty | child elements only | Take the text out, or put it into an element.',
  ],
  [
    'text between children',
    '<base>x<a/></base>',
    'cvc-complex-type.2.3 /root/base | child elements only | Take the text out, or put it into an element.',
  ],
  ['text in mixed content', '<mixed>x<a/>y</mixed>'],
  [
    'a value',
    '<int>x</int>',
    'cvc-datatype-valid.1.2.1 /root/int | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  [
    'an empty value',
    '<int/>',
    'cvc-datatype-valid.1.2.1 /root/int | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  ['an empty value with a default', '<default/><fixed/>'],
  ['a fixed value by its text', '<fixed>1</fixed>', 'cvc-elt.5.2.2 /root/fixed | 1.0 | Write 1.0.'],
  ['a fixed value', '<fixed>2</fixed>', 'cvc-elt.5.2.2 /root/fixed | 1.0 | Write 1.0.'],
  [
    'an enumeration',
    '<colour>green</colour>',
    'cvc-enumeration-valid /root/colour | one of red, blue | Write one of red, blue.',
  ],
  [
    'an enumeration in the wrong case',
    '<colour>Red</colour>',
    'cvc-enumeration-valid /root/colour | one of red, blue | Write red: values are case-sensitive.',
  ],
  [
    'elements where text is',
    '<int><a/></int>',
    'cvc-type.3.1.2 /root/int/a | text in int | Write the value straight into int.',
  ],
  [
    'elements where simple content is',
    '<quantity unit="W"><a/></quantity>',
    'cvc-complex-type.2.2 /root/quantity/a | text in quantity | Write the value straight into quantity.',
  ],
  [
    'an attribute on a simple element',
    '<int p="1">1</int>',
    'cvc-type.3.1.1 /root/int/@p | no attribute | Take p out.',
  ],
  [
    'a missing attribute',
    '<quantity>1</quantity>',
    'cvc-complex-type.4 /root/quantity/@unit | the attribute unit | Add unit="…".',
  ],
  [
    'an unknown attribute',
    '<quantity unit="W" unti="W">1</quantity>',
    'cvc-complex-type.3.2.2 /root/quantity/@unti | one of unit, kind, one | Take unti out.',
  ],
  [
    'an attribute nearly right',
    '<quantity unit="W" Kind="red">1</quantity>',
    'cvc-complex-type.3.2.2 /root/quantity/@Kind | one of unit, kind, one | Did you mean kind?',
  ],
  [
    'an attribute in a namespace',
    '<quantity o:unit="W">1</quantity>',
    'cvc-complex-type.3.2.2 /root/quantity/@unit | one of unit, kind, one | Did you mean unit?',
    'cvc-complex-type.4 /root/quantity/@unit | the attribute unit | Add unit="…".',
  ],
  [
    'an attribute value',
    '<quantity unit="W" kind="Blue">1</quantity>',
    'cvc-enumeration-valid /root/quantity/@kind | one of red, blue | Write blue: values are case-sensitive.',
  ],
  [
    'a fixed attribute',
    '<quantity unit="W" one="2">1</quantity>',
    'cvc-attribute.4 /root/quantity/@one | 1 | Write 1.',
  ],
  ['a fixed attribute by value', '<quantity unit="W" one="+1">1</quantity>'],
  ['nil', '<nil xsi:nil="true"/>'],
  [
    'nil with content',
    '<nil xsi:nil="1">1</nil>',
    'cvc-elt.3.2.1 /root/nil | no content | Take out xsi:nil or the content.',
  ],
  [
    'nil where it may not be',
    '<int xsi:nil="true"/>',
    'cvc-elt.3.1 /root/int/@nil | no xsi:nil | Leave int out where there is no value.',
  ],
  [
    'nil with a missing attribute',
    '<quantity xsi:nil="true"/>',
    'cvc-elt.3.1 /root/quantity/@nil | no xsi:nil | Leave quantity out where there is no value.',
    'cvc-complex-type.4 /root/quantity/@unit | the attribute unit | Add unit="…".',
  ],
  ['not nil', '<nil xsi:nil="false">1</nil>'],
  ['a derived type', '<base xsi:type="t:More"><a/><m>1</m></base>'],
  ['a derived type by the default namespace', '<base xsi:type="More"><a/><m>1</m></base>'],
  [
    'a derived type that is incomplete',
    '<base xsi:type="t:More"><a/></base>',
    'cvc-complex-type.2.4.b /root/base | m | Add <m>…</m> after a.',
  ],
  [
    'a type that nobody has',
    '<base xsi:type="t:Nothing"><a/></base>',
    'cvc-elt.4.2 /root/base/@type | a type that the schema has | Take xsi:type out, or name a type derived from the declared one; mind its prefix.',
  ],
  [
    'a type in the wrong namespace',
    '<base xsi:type="o:More"><a/></base>',
    'cvc-elt.4.2 /root/base/@type | a type that the schema has | Take xsi:type out, or name a type derived from the declared one; mind its prefix.',
  ],
  [
    'a type that is not derived',
    '<base xsi:type="t:Flat"><a/><c/><c/></base>',
    'cvc-elt.4.3 /root/base/@type | a type derived from Base | Take xsi:type out, or name a derived type.',
  ],
  ['any element says its type', '<any xsi:type="xs:int">1</any>'],
  [
    'any element of a built-in type',
    '<any xsi:type="xs:int">x</any>',
    'cvc-datatype-valid.1.2.1 /root/any | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
  ],
  ['any element holds anything', '<any p="1"><whatever>x</whatever></any>'],
  [
    'an abstract type',
    '<abstract/>',
    'cvc-type.2 /root/abstract | xsi:type with a type derived from Abstract | Say with xsi:type which derived type it is.',
  ],
  ['a type for an abstract one', '<abstract xsi:type="t:Concrete"/>'],
  ['a member of a substitution group', '<member>x</member>'],
  [
    'two mistakes in one element',
    '<flat><b/><a/><c>x</c></flat>',
    'cvc-complex-type.2.4.b /root/flat | c (at least 2, 1 found) | Add <c>…</c> after b.',
    'cvc-complex-type.2.4.a /root/flat/b | the order a, b, c, dd | Move b before c.',
  ],
  [
    'mistakes at every depth',
    '<int>x</int><quantity unit="W">y</quantity><flat><a/><c><d/></c><c/></flat>',
    'cvc-datatype-valid.1.2.1 /root/int | a whole number of at most 32 bits | Write a whole number of at most 32 bits.',
    'cvc-datatype-valid.1.2.1 /root/quantity | a decimal number such as 12.50, with a point | Write a decimal number such as 12.50, with a point.',
    'cvc-type.3.1.2 /root/flat/c[1]/d | text in c | Write the value straight into c.',
  ],
]

for (const [title, inner, ...expected] of TABLE)
  test(`${expected.length === 0 ? 'accepts' : 'reports'}: ${title}`, () => {
    assert.equal(
      findings(inner).map((it) => line(inner, it)),
      expected,
    )
  })

test('agrees with the XSD engine on what is valid at all', () => {
  for (const [title, inner, ...expected] of TABLE)
    assert.is(JUDGE.verdict(document(inner)) === 'valid', expected.length === 0, title)
})

test('optional wildcards that stand together are one place of a plain sequence', () => {
  const any = (ns: string, more = '') =>
    `<xs:any namespace="${ns}" processContents="skip" ${more}/>`
  const pair = (a: string, b: string) =>
    `<xs:sequence minOccurs="0">${any(a)}${any(b, 'minOccurs="0" maxOccurs="unbounded"')}</xs:sequence>`
  const found = (inner: string) => {
    const model = modelOf(
      `<xs:element name="r"><xs:complexType><xs:sequence>${E('a', 'xs:string')}${inner}${E('b', 'xs:string')}</xs:sequence></xs:complexType></xs:element>`,
    )
    const root = tree(`<r xmlns="${T}" xmlns:o="urn:o"><b/><o:x/><a/></r>`)
    return diagnose(root, declared(model, 'r'), model, 'payload-xsd').map((it) => it.mend)
  }
  const moved = ['Move b after a.', 'Move x after a.']
  assert.equal(found(pair('##other', '##other')).toSorted(), moved)
  assert.equal(found(pair('urn:o', 'urn:o')).toSorted(), moved)
  assert.equal(found(pair('##any', '##any')).length, 2)
  // Of different kinds they cannot be one place.
  assert.equal(found(pair('##other', 'urn:o')), ['Add a before b, or move b.'])
  assert.equal(found('<xs:sequence minOccurs="0"/>').length, 2)
})

test('an abstract root only stands for others', () => {
  const root = tree(`<head xmlns="${T}">x</head>`)
  const found = diagnose(root, declared(MODEL, 'head'), MODEL, 'payload-xsd')
  assert.equal(
    found.map((it) => `${it.rule} ${it.mend}`),
    ['cvc-elt.2 Write one of member instead.'],
  )
})

test('finds prefixes that are declared around the element', () => {
  const whole = tree(document('<base xsi:type="t:More"><a/><m>1</m></base>'))
  const inner = whole.children[0]
  if (inner === undefined) throw new Error('no child')
  const decl = {
    ...declared(MODEL, 'root'),
    type: MODEL.types.get(`{${T}}Base`) ?? declared(MODEL, 'root').type,
  }
  assert.equal(diagnose(inner, decl, MODEL, 'payload-xsd', whole), [])
  assert.is(diagnose(inner, decl, MODEL, 'payload-xsd')[0]?.rule, 'cvc-elt.4.2')
})

test('says layer, clause and severity, and cuts what is too long', () => {
  const [it] = findings(`<int>${'x'.repeat(5000)}</int>`)
  assert.is(it?.layer, 'payload-xsd')
  assert.is(it?.severity, 'error')
  assert.is(it?.clause, 'XML Schema 1.0 Part 2 §4.1.4')
  assert.ok((it?.found.length ?? 0) <= 81 && (it?.message.length ?? 0) <= 321)
})

test('stays linear for ten thousand children that are all wrong', () => {
  const many = (text: string) => text.repeat(10_000)
  for (const inner of [
    `<flat>${many('<x/>')}</flat>`,
    `<flat>${many('<c/><a/>')}</flat>`,
    `<nested>${many('<a/>')}</nested>`,
    many('<int>x</int>'),
    `<open>${many('<o:x/><z/>')}</open>`,
  ])
    assert.ok(findings(inner).length > 0)
})

test.run()
