import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeElement } from '../../envelope/write.ts'
import { engine, setOf, T, tree, xsd } from '../../schema/schema.fixture.ts'
import { withPlainWildcards } from './plain-wildcards.ts'

const test = suite('plain-wildcards')

const ANY = (occurs: string) =>
  `<xs:any namespace="##other" processContents="lax" ${occurs.replace(/(\w+)\.\.(\w+)/, 'minOccurs="$1" maxOccurs="$2"')}/>`
const ELEMENTS = '<xs:element name="e" minOccurs="0" maxOccurs="unbounded"/>'
const SEQUENCE = (inner: string, more = '') => `<xs:sequence ${more}>${inner}</xs:sequence>`

const judge = (content: string) => {
  const root = `<xs:element name="r"><xs:complexType>${content}</xs:complexType></xs:element>`
  const { verdict } = engine(setOf({ '/0/t.xsd': xsd(root, '') }))
  return (letters: string) => {
    const inner = [...letters].map((it) => (it === 'e' ? '<e/>' : '<o:x/>')).join('')
    return verdict(`<t:r xmlns:t="${T}" xmlns:o="urn:o">${inner}</t:r>`) === 'valid'
  }
}

/** Every sequence of elements and extensions, up to five. */
const ALL: readonly string[] = Array.from({ length: 5 }).reduce<readonly string[]>(
  (all) => [...new Set(['', ...all.flatMap((it) => [`${it}e`, `${it}x`])])],
  [''],
)

/** content, and the sequences of elements and extensions that it means */
const TABLE: readonly (readonly [string, RegExp])[] = [
  [SEQUENCE(ELEMENTS + ANY('0..2')), /^e*x{0,2}$/],
  [SEQUENCE(ELEMENTS + ANY('0..unbounded')), /^e*x*$/],
  [SEQUENCE(ELEMENTS + ANY('0..1')), /^e*x?$/],
  [SEQUENCE(ELEMENTS + ANY('1..3')), /^e*x{1,3}$/],
  [SEQUENCE(ELEMENTS + ANY('1..unbounded')), /^e*x+$/],
  [SEQUENCE(ELEMENTS + ANY('2..3')), /^e*x{2,3}$/],
  [SEQUENCE(ELEMENTS + ANY('2..unbounded')), /^e*x{2,}$/],
  [SEQUENCE(ELEMENTS + SEQUENCE(ANY('2..2'), 'minOccurs="0"')), /^e*(xx)?$/],
  [`<xs:choice>${ELEMENTS}${ANY('0..unbounded')}</xs:choice>`, /^(e*|x*)$/],
  [
    `<xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="e"/>${ANY('0..unbounded')}</xs:choice>`,
    /^[ex]*$/,
  ],
]

for (const [content, meaning] of TABLE)
  test(`the engine takes ${meaning.source} for ${content}`, () => {
    const isValid = judge(content)
    assert.equal(
      ALL.filter((it) => isValid(it) !== meaning.test(it)),
      [],
    )
  })

const rewritten = (inner: string) => writeElement(withPlainWildcards(tree(xsd(inner, ''))))

test('writes one behind the other, without their ids', () => {
  const text = rewritten(
    `<xs:complexType name="C">${SEQUENCE(ANY('id="a" 0..3'))}</xs:complexType>`,
  )
  assert.is(text.match(/<xs:any /g)?.length, 2)
  assert.ok(text.includes('maxOccurs="2"') && !text.includes('id="a"'), text)
})

test('leaves alone what is repeated, what stands in a group, and what asks for many', () => {
  for (const inner of [
    `<xs:group name="g">${SEQUENCE(ANY('0..2'))}</xs:group>`,
    `<xs:complexType name="C">${SEQUENCE(ANY('0..2'), 'maxOccurs="2"')}</xs:complexType>`,
    `<xs:complexType name="C">${SEQUENCE(ANY('9..10'))}</xs:complexType>`,
    `<xs:complexType name="C">${SEQUENCE(ANY('0..1') + ELEMENTS)}</xs:complexType>`,
  ]) {
    const before = tree(xsd(inner, ''))
    assert.is(withPlainWildcards(before), before)
  }
})

test.run()
