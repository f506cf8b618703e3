import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { writeElement } from '../../envelope/write.ts'
import { engine, setOf, T, tree, xsd } from '../../schema/schema.fixture.ts'
import { withPlainSubstitutes } from './plain-substitutes.ts'

const test = suite('plain-substitutes')

const GLOBALS = `<xs:element name="h" type="xs:string"/>
  <xs:element name="s" type="xs:string" substitutionGroup="t:h"/>
  <xs:element name="z" type="xs:string" substitutionGroup="t:h"/>`
const HEAD = (min: string, max: string) =>
  `<xs:element ref="t:h" minOccurs="${min}" maxOccurs="${max}"/>`
const ELEMENT = (name: string, max = 'unbounded') =>
  `<xs:element name="${name}" minOccurs="0" maxOccurs="${max}"/>`
const SEQUENCE = (inner: string, more = '') => `<xs:sequence ${more}>${inner}</xs:sequence>`

const judge = (content: string) => {
  const root = `${GLOBALS}<xs:element name="r"><xs:complexType>${content}</xs:complexType></xs:element>`
  const { verdict } = engine(setOf({ '/0/t.xsd': xsd(root, '') }))
  return (letters: string) => {
    const inner = [...letters]
      .map((it) => ('hsz'.includes(it) ? `<t:${it}/>` : `<${it}/>`))
      .join('')
    return verdict(`<t:r xmlns:t="${T}">${inner}</t:r>`) === 'valid'
  }
}

/** Every sequence of the head, a member and the elements around them, up to four. */
const ALL: readonly string[] = Array.from({ length: 4 }).reduce<readonly string[]>(
  (all) => [...new Set(['', ...all.flatMap((it) => [...'hsab'].map((more) => it + more))])],
  [''],
)

/** content, and the sequences that it means */
const TABLE: readonly (readonly [string, RegExp])[] = [
  [SEQUENCE(ELEMENT('a') + HEAD('0', 'unbounded') + ELEMENT('b')), /^a*[hs]*b*$/],
  [SEQUENCE(ELEMENT('a') + HEAD('1', 'unbounded') + ELEMENT('b')), /^a*[hs]+b*$/],
  [SEQUENCE(ELEMENT('a') + HEAD('0', '2') + ELEMENT('b')), /^a*[hs]{0,2}b*$/],
  [SEQUENCE(ELEMENT('a') + HEAD('2', '3') + ELEMENT('b')), /^a*[hs]{2,3}b*$/],
  [SEQUENCE(ELEMENT('a') + HEAD('2', 'unbounded') + ELEMENT('b')), /^a*[hs]{2,}b*$/],
  [SEQUENCE(ELEMENT('a', '1') + HEAD('0', 'unbounded') + ELEMENT('b', '1')), /^a?[hs]*b?$/],
  [SEQUENCE(HEAD('0', 'unbounded') + ELEMENT('a') + ELEMENT('b')), /^[hs]*a*b*$/],
  [`<xs:choice>${HEAD('0', 'unbounded')}${ELEMENT('a')}</xs:choice>`, /^([hs]*|a*)$/],
  [
    `<xs:choice minOccurs="0" maxOccurs="unbounded">${HEAD('1', 'unbounded')}<xs:element name="a"/></xs:choice>`,
    /^[hsa]*$/,
  ],
  [
    SEQUENCE(SEQUENCE(ELEMENT('a') + HEAD('0', 'unbounded'), 'minOccurs="0"') + ELEMENT('b')),
    /^a*[hs]*b*$/,
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

const HEADS = new Set(['h'])

test('writes a repeated reference once, in a sequence that may stand as often', () => {
  const content = `<xs:complexType name="C">${SEQUENCE(HEAD('0', '4'))}</xs:complexType>`
  const text = writeElement(withPlainSubstitutes(tree(xsd(content, '')), HEADS))
  assert.match(text, /<xs:sequence minOccurs="0" maxOccurs="4"><xs:element ref="t:h"\/>/)
})

test('leaves alone what stands once, is no head, or has no reference', () => {
  for (const inner of [HEAD('0', '1'), ELEMENT('h'), HEAD('0', '4').replace('t:h', 't:i')]) {
    const before = tree(xsd(`<xs:complexType name="C">${SEQUENCE(inner)}</xs:complexType>`, ''))
    assert.is(withPlainSubstitutes(before, HEADS), before)
  }
})

test.run()
