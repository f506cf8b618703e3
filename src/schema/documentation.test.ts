// Words for people, and the CIM reference in them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentSchema } from './json-schema/json-schema.ts'
import { documentation, documentationLines, documented, isCimProfile } from './documentation.ts'
import { shapeOf } from './shape.ts'
import { T, declared, modelOf, tree } from './schema.fixture.ts'
import type { ComplexType, SimpleType } from './model.ts'

const test = suite('documentation')

const XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'

function annotated(documentations: string): ReturnType<typeof tree> {
  return tree(
    `<xs:element ${XS}><xs:annotation><xs:appinfo>no</xs:appinfo>${documentations}</xs:annotation></xs:element>`,
  )
}

/** [what, the xs:documentation elements, text] */
const TEXTS: readonly (readonly [string, string, string])[] = [
  ['white space folded', '<xs:documentation> One\n  thing. </xs:documentation>', 'One thing.'],
  ['nothing', '', ''],
  [
    'the English of several languages',
    '<xs:documentation xml:lang="de">Ding</xs:documentation><xs:documentation xml:lang="en-GB">thing</xs:documentation>',
    'thing',
  ],
  [
    'the first where none is English',
    '<xs:documentation xml:lang="de">Ding</xs:documentation><xs:documentation xml:lang="fr">chose</xs:documentation>',
    'Ding',
  ],
  [
    'the text of what is marked up',
    '<xs:documentation>A <b>big</b> thing<p>and more</p></xs:documentation>',
    'A big thing and more',
  ],
]

for (const [what, xml, text] of TEXTS)
  test(`documentation gives ${what}`, () => assert.is(documentation(annotated(xml)), text))

test('documentation without an annotation is empty', () => {
  assert.is(documentation(tree('<a/>')), '')
})

test('lines stay apart where they are asked for', () => {
  const node = annotated('<xs:documentation>\n  One  line.\n\n  Another.\n</xs:documentation>')
  assert.equal(documentationLines(node), ['One line.', 'Another.'])
})

/** [documentation, text, names, source] */
const REFERENCES: readonly (readonly [string, string, readonly string[], string])[] = [
  ['Its number. CIM: Meter.formNumber.', 'Its number.', ['Meter.formNumber'], 'stated'],
  ['Its number. CIM: Meter.formNumber', 'Its number.', ['Meter.formNumber'], 'stated'],
  ['CIM: Meter.', '', ['Meter'], 'stated'],
  ['Two. CIM: A.b, C.D.', 'Two.', ['A.b', 'C.D'], 'stated'],
  ['Ours. CIM: no CIM equivalent.', 'Ours.', [], 'none'],
  ['After the CIM: A.b. CIM: C.d.', 'After the CIM: A.b.', ['C.d'], 'stated'],
  ['As in the CIM: a name.', 'As in the CIM: a name.', [], 'unknown'],
  ['Nothing of it.', 'Nothing of it.', [], 'unknown'],
]

for (const [text, rest, names, source] of REFERENCES) {
  test(`"${text}" refers to ${names.join(' and ') || source}`, () => {
    assert.equal(documented({ documentation: text }), {
      text: rest,
      clause: '',
      cim: { names, source },
    })
  })
}

/** [documentation, text, clause] */
const CLAUSES: readonly (readonly [string, string, string])[] = [
  ['Asks for something (6.3).', 'Asks for something.', '6.3'],
  ['Its verb (6.2.2, 6.3.1). CIM: no CIM equivalent.', 'Its verb.', '6.2.2, 6.3.1'],
  ['A verb (6.2.2, Annex B).', 'A verb.', '6.2.2, Annex B'],
  ['Version (1).', 'Version (1).', ''],
  ['Before (6.3) and after.', 'Before (6.3) and after.', ''],
]

for (const [all, text, clause] of CLAUSES) {
  test(`"${all}" names ${clause === '' ? 'no clause' : `the clause ${clause}`}`, () => {
    const said = documented({ documentation: all })
    assert.equal([said.text, said.clause], [text, clause])
  })
}

test('a model reference counts where the text has none, and both before the name', () => {
  const modelReference = 'http://iec.ch/TC57/2010/CIM-schema-cim15#Meter.formNumber urn:x#b nothing'
  assert.equal(documented({ modelReference }, 'C.d').cim, {
    names: ['Meter.formNumber', 'b'],
    source: 'stated',
  })
  assert.equal(documented({ documentation: 'CIM: A.b.', modelReference }, 'C.d').cim.names, ['A.b'])
  assert.equal(documented({}, 'C.d').cim, { names: ['C.d'], source: 'named' })
})

test('the names of a CIM profile are those of the CIM, those of other namespaces are not', () => {
  assert.ok(isCimProfile('http://iec.ch/TC57/2011/MeterConfig#'))
  for (const it of ['http://iec.ch/TC57/2011/schema/message', 'urn:t', 'http://naesb.org/espi#'])
    assert.not(isCimProfile(it), it)
})

const SAID = `<xs:annotation><xs:documentation>Said.</xs:documentation></xs:annotation>`

const model = modelOf(
  `<xs:element name="a" type="t:A" sawsdl:modelReference="urn:cim#A" xmlns:sawsdl="http://www.w3.org/ns/sawsdl">${SAID}</xs:element>
  <xs:complexType name="A">${SAID}<xs:sequence>
    <xs:element name="one" type="t:Kind">${SAID}</xs:element>
    <xs:element name="two" type="t:Kind"/>
    <xs:element name="three" type="t:Narrow" maxOccurs="2">${SAID}</xs:element>
  </xs:sequence><xs:attribute name="x" type="xs:string">${SAID}</xs:attribute></xs:complexType>
  <xs:simpleType name="Kind"><xs:annotation><xs:documentation>A kind.</xs:documentation></xs:annotation>
    <xs:restriction base="xs:string"><xs:enumeration value="p">${SAID}</xs:enumeration><xs:enumeration value="q"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Narrow"><xs:restriction base="t:Kind"><xs:enumeration value="q"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Same"><xs:restriction base="t:Kind"/></xs:simpleType>`,
)

test('elements, types, attributes and literals keep their words', () => {
  const decl = declared(model, 'a')
  const type = decl.type as ComplexType
  assert.equal([decl.documentation, decl.modelReference], ['Said.', 'urn:cim#A'])
  assert.equal([type.documentation, type.attributes[0]?.documentation], ['Said.', 'Said.'])
  const { fields } = shapeOf(type, model)
  assert.equal(
    fields.map((it) => it.decl.documentation),
    ['Said.', '', 'Said.'],
  )
})

test('a restriction takes over no words, and the meanings of the literals that it keeps', () => {
  const simple = (name: string) => model.types.get(`{${T}}${name}`) as SimpleType
  assert.is(simple('Kind').documentation, 'A kind.')
  assert.equal([...(simple('Kind').meanings ?? [])], [['p', 'Said.']])
  assert.equal([simple('Narrow').documentation, simple('Narrow').meanings?.size], ['', 0])
  assert.equal([...(simple('Same').meanings ?? [])], [['p', 'Said.']])
})

test('JSON Schema says the same: at the property, else that of the simple type', () => {
  const schema = JSON.parse(JSON.stringify(contentSchema({ decl: declared(model, 'a'), model })))
  const { title, description, properties } = schema.$defs.A
  assert.equal([title, description], ['A', 'Said.'])
  assert.equal(
    ['one', 'two', 'three', '@x'].map((it) => properties[it].description),
    ['Said.', 'A kind.', 'Said.', 'Said.'],
  )
})

test.run()
