// Schemas that are made of themselves, or of more than there is use for. None of them reaches the XSD engine here: what
// writes, samples and describes messages works with the model alone, and without a deadline.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../../envelope/errors.ts'
import { MOST_DERIVED } from './limits.ts'
import { declared, modelOf } from '../schema.fixture.ts'

const test = suite('compile-limits')

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join('')
const root = (type: string) => `<xs:element name="r" type="t:${type}"/>`
const complex = (name: string, content: string) =>
  `<xs:complexType name="${name}">${content}</xs:complexType>`
const extension = (name: string, base: string, inner = '') =>
  complex(
    name,
    `<xs:complexContent><xs:extension base="t:${base}">${inner}</xs:extension></xs:complexContent>`,
  )
const simple = (name: string, content: string) =>
  `<xs:simpleType name="${name}">${content}</xs:simpleType>`
const group = (name: string, ...refs: readonly string[]) =>
  `<xs:group name="${name}"><xs:sequence>${refs.map((it) => `<xs:group ref="t:${it}"/>`).join('')}<xs:element name="e${name}" minOccurs="0"/></xs:sequence></xs:group>`
const attributes = (name: string, ...refs: readonly string[]) =>
  `<xs:attributeGroup name="${name}">${refs.map((it) => `<xs:attributeGroup ref="t:${it}"/>`).join('')}</xs:attributeGroup>`

/** what is wrong, the components, what the error says */
const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  ['a type that extends itself', root('A') + extension('A', 'A'), /The type A is made of itself/],
  [
    'types that extend each other',
    root('A') + extension('A', 'B') + extension('B', 'A'),
    /The type A is made of itself/,
  ],
  [
    'simple types in a ring',
    root('A') +
      simple('A', '<xs:restriction base="t:B"/>') +
      simple('B', '<xs:restriction base="t:A"/>'),
    /The type A is made of itself/,
  ],
  [
    'a list of itself',
    root('A') + simple('A', '<xs:list itemType="t:A"/>'),
    /The type A is made of itself/,
  ],
  [
    'a union with itself',
    root('A') + simple('A', '<xs:union memberTypes="xs:int t:A"/>'),
    /The type A is made of itself/,
  ],
  [
    'a group in itself',
    root('A') + complex('A', '<xs:group ref="t:g"/>') + group('g', 'g'),
    /The group g is made of itself/,
  ],
  [
    'groups in each other',
    root('A') + complex('A', '<xs:group ref="t:g"/>') + group('g', 'h') + group('h', 'g'),
    /The group g is made of itself/,
  ],
  [
    'attribute groups in each other',
    root('A') +
      complex('A', '<xs:attributeGroup ref="t:g"/>') +
      attributes('g', 'h') +
      attributes('h', 'g'),
    /The attributeGroup g is made of itself/,
  ],
  [
    'heads of each other',
    '<xs:element name="r" substitutionGroup="t:s"/><xs:element name="s" substitutionGroup="t:r"/>',
    /The substitution group of t:\w is made of itself/,
  ],
  [
    'groups that double forty times',
    root('A') +
      complex('A', '<xs:group ref="t:g0"/>') +
      times(40, (at) => group(`g${at}`, `g${at + 1}`, `g${at + 1}`)) +
      group('g40'),
    /The group g\d+ has more than 100000 particles/,
  ],
  [
    'types that double by extension',
    root('A40') +
      complex('A0', '<xs:group ref="t:g"/>') +
      times(17, (at) => group(`g${at === 0 ? '' : at}`, `g${at + 1}`, `g${at + 1}`)) +
      group('g17') +
      times(40, (at) =>
        extension(`A${at + 1}`, `A${at}`, '<xs:sequence><xs:element name="e"/></xs:sequence>'),
      ),
    /has more than 100000 particles/,
  ],
  [
    'unions that double forty times',
    root('A0') +
      times(
        40,
        (at) =>
          simple(`A${at}`, `<xs:union memberTypes="t:A${at + 1} t:B${at + 1}"/>`) +
          simple(`B${at}`, `<xs:union memberTypes="t:A${at + 1} t:B${at + 1}"/>`),
      ) +
      simple('A40', '<xs:restriction base="xs:int"/>') +
      simple('B40', '<xs:restriction base="xs:int"/>'),
    /A union has more than 10000 members/,
  ],
  [
    'ten thousand types in a row',
    root('A10000') +
      complex('A0', '<xs:sequence/>') +
      times(10_000, (at) => extension(`A${at + 1}`, `A${at}`)),
    new RegExp(`is made of more than ${MOST_DERIVED} others in a row`),
  ],
]

for (const [name, body, says] of REFUSED)
  test(`refuses ${name}, each time it is asked`, () => {
    const attempt = () => declared(modelOf(body), 'r')
    assert.throws(attempt, (it: unknown) => it instanceof CimError && it.code === 'unusable-schema')
    assert.throws(attempt, says)
  })

test('a model that has failed does not go on half made', () => {
  const model = modelOf(
    `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="t:A"/></xs:sequence></xs:complexType></xs:element>${extension('A', 'A')}`,
  )
  for (let time = 0; time < 2; time += 1)
    assert.throws(() => declared(model, 'r'), /The type A is made of itself/)
})

/** what looks like it and is right */
const TAKEN: Readonly<Record<string, string>> = {
  'attribute groups that double forty times':
    root('A') +
    complex('A', '<xs:attributeGroup ref="t:g0"/>') +
    times(40, (at) => attributes(`g${at}`, `g${at + 1}`, `g${at + 1}`)) +
    attributes('g40'),
  'a type with ten thousand elements':
    root('A') +
    complex(
      'A',
      `<xs:sequence>${times(10_000, (at) => `<xs:element name="e${at}"/>`)}</xs:sequence>`,
    ),
  'two hundred types in a row':
    root('A200') +
    complex('A0', '<xs:sequence/>') +
    times(200, (at) => extension(`A${at + 1}`, `A${at}`)),
  'a type that holds itself':
    root('A') +
    complex('A', '<xs:sequence><xs:element name="a" type="t:A" minOccurs="0"/></xs:sequence>'),
  'a group that holds itself through an element':
    root('A') +
    complex('A', '<xs:group ref="t:g"/>') +
    '<xs:group name="g"><xs:sequence><xs:element name="a" minOccurs="0"><xs:complexType><xs:group ref="t:g"/></xs:complexType></xs:element></xs:sequence></xs:group>',
}

for (const [name, body] of Object.entries(TAKEN))
  test(`takes ${name}`, () => {
    assert.is(declared(modelOf(body), 'r').name, 'r')
  })

test.run()
