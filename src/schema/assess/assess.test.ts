import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import { readPlain } from '../../shell/xml-in/plain-read.ts'
import { assess } from './assess.ts'
import { T, declared, engine, modelOf, setOf, xsd } from '../schema.fixture.ts'
import type { Model } from '../model.ts'

const test = suite('assess')

/** `valid`; `unsure` where the engine is asked; else the names of what is wrong. */
function said(model: Model, xml: string): string {
  const places = readPlain(xml, LIMITS)
  if (places === undefined) throw new Error(`not plain: ${xml}`)
  const wrong = assess(places, 0, declared(model, 'a'), model)
  if (wrong === undefined) return 'unsure'
  return wrong.length === 0 ? 'valid' : wrong.map((it) => places.local(it.at)).join(' ')
}

const a = (content: string, attributes = '') => `<a xmlns="${T}"${attributes}>${content}</a>`
const type = (content: string, more = '') =>
  `<xs:element name="a"><xs:complexType>${content}${more}</xs:complexType></xs:element>`
const sequence = (content: string, more = '') => type(`<xs:sequence>${content}</xs:sequence>`, more)
const element = (name: string, more = '') => `<xs:element name="${name}" type="xs:string"${more}/>`
const ANY = (process: string, more = '') =>
  `<xs:any namespace="##other" processContents="${process}" minOccurs="0" maxOccurs="unbounded"${more}/>`
const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** schema, and what is said of documents */
const ROWS: Readonly<Record<string, readonly [schema: string, Readonly<Record<string, string>>]>> =
  {
    'a sequence': [
      sequence(element('b') + element('c', ' minOccurs="0" maxOccurs="2"') + element('d')),
      {
        [a('<b/><d/>')]: 'valid',
        [a('\n <b>x</b>\n <c/><c/> <d/> ')]: 'valid',
        [a('')]: 'a',
        [a('  ')]: 'a',
        [a('text')]: 'a',
        [a('<b/>')]: 'a',
        [a('<d/>')]: 'a',
        [a('<b/><c/><c/><c/><d/>')]: 'a',
        [a('<b/><d/><b/>')]: 'a',
        [a('<b/><x/><d/>')]: 'a',
        [a('<b xmlns=""/><d/>')]: 'a',
        [a('<b><b/></b><d/>')]: 'b',
        [a('<b y=""/><d y=""/>')]: 'b d',
        [a('<b y=""/><x/>')]: 'a',
      },
    ],
    'text in a wrong sequence that is not sure': [
      sequence(element('b') + '<xs:element name="c" type="xs:gYear"/>'),
      { [a('<b/><c>2026</c>')]: 'unsure', [a('<c>2026</c>')]: 'unsure', [a('<x/>')]: 'a' },
    ],
    'a choice': [
      type(`<xs:choice maxOccurs="unbounded">${element('b')}${element('c')}</xs:choice>`),
      {
        [a('<c/><b/><b/>')]: 'valid',
        [a('')]: 'a',
        [a('text')]: 'a',
        [a('<b/><x/>')]: 'a',
        [a('<b><c/></b>')]: 'b',
      },
    ],
    'a choice that is wrong and holds what is not sure': [
      type(`<xs:choice>${element('b')}<xs:element name="c" type="xs:gYear"/></xs:choice>`),
      { [a('<b/>')]: 'valid', [a('<b/><c>2026</c>')]: 'unsure', [a('<b/><b/>')]: 'a' },
    ],
    'members in any order': [
      type(`<xs:all>${element('b')}${element('c', ' minOccurs="0"')}</xs:all>`),
      { [a('<c/><b/>')]: 'valid', [a('<c/>')]: 'a', [a('<b/><b/>')]: 'a' },
    ],
    'counting in two ways': [
      type(`<xs:sequence maxOccurs="2">${element('b', ' maxOccurs="2"')}</xs:sequence>`),
      { [a('<b/>')]: 'unsure' },
    ],
    'rounds that may be empty': [
      type(`<xs:choice maxOccurs="2">${element('b', ' minOccurs="0"')}${element('c')}</xs:choice>`),
      { [a('<b/>')]: 'unsure' },
    ],
    'a wildcard that is skipped': [
      sequence(element('b') + ANY('skip')),
      {
        [a('<b/><x xmlns="urn:x" xmlns:t="urn:t" t:a="" ><a xmlns="urn:t"><z/></a></x>')]: 'valid',
        [a('<x xmlns="urn:x"/>')]: 'unsure',
        [a('<b/><x/>')]: 'unsure',
      },
    ],
    'two wildcards or none': [
      sequence(
        element('b') +
          `<xs:sequence minOccurs="0">${ANY('skip').replace('minOccurs="0" maxOccurs="unbounded"', 'minOccurs="2" maxOccurs="2"')}</xs:sequence>`,
      ),
      {
        [a('<b/>')]: 'valid',
        [a('<b/><x xmlns="urn:x"/><x xmlns="urn:x"/>')]: 'valid',
        [a('<b/><x xmlns="urn:x"/>')]: 'unsure',
      },
    ],
    'a wildcard, and any number more, or none': [
      sequence(
        element('b') +
          `<xs:sequence minOccurs="0">${ANY('skip').replace('minOccurs="0" maxOccurs="unbounded"', '')}${ANY('skip')}</xs:sequence>`,
      ),
      {
        [a('<b/>')]: 'valid',
        [a('<b/><x xmlns="urn:x"/>')]: 'valid',
        [a('<b/><x xmlns="urn:x"/><x xmlns="urn:y"/>')]: 'valid',
        [a('<b/><x xmlns=""/>')]: 'unsure',
      },
    ],
    'a lax wildcard': [
      sequence(element('b') + ANY('lax')) + element('known'),
      {
        [a('<b/><x xmlns="urn:x" y=""><z/></x>')]: 'valid',
        [a(`<b/><x xmlns="urn:x"${XSI} xsi:nil="true"/>`)]: 'unsure',
        [a(`<b/><x xmlns="urn:x"><known xmlns="${T}"/></x>`)]: 'valid',
        [a(`<b/><x xmlns="urn:x"><known xmlns="${T}"><z/></known></x>`)]: 'known',
      },
    ],
    'a wildcard that admits what is declared beside it': [
      sequence(
        '<xs:any namespace="##targetNamespace" processContents="strict"/><xs:element name="b" type="xs:int" minOccurs="0"/>',
      ),
      { [a('<b>1</b><b>1</b>')]: 'unsure' },
    ],
    'such a wildcard behind all others': [
      sequence(
        '<xs:element name="b" type="xs:int"/><xs:any namespace="##targetNamespace" processContents="skip" minOccurs="0"/>',
      ),
      { [a('<b>1</b><b>x</b>')]: 'unsure', [a('<b>1</b><c/>')]: 'valid', [a('<b>x</b>')]: 'b' },
    ],
    'a choice beside such a wildcard': [
      sequence(
        '<xs:choice><xs:element name="c" type="xs:int"/><xs:element name="d"/></xs:choice><xs:any namespace="##targetNamespace" processContents="skip" minOccurs="0"/>',
      ),
      { [a('<c>1</c><c>x</c>')]: 'unsure' },
    ],
    'a global attribute in a lax wildcard': [
      `${sequence(ANY('lax'))}<xs:attribute name="n" type="xs:int"/>`,
      { [a(`<x:q xmlns:x="urn:x" xmlns:t="${T}" t:n="abc"/>`)]: 'unsure' },
    ],
    'a group of nothing': [
      type('<xs:sequence/>'),
      { [a('')]: 'valid', [a(' ')]: 'unsure', [a('<b/>')]: 'a' },
    ],
    'groups that repeat in groups that repeat': [
      type(
        `<xs:choice minOccurs="2" maxOccurs="2"><xs:choice maxOccurs="3">${element('b')}${element('c')}</xs:choice></xs:choice>`,
      ),
      { [a('<b/><c/>')]: 'unsure' },
    ],
    'an extension that prohibits what it inherits': [
      '<xs:element name="a" type="t:E"/><xs:complexType name="B"><xs:attribute name="y" use="required"/></xs:complexType><xs:complexType name="E"><xs:complexContent><xs:extension base="t:B"><xs:attribute name="y" use="prohibited"/></xs:extension></xs:complexContent></xs:complexType>',
      { [a('')]: 'a', [a('', ' y="1"')]: 'valid' },
    ],
    'an extension by nothing of a type with text': [
      '<xs:element name="a" type="t:E"/><xs:complexType name="B"><xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent></xs:complexType><xs:complexType name="E"><xs:complexContent><xs:extension base="t:B"/></xs:complexContent></xs:complexType>',
      { [a('1')]: 'valid', [a('')]: 'a', [a('x')]: 'a' },
    ],
    'an extension by an empty group of a type with text': [
      '<xs:element name="a" type="t:E"/><xs:complexType name="B"><xs:simpleContent><xs:extension base="xs:int"/></xs:simpleContent></xs:complexType><xs:complexType name="E"><xs:complexContent><xs:extension base="t:B"><xs:sequence/></xs:extension></xs:complexContent></xs:complexType>',
      { [a('1')]: 'valid', [a('')]: 'a', [a('x')]: 'a' },
    ],
    'a lax wildcard in a choice': [
      type(`<xs:choice>${element('b')}${ANY('lax').replace(' minOccurs="0"', '')}</xs:choice>`),
      { [a('<x xmlns="urn:x"/>')]: 'valid', [a('<b/>')]: 'valid', [a('<b/><b/>')]: 'unsure' },
    ],
    'a strict wildcard': [
      sequence(element('b') + ANY('strict')),
      { [a('<b/>')]: 'valid', [a('<b/><x xmlns="urn:x"/>')]: 'unsure' },
    ],
    'a wildcard before an element': [
      sequence(ANY('skip') + element('b')),
      { [a('<x xmlns="urn:x"/><b/>')]: 'valid', [a('<b/>')]: 'valid', [a('')]: 'unsure' },
    ],
    attributes: [
      sequence(
        element('b', ' minOccurs="0"'),
        '<xs:attribute name="r" type="xs:boolean" use="required"/><xs:attribute name="f" type="xs:string" fixed="x"/><xs:attribute name="y" type="xs:gYear"/>',
      ),
      {
        [a('', ' r="true"')]: 'valid',
        [a('', ' r="true" f="x"')]: 'valid',
        [a('', ' r="true" f="y"')]: 'unsure',
        [a('', ' r="yes"')]: 'a',
        [a('')]: 'a',
        [a('', ' r="true" z=""')]: 'a',
        [a('<b z=""/>', ' z=""')]: 'a',
        [a('', ' r="true" y="2026"')]: 'unsure',
        [a('', `${XSI} r="true" xsi:schemaLocation="urn:t t.xsd"`)]: 'valid',
        [a('', `${XSI} r="true" xsi:schemaLocation="urn:t"`)]: 'unsure',
        [a('', `${XSI} r="true" xsi:noNamespaceSchemaLocation="t.xsd"`)]: 'valid',
        [a('', `${XSI} r="true" xsi:type="x"`)]: 'unsure',
        [a('', `${XSI} r="true" xsi:nil="true"`)]: 'unsure',
      },
    ],
    'an attribute that is wrong beside a child that is not sure': [
      sequence(
        '<xs:element name="c" type="xs:gYear"/>',
        '<xs:attribute name="r" type="xs:boolean"/>',
      ),
      { [a('<c>2026</c>', ' r="x"')]: 'unsure' },
    ],
    'any attribute, skipped': [
      type('<xs:anyAttribute namespace="##other" processContents="skip"/>'),
      { [a('', ' xmlns:x="urn:x" x:y=""')]: 'valid', [a('', ' y=""')]: 'a' },
    ],
    'any attribute, lax': [
      type('<xs:anyAttribute processContents="lax"/>') + '<xs:attribute name="k" type="xs:int"/>',
      { [a('', ' y=""')]: 'valid', [a('', ` xmlns:t="${T}" t:k="1"`)]: 'unsure' },
    ],
    'any attribute, strict': [
      type('<xs:anyAttribute processContents="strict"/>'),
      { [a('', ' y=""')]: 'unsure' },
    ],
    'no content': [type(''), { [a('')]: 'valid', [a(' ')]: 'unsure', [a('<b/>')]: 'a' }],
    'simple content': [
      type(
        '<xs:simpleContent><xs:extension base="xs:boolean"><xs:attribute name="r" use="required"/></xs:extension></xs:simpleContent>',
      ),
      {
        [a('true', ' r=""')]: 'valid',
        [a('yes', ' r=""')]: 'a',
        [a('true')]: 'a',
        [a('<b/>', ' r=""')]: 'a',
      },
    ],
    'mixed content': [
      '<xs:element name="a"><xs:complexType mixed="true"/></xs:element>',
      { [a('text')]: 'unsure' },
    ],
    'anything at all': ['<xs:element name="a"/>', { [a('')]: 'unsure' }],
    'an abstract element': [
      '<xs:element name="a" type="xs:string" abstract="true"/>',
      { [a('')]: 'unsure' },
    ],
    'an abstract type': [
      '<xs:element name="a" type="t:A"/><xs:complexType name="A" abstract="true"/>',
      { [a('')]: 'unsure' },
    ],
    'a member that others stand for': [
      `${sequence('<xs:element ref="t:h"/>')}${element('h')}<xs:element name="m" substitutionGroup="t:h"/>`,
      { [a('<h/>')]: 'unsure' },
    ],
    'identity constraints': [
      `<xs:element name="a"><xs:complexType><xs:sequence>${element('b', ' maxOccurs="9"')}</xs:sequence></xs:complexType><xs:unique name="u"><xs:selector xpath="t:b"/><xs:field xpath="."/></xs:unique></xs:element>`,
      { [a('<b/>')]: 'unsure' },
    ],
    'default and fixed': [
      sequence(element('b', ' default="x"') + element('c', ' fixed="x" minOccurs="0"')),
      {
        [a('<b>y</b>')]: 'valid',
        [a('<b/>')]: 'unsure',
        [a('<b>y</b><c>x</c>')]: 'valid',
        [a('<b>y</b><c>z</c>')]: 'unsure',
      },
    ],
    'a name for two declarations': [
      sequence(element('b') + element('c') + element('b', ' default="x"')),
      { [a('<b/><c/><b>1</b>')]: 'unsure' },
    ],
    'a name for two like declarations': [
      sequence(element('b') + element('c') + element('b')),
      { [a('<b/><c/><b>1</b>')]: 'valid', [a('<b/><c/>')]: 'a' },
    ],
    'what is wrong in many places': [
      sequence('<xs:element name="b" type="xs:boolean" maxOccurs="unbounded"/>'),
      {
        [a('<b>x</b>'.repeat(3))]: 'b b b',
        [a('<b>x</b>'.repeat(2000))]: 'b '.repeat(1001).trim(),
      },
    ],
  }

for (const [what, [schema, documents]] of Object.entries(ROWS))
  test(`says of ${what} what the engine says, or nothing`, () => {
    const model = modelOf(schema)
    const { verdict } = engine(setOf({ '/0/t.xsd': xsd(schema) }))
    for (const [xml, due] of Object.entries(documents)) {
      const is = said(model, xml)
      assert.is(is, due, xml)
      if (is !== 'unsure') assert.is(verdict(xml), is === 'valid' ? 'valid' : 'invalid', xml)
    }
  })

test.run()
