// What the JSON Schema says of single values, and that the XSD says the same of what is written from them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { contentSchema } from './json-schema.ts'
import { compiled } from '../laws/json-schema.fixture.ts'
import { messageFromJson } from '../message-xml.ts'
import { declared, engine, modelOf, setOf, xsd } from '../schema.fixture.ts'

const test = suite('json-schema-value')

/** type of the element r, JSON of its content, whether it is taken */
const TABLE: readonly (readonly [string, string, boolean])[] = [
  ['xs:QName', '"name"', true],
  ['xs:QName', '"{urn:x}name"', true],
  ['xs:QName', '"{}name"', true],
  ['xs:QName', '"{urn:x}_n.1-·ä中"', true],
  ['xs:QName', '"xml:lang"', true],
  ['xs:QName', '"{http://www.w3.org/XML/1998/namespace}lang"', true],
  ['xs:QName', '"p:name"', false],
  ['xs:QName', '"{urn:x}p:name"', false],
  ['xs:QName', '"{urn:x}"', false],
  ['xs:QName', '"{urn:x"', false],
  ['xs:QName', '"1name"', false],
  ['xs:QName', '"{urn:x}1"', false],
  ['xs:QName', '"two names"', false],
  ['xs:QName', '""', false],
  ['xs:QName', '5', false],
  ['xs:QName', 'true', false],
  ['xs:QName', 'null', false],
  ['xs:QName', '["name"]', false],
  ['xs:QName', '{"$":"name"}', true],
  ['t:Named', '"{urn:x}name"', true],
  ['t:Named', '{"@kind":"k","$":"{urn:x}name"}', true],
  ['t:Named', '{"@kind":"k","$":"p:name"}', false],
  ['t:Named', '{"@kind":"k"}', false],
  ['t:Digits', '5', true],
  ['t:Digits', '" 5 "', true],
  ['t:Digits', '"-5"', true],
  ['t:Digits', '" - 5"', false],
  ['t:Digits', '"+5"', false],
  ['t:Whole', '" 12\\n"', true],
  ['t:Whole', '"1 2"', false],
  ['t:Three', '999', true],
  ['t:Three', '1000', false],
  ['t:Three', '-1000', false],
  ['t:Low', '99', true],
  ['t:Low', '100', false],
  ['t:Low', '-99.9', true],
]

const PATTERNED = (name: string, base: string, ...all: readonly string[]) =>
  `<xs:simpleType name="${name}"><xs:restriction base="${base}">${all.map((it) => `<xs:pattern value="${it}"/>`).join('')}</xs:restriction></xs:simpleType>`
const NUMBERS =
  '<xs:simpleType name="Three"><xs:restriction base="xs:decimal"><xs:totalDigits value="3"/></xs:restriction></xs:simpleType>' +
  '<xs:simpleType name="Low"><xs:restriction base="t:Three"><xs:maxExclusive value="100"/></xs:restriction></xs:simpleType>' +
  PATTERNED('Digits', 'xs:decimal', '[0-9]+', '-[0-9]+') +
  PATTERNED('Whole', 'xs:int', '[0-9]{2}')
const NAMED =
  '<xs:complexType name="Named"><xs:simpleContent><xs:extension base="xs:QName"><xs:attribute name="kind"/></xs:extension></xs:simpleContent></xs:complexType>'

for (const [type, text, takes] of TABLE)
  test(`${takes ? 'takes' : 'refuses'} ${text} as ${type}, and so does the XSD`, () => {
    const body = `<xs:element name="r" type="${type}"/>${NAMED}${NUMBERS}`
    const model = modelOf(body)
    const content = JSON.parse(text)
    const validate = compiled(contentSchema({ decl: declared(model, 'r'), model }))
    assert.is(validate(content), takes)
    const set = setOf({ '/0/t.xsd': xsd(body) })
    const { xml, issues } = messageFromJson({ r: content }, set)
    assert.is(issues.length === 0 && engine(set).verdict(xml) === 'valid', takes, xml)
  })

test('an element with a fixed value is never nil', () => {
  const model = modelOf('<xs:element name="r" type="xs:int" nillable="true" fixed="5"/>')
  const validate = compiled(contentSchema({ decl: declared(model, 'r'), model }))
  assert.ok(validate(5))
  assert.not(validate({ '@xsi:nil': true }))
})

test.run()
