import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeText } from '../envelope/escape.ts'
import { BUILTINS } from './builtins.ts'
import { describe, faultOf } from './lexical.ts'
import { VALUES } from './lexical-values.fixture.ts'
import type { SimpleType } from './model.ts'
import { declared, engine, modelOf, setOf, T, xsd } from './schema.fixture.ts'

const test = suite('lexical')

const builtin = (name: string) => BUILTINS.get(name) as SimpleType

const CASES = VALUES.flatMap(([type, good, bad]) => [
  ...good.map((text) => ({ type, text, valid: true })),
  ...bad.map((text) => ({ type, text, valid: false })),
])

for (const [type] of VALUES) {
  test(`tells values of xs:${type} from other text`, () => {
    const wrong = CASES.filter((it) => it.type === type).filter(
      (it) => (faultOf(builtin(type), it.text) === undefined) !== it.valid,
    )
    assert.equal(wrong, [])
  })
}

test('agrees with the XSD engine on every built-in type', () => {
  const names = [...new Set(CASES.map((it) => it.type))]
  const set = setOf({
    '/0/t.xsd': xsd(names.map((it) => `<xs:element name="${it}" type="xs:${it}"/>`).join('')),
  })
  const { verdict } = engine(set)
  const wrong = CASES.filter(
    ({ type, text, valid }) =>
      (verdict(`<${type} xmlns="${T}">${escapeText(text)}</${type}>`) === 'valid') !== valid,
  )
  assert.equal(
    wrong.map((it) => `${it.type} ${it.text}`),
    [],
  )
})

const TYPES = `
  <xs:simpleType name="colour"><xs:restriction base="xs:string"><xs:enumeration value="red"/><xs:enumeration value="dark blue"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="token"><xs:restriction base="xs:token"><xs:enumeration value="a b"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="rate"><xs:restriction base="xs:decimal"><xs:enumeration value="1.0"/><xs:enumeration value="2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="code"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}"/><xs:pattern value="[0-9]+"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="both"><xs:restriction base="t:code"><xs:pattern value=".*[1-4A-D]"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="three"><xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="some"><xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="percent"><xs:restriction base="xs:decimal"><xs:minInclusive value="0"/><xs:maxInclusive value="100"/><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="open"><xs:restriction base="xs:double"><xs:minExclusive value="0"/><xs:maxExclusive value="1"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="digits"><xs:restriction base="xs:decimal"><xs:totalDigits value="3"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="hex"><xs:restriction base="xs:hexBinary"><xs:length value="2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="b64"><xs:restriction base="xs:base64Binary"><xs:length value="2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="flags"><xs:list itemType="xs:boolean"/></xs:simpleType>
  <xs:simpleType name="pair"><xs:restriction><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:length value="2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="pairs"><xs:restriction base="t:pair"><xs:enumeration value="1 2"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="either"><xs:union memberTypes="xs:int t:colour"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="none"/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>
  <xs:simpleType name="fewer"><xs:restriction base="t:either"><xs:enumeration value="1"/><xs:enumeration value="red"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="wider"><xs:union memberTypes="xs:gYear t:fewer"/></xs:simpleType>
  <xs:simpleType name="line"><xs:restriction base="xs:string"><xs:whiteSpace value="replace"/><xs:enumeration value="a b"/></xs:restriction></xs:simpleType>
`

/** type, text, broken rule or '' */
const FACET_CASES: readonly (readonly [string, string, string])[] = [
  ['colour', 'red', ''],
  ['colour', 'Red', 'cvc-enumeration-valid'],
  ['colour', ' red', 'cvc-enumeration-valid'],
  ['token', ' a  b ', ''],
  ['rate', '1', ''],
  ['rate', '2.000', ''],
  ['rate', '3', 'cvc-enumeration-valid'],
  ['code', 'AB', ''],
  ['code', '123', ''],
  ['code', 'A1', 'cvc-pattern-valid'],
  ['both', 'AB', ''],
  ['both', 'AZ', 'cvc-pattern-valid'],
  ['three', 'ä😀c', ''],
  ['three', 'abcd', 'cvc-length-valid'],
  ['some', 'a', 'cvc-minLength-valid'],
  ['some', 'abcd', 'cvc-maxLength-valid'],
  ['percent', '100.00', ''],
  ['percent', '1.500', ''],
  ['percent', '-0.01', 'cvc-minInclusive-valid'],
  ['percent', '100.01', 'cvc-maxInclusive-valid'],
  ['percent', '1.234', 'cvc-fractionDigits-valid'],
  ['open', '0.5', ''],
  ['open', '0', 'cvc-minExclusive-valid'],
  ['open', '1e0', 'cvc-maxExclusive-valid'],
  ['open', 'INF', 'cvc-maxExclusive-valid'],
  ['open', '-INF', 'cvc-minExclusive-valid'],
  ['open', 'NaN', 'cvc-minExclusive-valid'],
  ['digits', '00012.30', ''],
  ['digits', '1234', 'cvc-totalDigits-valid'],
  ['hex', 'abcd', ''],
  ['hex', 'ab', 'cvc-length-valid'],
  ['b64', 'AAA=', ''],
  ['b64', 'AAAA', 'cvc-length-valid'],
  ['flags', ' true 0\n1 ', ''],
  ['flags', '', ''],
  ['flags', 'true maybe', 'cvc-datatype-valid.1.2.1'],
  ['pair', '1 2', ''],
  ['pair', '1', 'cvc-length-valid'],
  ['pairs', '1  2', ''],
  ['pairs', '2 1', 'cvc-enumeration-valid'],
  ['either', '12', ''],
  ['either', 'red', ''],
  ['either', 'none', ''],
  ['either', 'green', 'cvc-datatype-valid.1.2.3'],
  ['fewer', 'red', ''],
  ['fewer', '2', 'cvc-enumeration-valid'],
  // A union of unions is one of their members: facets of the inner ones are lost (Part 1 §3.14.2).
  ['wider', '2026', ''],
  ['wider', '2', ''],
  ['wider', 'none', ''],
  ['wider', 'green', 'cvc-datatype-valid.1.2.3'],
  ['line', 'a\tb', ''],
]

test('names the facet that a value breaks', () => {
  const names = [...new Set(FACET_CASES.map(([it]) => it))]
  const elements = names.map((it) => `<xs:element name="${it}" type="t:${it}"/>`).join('')
  const model = modelOf(TYPES + elements)
  const typeOf = (name: string) => declared(model, name).type as SimpleType
  const found = FACET_CASES.map(([name, text]) => [
    name,
    text,
    faultOf(typeOf(name), text)?.rule ?? '',
  ])
  assert.equal(found, FACET_CASES)
})

test('agrees with the XSD engine on every facet', () => {
  const names = [...new Set(FACET_CASES.map(([it]) => it))]
  const elements = names.map((it) => `<xs:element name="${it}" type="t:${it}"/>`).join('')
  const { verdict } = engine(setOf({ '/0/t.xsd': xsd(TYPES + elements) }))
  const wrong = FACET_CASES.filter(
    ([name, text, rule]) =>
      (verdict(`<${name} xmlns="${T}">${text}</${name}>`) === 'valid') !== (rule === ''),
  )
  assert.equal(wrong, [])
})

test('says in words what a type wants', () => {
  const model = modelOf(TYPES)
  const named = (name: string) => model.types.get(`{${T}}${name}`) as SimpleType
  assert.is(describe(named('colour')), 'one of red, dark blue')
  assert.is(describe(builtin('boolean')), 'true or false')
  assert.is(describe(builtin('integer')), 'a whole number')
  assert.is(describe(builtin('unsignedByte')), 'unsignedByte')
  assert.is(describe(builtin('string')), 'text')
  assert.is(faultOf(builtin('int'), 'x')?.expected, 'a whole number of at most 32 bits')
  assert.is(
    faultOf(builtin('dateTime'), '2026')?.expected,
    'a date and time such as 2026-07-14T16:30:00-05:00',
  )
  assert.is(faultOf(named('percent'), '101')?.expected, '100 or less')
  assert.is(faultOf(named('code'), 'a')?.expected, 'text that matches [A-Z]{2} or [0-9]+')
})

test('leaves megabytes to the XSD engine, and does not run out of stack', () => {
  for (const name of [
    'decimal',
    'integer',
    'double',
    'dateTime',
    'duration',
    'base64Binary',
    'NCName',
  ])
    assert.is(faultOf(builtin(name), '1'.repeat(5_000_000)), undefined, name)
  assert.is.not(faultOf(builtin('base64Binary'), `${'QUJD'.repeat(16_000)}A`), undefined)
})

test('sees that megabytes are longer than they may be', () => {
  const short: SimpleType = { ...builtin('string'), facets: { maxLength: 10 } }
  assert.is(faultOf(short, 'x'.repeat(1_000_000))?.rule, 'cvc-maxLength-valid')
})

test.run()
