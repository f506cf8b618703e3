import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { key } from './model.ts'
import { declared, engine, modelOf, setOf, T, tree, xsd } from './schema.fixture.ts'
import { diagnose } from './diagnose/diagnose.ts'
import { derivedTypes } from './sample/open.ts'
import { alternatives } from './shape.ts'

const test = suite('derived-type')

const derived = (name: string, how: string, base: string, rest = '') =>
  `<xs:complexType name="${name}"${rest}><xs:complexContent><xs:${how} base="t:${base}"><xs:sequence/></xs:${how}></xs:complexContent></xs:complexType>`
const types = (rest = '') =>
  `<xs:complexType name="Base"${rest}><xs:sequence/></xs:complexType>` +
  derived('More', 'extension', 'Base') +
  derived('Less', 'restriction', 'Base') +
  derived('LessOfMore', 'restriction', 'More')

/** block of the element, block of its type, and the types that may stand for it */
const INSTANCES: readonly (readonly [string, string, ...string[]])[] = [
  ['', '', 'Base', 'Less', 'LessOfMore', 'More'],
  [' block="extension"', '', 'Base', 'Less'],
  [' block="restriction"', '', 'Base', 'More'],
  [' block="#all"', '', 'Base'],
  [' block="substitution"', '', 'Base', 'Less', 'LessOfMore', 'More'],
  ['', ' block="extension"', 'Base', 'Less'],
  [' block="extension"', ' block="restriction"', 'Base'],
]

for (const [onElement, onType, ...names] of INSTANCES)
  test(`xsi:type of an element with${onElement} and a type with${onType}: ${names.join(', ')}`, () => {
    const body = `<xs:element name="r" type="t:Base"${onElement}/>${types(onType)}`
    const model = modelOf(body)
    const decl = declared(model, 'r')
    const judge = engine(setOf({ '/0/t.xsd': xsd(body) }))
    const document = (name: string) =>
      `<t:r xmlns:t="${T}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:${name}"/>`
    const all = ['Base', 'Less', 'LessOfMore', 'More']
    const taken = all.filter((it) => judge.verdict(document(it)) === 'valid')
    const unblamed = all.filter(
      (it) => diagnose(tree(document(it)), decl, model, 'payload-xsd').length === 0,
    )
    const sampled = derivedTypes(decl, model).map((it) => it.name)
    assert.equal(taken, names)
    assert.equal(unblamed, names)
    assert.equal(['Base', ...sampled].sort(), names)
  })

/** block of the head, and the members that may stand in its place; blockDefault of the file */
const MEMBERS: readonly (readonly [string, string, ...string[]])[] = [
  ['', '', 'head', 'less', 'more', 'same'],
  [' block="substitution"', '', 'head'],
  [' block="#all"', '', 'head'],
  [' block="extension"', '', 'head', 'less', 'same'],
  [' block="restriction"', '', 'head', 'more', 'same'],
  ['', ' blockDefault="extension"', 'head', 'less', 'same'],
  [' block=""', ' blockDefault="substitution"', 'head', 'less', 'more', 'same'],
]

for (const [onHead, onSchema, ...names] of MEMBERS)
  test(`members in the place of a head with${onHead} in a schema with${onSchema}: ${names.join(', ')}`, () => {
    const member = (name: string, type: string) =>
      `<xs:element name="${name}" type="t:${type}" substitutionGroup="t:head"/>`
    const body =
      `<xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="t:head"/></xs:sequence></xs:complexType></xs:element>` +
      `<xs:element name="head" type="t:Base"${onHead}/>${member('same', 'Base')}${member('more', 'More')}${member('less', 'Less')}${types()}`
    const text = xsd(body, `elementFormDefault="qualified"${onSchema}`)
    const model = modelOf(text)
    const judge = engine(setOf({ '/0/t.xsd': text }))
    const all = ['head', 'less', 'more', 'same']
    const taken = all.filter((it) => judge.verdict(`<r xmlns="${T}"><${it}/></r>`) === 'valid')
    const found = alternatives(declared(model, 'head'), model).map((it) => it.name)
    assert.equal(taken, names)
    assert.equal(found.sort(), names)
  })

test('a member of a union may be named in its place, unless the union is restricted', () => {
  const union = '<xs:union memberTypes="xs:int t:Word"/>'
  const model = modelOf(
    `<xs:element name="open" type="t:Open"/><xs:element name="listed" type="t:Listed"/>` +
      `<xs:simpleType name="Word"><xs:restriction base="xs:NCName"/></xs:simpleType>` +
      `<xs:simpleType name="Open">${union}</xs:simpleType>` +
      `<xs:simpleType name="Listed"><xs:restriction base="t:Open"><xs:enumeration value="1"/></xs:restriction></xs:simpleType>`,
  )
  const word = model.types.get(key(T, 'Word'))
  const document = (name: string) =>
    tree(
      `<t:${name} xmlns:t="${T}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:Word">a</t:${name}>`,
    )
  assert.ok(word !== undefined)
  const rules = (name: string) =>
    diagnose(document(name), declared(model, name), model, 'payload-xsd').map((it) => it.rule)
  assert.equal(rules('open'), [])
  assert.equal(rules('listed'), ['cvc-elt.4.3'])
})

test.run()
