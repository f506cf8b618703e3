import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute } from '../envelope/element.ts'
import type { SchemaFile } from './catalogue.ts'
import { filesOf, shipped, xsd } from './schema.fixture.ts'
import { SETS } from './sets.fixture.ts'
import { undefinedNames } from './undefined-names.ts'
import { ARRANGEMENTS } from './xsd-set/files.fixture.ts'
import { xsdSet } from './xsd-set/xsd-set.fixture.ts'

const test = suite('undefined names')

const SHIPPED = (await shipped()).catalogue.files
const namespaceOf = ({ root }: SchemaFile) => attribute(root, 'targetNamespace') ?? ''
const inSet = (texts: Readonly<Record<string, string>>) => {
  const files = filesOf(texts)
  return undefinedNames(files, [...files, ...SHIPPED], namespaceOf).map(
    ({ file, kind, ns, name }) => `${file.location} ${kind} {${ns}}${name}`,
  )
}
const below = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/1/${name}`, text]))

const complex = (content: string) => `<xs:complexType name="C">${content}</xs:complexType>`

/** components, and what is named in vain */
const NAMED: readonly (readonly [string, string])[] = [
  ['<xs:element name="a" type="t:x"/>', 'type {urn:t}x'],
  ['<xs:element name="a" type="xs:strin"/>', 'type {http://www.w3.org/2001/XMLSchema}strin'],
  ['<xs:element name="a" substitutionGroup="t:x"/>', 'element {urn:t}x'],
  ['<xs:attribute name="a" type="x"/>', 'type {}x'],
  [complex('<xs:sequence><xs:element ref="t:x"/></xs:sequence>'), 'element {urn:t}x'],
  [complex('<xs:group ref="t:x"/>'), 'group {urn:t}x'],
  [complex('<xs:attribute ref="t:x"/>'), 'attribute {urn:t}x'],
  [complex('<xs:attributeGroup ref="t:x"/>'), 'attributeGroup {urn:t}x'],
  [complex('<xs:complexContent><xs:extension base="t:x"/></xs:complexContent>'), 'type {urn:t}x'],
  ['<xs:simpleType name="a"><xs:list itemType="t:x"/></xs:simpleType>', 'type {urn:t}x'],
  ['<xs:simpleType name="a"><xs:union memberTypes="xs:int t:x"/></xs:simpleType>', 'type {urn:t}x'],
  ['<xs:simpleType name="a"><xs:restriction base="t:x"/></xs:simpleType>', 'type {urn:t}x'],
]

for (const [body, what] of NAMED)
  test(`names ${what} in ${body}`, () => {
    assert.equal(inSet({ '/1/t.xsd': xsd(body) }), [`/1/t.xsd ${what}`])
  })

test('an element is no type, and a type no element', () => {
  const body = '<xs:element name="a" type="t:a"/><xs:attribute name="b" type="t:a"/>'
  assert.is(inSet({ '/1/t.xsd': xsd(body) }).length, 2)
})

test('finds nothing in what is shipped', () => {
  assert.equal(undefinedNames(SHIPPED, SHIPPED, namespaceOf), [])
})

test('finds nothing in sets that are whole, however they are arranged', () => {
  for (const { files } of Object.values(SETS)) assert.equal(inSet(below(files)), [])
  for (let seed = 0; seed < 3 * ARRANGEMENTS.length; seed += 1) {
    const { files, label } = xsdSet(seed)
    assert.equal(inSet(files), [], label)
  }
})

test.run()
