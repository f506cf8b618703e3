import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sameJson, writeJson } from './json-text.ts'
import type { Json } from './json-text.ts'
import { messageToJson } from './message-json.ts'
import { messageFromJson } from './message-xml.ts'
import { engine, setOf, T, tree, xsd } from './schema.fixture.ts'

const test = suite('to-json')

const E = (name: string, type = 'xs:string', more = '') =>
  `<xs:element name="${name}" type="${type}" ${more}/>`
const OPT = 'minOccurs="0"'
const MANY = 'maxOccurs="unbounded"'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

const OTHER = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o" targetNamespace="urn:o" elementFormDefault="qualified">
  <xs:element name="a" type="xs:int"/><xs:attribute name="p" type="xs:boolean"/>
  <xs:complexType name="B"><xs:sequence>${E('a', 'xs:int')}</xs:sequence></xs:complexType></xs:schema>`

const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${T}" xmlns:o="urn:o" targetNamespace="${T}" elementFormDefault="qualified"><xs:import namespace="urn:o" schemaLocation="o.xsd"/><xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="xml.xsd"/>
  ${E('root', 't:Root')}
  <xs:complexType name="Root"><xs:choice ${OPT}>
    ${E('many', 'xs:string', MANY)}${E('bool', 'xs:boolean', MANY)}${E('number', 'xs:decimal', MANY)}${E('double', 'xs:double', MANY)}${E('qname', 'xs:QName', MANY)}
    ${E('list', 't:Ints')}${E('union', 't:Either', MANY)}${E('quantity', 't:Quantity', MANY)}${E('seq', 't:Seq')}${E('choice', 't:Choice')}${E('repeat', 't:Repeat')}${E('all', 't:All')}
    ${E('mixed', 't:Mixed', MANY)}${E('open', 't:Open')}${E('two', 't:Two')}${E('plain', 't:Plain')}${E('base', 't:Base', MANY)}<xs:element name="any" ${MANY}/>
    <xs:element name="nil" type="xs:int" nillable="true" ${MANY}/><xs:element name="nilc" type="t:Seq" nillable="true"/><xs:element name="default" type="xs:int" default="5" ${MANY}/><xs:element ref="t:head" ${MANY}/>${E('tree', 't:Tree')}${E('attrs', 't:Attrs')}
  </xs:choice></xs:complexType>
  <xs:simpleType name="Ints"><xs:list itemType="xs:int"/></xs:simpleType>
  <xs:simpleType name="Either"><xs:union memberTypes="xs:int xs:boolean"/></xs:simpleType>
  <xs:complexType name="Quantity"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit"/><xs:attribute name="exact" type="xs:boolean"/></xs:extension></xs:simpleContent></xs:complexType>
  <xs:complexType name="Seq"><xs:sequence>${E('a')}${E('b', 'xs:string', OPT)}${E('c', 'xs:string', `${OPT} ${MANY}`)}</xs:sequence><xs:attribute name="ref"/></xs:complexType>
  <xs:complexType name="Choice"><xs:choice ${MANY}>${E('a')}${E('b')}</xs:choice></xs:complexType>
  <xs:complexType name="Repeat"><xs:sequence ${MANY}>${E('a')}${E('b', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="All"><xs:all>${E('a')}${E('b')}</xs:all></xs:complexType>
  <xs:complexType name="Mixed" mixed="true"><xs:sequence>${E('a', 'xs:string', `${OPT} ${MANY}`)}</xs:sequence></xs:complexType>
  <xs:complexType name="Open"><xs:sequence>${E('a', 'xs:string', OPT)}<xs:any namespace="##other" processContents="lax" ${OPT} ${MANY}/>${E('z', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="Two"><xs:sequence>${E('a')}<xs:element ref="o:a"/></xs:sequence><xs:attribute name="p"/><xs:attribute ref="o:p"/></xs:complexType>
  <xs:complexType name="Plain"><xs:sequence><xs:element name="in" form="unqualified" type="t:Seq"/></xs:sequence></xs:complexType>
  <xs:complexType name="Base" abstract="false"><xs:sequence>${E('a', 'xs:string', OPT)}</xs:sequence></xs:complexType>
  <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>${E('m', 'xs:int', MANY)}</xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="Tree"><xs:sequence>${E('tree', 't:Tree', `${OPT} ${MANY}`)}</xs:sequence></xs:complexType>
  <xs:complexType name="Attrs"><xs:attribute name="b" type="xs:boolean"/><xs:attribute name="n" type="xs:int"/><xs:attribute name="kind"/><xs:attribute ref="xml:lang"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType>
  <xs:element name="head" type="xs:string" abstract="true"/><xs:element name="m1" type="xs:string" substitutionGroup="t:head"/><xs:element name="m2" type="xs:string" substitutionGroup="t:head"/>
</xs:schema>`
const XML =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/></xs:schema>'

const SET = setOf({ '/0/t.xsd': SCHEMA, '/0/o.xsd': OTHER, '/0/xml.xsd': XML })
const JUDGE = engine(SET)

const document = (inner: string) =>
  `<root xmlns="${T}" xmlns:t="${T}" xmlns:o="urn:o" xmlns:xsi="${XSI}">${inner}</root>`

/** XML inside the root, CIM-JSON inside the root */
const TABLE: readonly (readonly [string, string, string])[] = [
  ['nothing', '', '{}'],
  [
    'text',
    '<many>a &amp; b</many><many/><many> x </many>',
    '{"many":["a & b","","\u00a0x\u00a0"]}'.replaceAll('\u00a0', ' '),
  ],
  [
    'CDATA and character references',
    '<many><![CDATA[<a>]]>&#233;&#10;</many>',
    '{"many":["<a>é\\n"]}',
  ],
  [
    'booleans',
    '<bool>true</bool><bool>false</bool><bool>1</bool><bool>0</bool><bool> true </bool>',
    '{"bool":[true,false,"1","0"," true "]}',
  ],
  [
    'numbers verbatim',
    '<number>0.10</number><number>1</number><number>-0</number><number>12345678901234567890.12345678901234567890</number>',
    '{"number":[0.10,1,-0,12345678901234567890.12345678901234567890]}',
  ],
  [
    'numbers that JSON does not have',
    '<number>+5</number><number>007</number><number>.5</number><number>5.</number><number> 1 </number>',
    '{"number":["+5","007",".5","5."," 1 "]}',
  ],
  [
    'floating point',
    '<double>1e21</double><double>1.5E-3</double><double>INF</double><double>NaN</double>',
    '{"double":[1e21,1.5E-3,"INF","NaN"]}',
  ],
  ['lists and unions as text', '<list>1 2</list>', '{"list":"1 2"}'],
  ['a union', '<union>1</union><union>true</union>', '{"union":["1","true"]}'],
  [
    'simple content',
    '<quantity>1.50</quantity><quantity unit="W" exact="true">2</quantity><quantity exact="0">3</quantity>',
    '{"quantity":[1.50,{"@unit":"W","@exact":true,"$":2},{"@exact":"0","$":3}]}',
  ],
  [
    'arrays where several may stand, also for one',
    '<seq ref="x"><a>1</a><c>2</c></seq>',
    '{"seq":{"@ref":"x","a":"1","c":["2"]}}',
  ],
  [
    'a choice in its default order',
    '<choice><a>1</a><a>2</a><b>3</b></choice>',
    '{"choice":{"a":["1","2"],"b":["3"]}}',
  ],
  [
    'a choice in another order',
    '<choice><b>3</b><a>1</a></choice>',
    '{"choice":{"b":["3"],"a":["1"],"#order":["b","a"]}}',
  ],
  [
    'a repeated sequence',
    '<repeat><a>1</a><b>2</b><a>3</a></repeat>',
    '{"repeat":{"a":["1","3"],"b":["2"]}}',
  ],
  [
    'a repeated sequence with a gap',
    '<repeat><a>1</a><a>2</a><b>3</b></repeat>',
    '{"repeat":{"a":["1","2"],"b":["3"],"#order":["a","a","b"]}}',
  ],
  ['all in schema order', '<all><a>1</a><b>2</b></all>', '{"all":{"a":"1","b":"2"}}'],
  [
    'all in another order',
    '<all><b>2</b><a>1</a></all>',
    '{"all":{"b":"2","a":"1","#order":["b","a"]}}',
  ],
  [
    'mixed content',
    '<mixed>x<a>1</a>y</mixed><mixed>only</mixed><mixed><a/></mixed><mixed/>',
    '{"mixed":[{"#text":["x","y"],"a":["1"],"#order":["#text","a","#text"]},{"#text":["only"]},{"a":[""]},{}]}',
  ],
  [
    'extensions between named elements',
    '<open><a>1</a><o:x k="1">é</o:x><z>2</z></open>',
    '{"open":{"a":"1","#ext":[{"ns":"urn:o","xml":"<o:x xmlns:o=\\"urn:o\\" k=\\"1\\">é</o:x>"}],"z":"2"}}',
  ],
  [
    'an extension whose child has no namespace',
    '<open><x:e xmlns:x="urn:x"><f xmlns=""/></x:e></open>',
    '{"open":{"#ext":[{"ns":"urn:x","xml":"<x:e xmlns:x=\\"urn:x\\"><f xmlns=\\"\\"/></x:e>"}]}}',
  ],
  [
    'one local name in two namespaces',
    '<two p="x" o:p="true"><a>1</a><o:a>2</o:a></two>',
    '{"two":{"@p":"x","@{urn:o}p":true,"a":"1","{urn:o}a":2}}',
  ],
  [
    'elements of no namespace',
    '<plain><in xmlns="" ref="r"><t:a>1</t:a></in></plain>',
    '{"plain":{"in":{"@ref":"r","a":"1"}}}',
  ],
  [
    'a derived type',
    '<base xsi:type="t:More"><m>1</m></base><base xsi:type="More"><a>x</a><m>2</m></base><base/>',
    '{"base":[{"@xsi:type":"More","m":[1]},{"@xsi:type":"More","a":"x","m":[2]},{}]}',
  ],
  [
    'any type with a type of another namespace',
    '<any xsi:type="o:B"><o:a>1</o:a></any>',
    '{"any":[{"@xsi:type":"B","a":1}]}',
  ],
  [
    'any type with a built-in type',
    '<any xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:int">1</any>',
    '{"any":[{"@xsi:type":"int","$":1}]}',
  ],
  ['any type with text', '<any>x</any><any/>', '{"any":[{"#text":["x"]},{}]}'],
  [
    'any type with elements',
    '<any><o:x/></any>',
    '{"any":[{"#ext":[{"ns":"urn:o","xml":"<o:x xmlns:o=\\"urn:o\\"/>"}]}]}',
  ],
  [
    'nil',
    '<nil xsi:nil="true"/><nil xsi:nil="1"/><nil xsi:nil="false">1</nil><nil>2</nil>',
    '{"nil":[{"@xsi:nil":true},{"@xsi:nil":"1"},{"@xsi:nil":false,"$":1},2]}',
  ],
  [
    'nil of an element with children',
    '<nilc xsi:nil="true" ref="r"/>',
    '{"nilc":{"@xsi:nil":true,"@ref":"r"}}',
  ],
  ['an empty element with a default', '<default/><default>6</default>', '{"default":["",6]}'],
  [
    'members of a substitution group in turn',
    '<m2>1</m2><m1>2</m1>',
    '{"m2":["1"],"m1":["2"],"#order":["m2","m1"]}',
  ],
  ['recursion', '<tree><tree><tree/></tree><tree/></tree>', '{"tree":{"tree":[{"tree":[{}]},{}]}}'],
  [
    'attributes of every kind',
    '<attrs b="1" n="007" kind="k" xml:lang="en" o:p="true" o:q="&lt;&quot;&#10;"/>',
    '{"attrs":{"@b":"1","@n":"007","@kind":"k","@lang":"en","@{urn:o}p":"true","@{urn:o}q":"<\\"\\n"}}',
  ],
  [
    'an attribute with the name of a declared one in another namespace',
    '<attrs o:kind="o" kind="k"/>',
    '{"attrs":{"@{urn:o}kind":"o","@kind":"k"}}',
  ],
  [
    'names of a namespace',
    '<qname>o:n</qname><qname>n</qname>',
    '{"qname":["{urn:o}n","{urn:t}n"]}',
  ],
  [
    'names without a namespace',
    '<qname>o:n</qname><p:qname xmlns="" xmlns:p="urn:t">n</p:qname><qname>xml:lang</qname>',
    '{"qname":["{urn:o}n","n","{http://www.w3.org/XML/1998/namespace}lang"]}',
  ],
  [
    'a location hint is no part of the message',
    '<many xsi:schemaLocation="urn:t x.xsd">a</many>',
    '{"many":["a"]}',
  ],
  [
    'comments and instructions are no part of the message',
    '<!-- c --><many>a<!-- c -->b<?p i?>c</many>',
    '{"many":["abc"]}',
  ],
]

const jsonOf = (xml: string): Json => {
  const { verdict, findings, json } = JUDGE.json(xml)
  if (json === undefined)
    throw new Error(`${verdict} ${findings.map((it) => it.message).join()} ${xml}`)
  return json
}

for (const [title, inner, expected] of TABLE) {
  test(title, () => {
    const root = (jsonOf(document(inner)) as Record<string, Record<string, Json>>)['root'] ?? {}
    const { '@xmlns': ns, ...rest } = root
    assert.is(ns, T)
    assert.is(writeJson(rest), expected)
  })

  test(`${title}: is written back valid and the same`, () => {
    const json = jsonOf(document(inner))
    const written = messageFromJson(json, SET)
    assert.equal(written.issues, [])
    assert.ok(sameJson(jsonOf(written.xml), json), written.xml)
  })
}

test('names with the meaning of JavaScript are names like others', () => {
  const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty']
  const set = setOf({
    '/0/t.xsd': xsd(
      `<xs:element name="root"><xs:complexType><xs:sequence>${names.map((it) => E(it, 'xs:string', `${OPT} maxOccurs="2"`)).join('')}</xs:sequence></xs:complexType></xs:element>`,
    ),
  })
  const xml = (list: readonly string[]) =>
    `<root xmlns="${T}">${list.map((it) => `<${it}>x</${it}>`).join('')}</root>`
  for (const list of [names, [], ['toString'], ['__proto__', '__proto__']]) {
    const json = messageToJson(tree(xml(list)), xml(list), set)
    const { issues, xml: written } = messageFromJson(json, set)
    assert.equal(issues, [])
    assert.is(written.replace('/>', '></root>'), xml(list))
  }
  assert.is(({} as Record<string, unknown>)['x'], undefined)
})

test('permuting keys does not change the XML', () => {
  const json = jsonOf(document('<seq ref="x"><a>1</a><b>2</b><c>3</c></seq>')) as {
    root: { seq: Record<string, Json> }
  }
  const turned = Object.fromEntries(Object.entries(json.root.seq).toReversed())
  const again = { root: { seq: turned, '@xmlns': T } }
  assert.is(messageFromJson(again, SET).xml, messageFromJson(json, SET).xml)
})

test.run()
