import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { engine, setOf, T, xsd } from '../../schema/schema.fixture.ts'

const test = suite('lenient')

const E = (name: string, type: string) =>
  `<xs:element name="${name}" type="${type}" minOccurs="0" maxOccurs="unbounded"/>`
const rest =
  E('at', 'xs:dateTime') +
  E('day', 'xs:date') +
  E('own-time', 't:Time') +
  E('text', 'xs:string') +
  E('list', 't:Numbers') +
  E('own', 't:Own') +
  E('with', 't:With') +
  E('any', 't:Any') +
  E('tokens', 'xs:NMTOKENS')
const JUDGE = engine(
  setOf({
    '/0/t.xsd': xsd(`<xs:element name="root"><xs:complexType><xs:sequence>
      ${E('base64', 'xs:base64Binary')}${E('double', 'xs:double')}${E('duration', 'xs:duration')}${rest}
    </xs:sequence></xs:complexType></xs:element>
    <xs:simpleType name="Time"><xs:restriction base="xs:time"><xs:minInclusive value="09:00:00Z"/></xs:restriction></xs:simpleType>
    <xs:simpleType name="Numbers"><xs:list itemType="xs:float"/></xs:simpleType>
    <xs:simpleType name="Own"><xs:restriction base="xs:base64Binary"><xs:maxLength value="6"/></xs:restriction></xs:simpleType>
    <xs:complexType name="With"><xs:attribute name="code" type="xs:base64Binary"/><xs:attribute name="more" type="xs:NMTOKENS"/></xs:complexType>
    <xs:simpleType name="Any"><xs:union memberTypes="xs:int t:Own"/></xs:simpleType>`),
  }),
)

const said = (inner: string): readonly string[] => {
  const { verdict, findings } = JUDGE.json(`<root xmlns="${T}">${inner}</root>`)
  return [verdict, ...findings.map((it) => `${it.rule} ${it.path}`)]
}

/** content of the root, and where it holds a value that is none; none = valid */
const TABLE: readonly (readonly [string, ...string[]])[] = [
  ['<base64>SGVs bG8=</base64><double>1e5</double><duration>PT1.5S</duration><list>1 2E-1</list>'],
  ['<base64>2026-07-14</base64>', '/root/base64'],
  ['<base64>SGVsbG8=</base64><base64>SGVs.bG8=</base64>', '/root/base64[2]'],
  ['<own>SGVs bG8=</own>'],
  ['<own>SGVs!bG8=</own>', '/root/own'],
  ['<with code="AA-AA-"/>', '/root/with/@code'],
  ['<double>1e</double>', '/root/double'],
  ['<double> -.5E+ </double>', '/root/double'],
  ['<double><![CDATA[1e]]></double>', '/root/double'],
  ['<list>1 2e 3</list>', '/root/list'],
  ['<duration>P1DT1.S</duration>', '/root/duration'],
  ['<any>2026-07-14</any>', '/root/any'],
  ['<any>5</any><any>SGVsbG8=</any>'],
  ['<with more="a"/><tokens>a b</tokens>'],
  ['<tokens/>', '/root/tokens'],
  // White space in front of a date, which the engine refuses.
  ['<at>\n  2026-07-14T09:00:00Z\n</at><day> 2026-07-14</day><own-time>\t09:00:00Z</own-time>'],
  ['<at> 2026-07-14T09:00:61Z</at>', '/root/at'],
  ['<at> 2026-07-14</at>', '/root/at'],
  ['<own-time> 08:00:00Z</own-time>', '/root/own-time'],
  ['<at> 2026-07-14T09:00:00Z</at><stranger/>', '/root/stranger'],
  ['<with more="  "/><tokens>a</tokens>', '/root/with/@more'],
  // Text is none of these types.
  ['<text>1e</text><text>PT1.S</text><text>2026-07-14</text>'],
]

for (const [inner, ...places] of TABLE)
  test(`${places.length === 0 ? 'takes' : 'refuses'} ${inner}`, () => {
    const [verdict, ...found] = said(inner)
    assert.is(verdict, places.length === 0 ? 'valid' : 'invalid')
    assert.equal(
      found.map((it) => it.split(' ')[1]),
      places,
    )
  })

test('tells what is overlooked beside what is not', () => {
  assert.equal(said('<base64>2026-07-14</base64><double>x</double>'), [
    'invalid',
    'cvc-datatype-valid.1.2.1 /root/base64',
    'cvc-datatype-valid.1.2.1 /root/double',
  ])
})

test.run()
