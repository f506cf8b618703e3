import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RIGHT, UNSURE, WRONG, valueCheck } from './value.ts'
import { escapeText } from '../../envelope/escape.ts'
import { T, declared, engine, modelOf, setOf, xsd } from '../schema.fixture.ts'

const test = suite('assess-value')

const restriction = (base: string, facets: string) =>
  `<xs:element name="a"><xs:simpleType><xs:restriction base="xs:${base}">${facets}</xs:restriction></xs:simpleType></xs:element>`
const facet = (name: string, ...values: readonly string[]) =>
  values.map((it) => `<xs:${name} value="${it}"/>`).join('')
const plain = (type: string) => `<xs:element name="a" type="xs:${type}"/>`

type Texts = readonly string[]
/** schema: what is surely right, surely wrong, and neither */
const ROWS: Readonly<Record<string, readonly [right: Texts, wrong: Texts, unsure: Texts]>> = {
  [plain('string')]: [['', ' x ', 'é\n'], [], []],
  [plain('token')]: [['', 'a b'], [], [' a', 'a  b', 'a\n']],
  [plain('normalizedString')]: [['', ' a  b '], [], ['a\tb']],
  [plain('boolean')]: [['true', 'false', '0', '1'], ['', 'True', 'yes', '01'], [' true ']],
  [plain('decimal')]: [
    [
      '0',
      '-1.50',
      '+123456789012345.123456789',
      '-0.8731250000000001',
      '999.123456789012345678901',
    ],
    ['', 'x', '1e3', '1,5', 'INF'],
    ['1.', '.5', '--1', ' 1', '1234567890123456', '1234.1234567890', '1.1234567890123456789012'],
  ],
  [plain('integer')]: [
    ['0', '-12', '+7', '123456789012345'],
    ['', 'x'],
    ['1.0', ' 1', '1'.repeat(16)],
  ],
  [plain('int')]: [['2147483647', '-2147483648'], ['2147483648', '-2147483649', 'x'], ['1.5']],
  [plain('unsignedByte')]: [
    ['0', '255'],
    ['256', 'x'],
    ['-1', '+1', '-0'],
  ],
  [plain('double')]: [
    ['1', '1.5E3', '-2e-9'],
    ['', 'x', '1,5'],
    ['INF', 'NaN', '1.', '1e999'],
  ],
  [plain('float')]: [['0.5'], ['one'], ['.5']],
  [plain('dateTime')]: [
    ['2026-07-14T16:30:00Z', '2024-02-29T23:59:59.123-05:00', '1000-01-01T00:00:00'],
    ['', 'x', 'yesterday', '2026-07-14 at 16:30'],
    [
      '2026-07-14T24:00:00Z',
      '2026-02-30T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '12026-07-14T00:00:00Z',
      '0001-01-01T00:00:00Z',
      '2026-07-14T16:30:00+14:00',
      ' 2026-07-14T16:30:00Z',
      '2026-07-14',
    ],
  ],
  [plain('date')]: [['2026-07-14', '2026-07-14Z'], ['14 July'], ['2026-02-29', '2026-7-14']],
  [plain('time')]: [['16:30:00', '00:00:00.5Z'], ['noon'], ['24:00:00', '16:30']],
  [plain('gMonthDay')]: [
    ['--07-14', '--09-30', '--12-31Z'],
    ['summer'],
    ['--02-29', '--04-31', '--13-01'],
  ],
  [plain('duration')]: [
    ['PT15M', 'P1DT0.5S', 'P1Y'],
    ['15 minutes', ''],
    ['P', '-PT1S', 'P1DT', 'PT1.S'],
  ],
  [plain('hexBinary')]: [['0aFF'], [], ['', '0', 'xy']],
  [plain('anyURI')]: [
    ['urn:x:1', 'http://example.com/a/b'],
    [],
    ['', 'a b', 'a', 'http://[', 'x:%zz', 'http://a:b/', 'x://a', `http://${'a'.repeat(50_000)}!`],
  ],
  [plain('language')]: [['en', 'en-US'], [], ['', 'e_n']],
  [plain('NCName')]: [['a-1'], [], ['', '1', 'a:b', 'é']],
  [plain('NMTOKEN')]: [['1a', '-'], [], ['', 'a b']],
  [plain('QName')]: [[], [], ['a', 'x:y']],
  [plain('ID')]: [[], [], ['a']],
  [plain('gYear')]: [[], [], ['2026']],
  [plain('base64Binary')]: [[], [], ['AAAA']],
  [plain('NMTOKENS')]: [[], [], ['a b']],
  [restriction('string', facet('enumeration', 'on', 'off'))]: [
    ['on', 'off'],
    ['', 'On', ' on'],
    [],
  ],
  [restriction('token', facet('enumeration', 'on'))]: [['on'], ['x'], [' on']],
  [restriction('string', facet('minLength', '2') + facet('maxLength', '3'))]: [
    ['ab', 'é🌍x'],
    ['', 'a', 'abcd', '🌍'],
    [],
  ],
  [restriction('string', facet('length', '1'))]: [['🌍'], ['', 'ab'], []],
  [restriction('string', facet('pattern', '[A-Z]{2}\\d'))]: [['AB1'], [], ['', 'ab1']],
  [restriction('decimal', facet('minInclusive', '0') + facet('maxExclusive', '10'))]: [
    ['0', '9.99', '-0'],
    ['-0.1', '10', '10.0', 'x'],
    ['.5'],
  ],
  [restriction('decimal', facet('totalDigits', '3') + facet('fractionDigits', '1'))]: [
    ['12.5', '100'],
    ['x'],
    ['1.25', '1000'],
  ],
  [restriction('int', facet('enumeration', '1', '2'))]: [['1', '+1', '01'], [], ['3']],
  // Of values with and without a zone, of 24:00:00 and the like, engines think differently.
  [restriction('date', facet('minInclusive', '2026-01-01'))]: [
    [],
    [],
    ['2026-01-01', '2025-12-31'],
  ],
  [restriction('time', facet('enumeration', '24:00:00'))]: [[], [], ['00:00:00']],
  [restriction('double', facet('maxInclusive', '5'))]: [[], [], ['5']],
  [restriction('int', facet('maxInclusive', ' 5 '))]: [[], [], ['6']],
  [restriction('int', facet('pattern', '\\d'))]: [['6'], ['x'], ['66']],
  [restriction('string', facet('pattern', '\\p{IsBasicLatin}+'))]: [[], [], ['é']],
  [restriction('string', facet('pattern', '[a-z]*'))]: [['a'], [], ['1'.repeat(70_000)]],
  [restriction('string', facet('whiteSpace', 'collapse') + facet('enumeration', ' a'))]: [
    [],
    [],
    ['a'],
  ],
  [restriction('anyURI', facet('maxLength', '6'))]: [['urn:x1'], [], ['urn:xyz']],
  '<xs:element name="a"><xs:simpleType><xs:union memberTypes="xs:boolean xs:int"/></xs:simpleType></xs:element>':
    [['true', '12'], [], ['x', '2026-07-14']],
  '<xs:element name="a"><xs:simpleType><xs:union memberTypes="xs:boolean xs:string"/></xs:simpleType></xs:element>':
    [['true', 'x'], [], []],
  '<xs:element name="a"><xs:simpleType><xs:restriction><xs:simpleType><xs:union memberTypes="xs:boolean xs:int"/></xs:simpleType><xs:enumeration value="1"/></xs:restriction></xs:simpleType></xs:element>':
    [[], [], ['1', '2']],
}

for (const [schema, [right, wrong, unsure]] of Object.entries(ROWS))
  test(`is right where it is sure: ${schema}`, () => {
    const { type } = declared(modelOf(schema), 'a')
    if (type.kind !== 'simple') throw new Error('no simple type')
    const check = valueCheck(type) ?? (() => RIGHT)
    const { verdict } = engine(setOf({ '/0/t.xsd': xsd(schema) }))
    const says = (text: string) => verdict(`<a xmlns="${T}">${escapeText(text)}</a>`)
    for (const [texts, answer, due] of [
      [right, RIGHT, 'valid'],
      [wrong, WRONG, 'invalid'],
    ] as const)
      for (const it of texts) {
        assert.is(check(it), answer, it)
        assert.is(says(it), due, it)
      }
    for (const it of unsure) assert.is(check(it), UNSURE, it)
  })

test.run()
