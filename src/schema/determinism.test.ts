import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isDeterministic } from './determinism.ts'
import { modelOf, T } from './schema.fixture.ts'
import { key } from './model.ts'

const test = suite('determinism')

const el = (name: string, rest = '') => `<xs:element name="${name}" type="xs:string" ${rest}/>`
const OPT = 'minOccurs="0"'
const seq = (...items: readonly string[]) => `<xs:sequence>${items.join('')}</xs:sequence>`
const choice = (...items: readonly string[]) => `<xs:choice>${items.join('')}</xs:choice>`
const any = (namespace: string) => `<xs:any namespace="${namespace}" minOccurs="0"/>`

/** content, deterministic */
const TABLE: readonly (readonly [string, boolean])[] = [
  [seq(el('a'), el('b')), true],
  [seq(el('a'), el('b'), el('a')), true],
  [seq(el('a', OPT), el('a')), false],
  [seq(el('a', OPT), el('b', OPT), el('a')), false],
  [seq(el('a'), el('b', OPT), el('a', OPT)), true],
  [choice(seq(el('a'), el('x')), seq(el('b'), el('x'))), true],
  [choice(seq(el('a'), el('x')), seq(el('a'), el('y'))), false],
  [choice(seq(el('a', OPT), el('x')), seq(el('b', OPT), el('x'))), false],
  [`<xs:sequence maxOccurs="unbounded">${el('a')}${el('b', OPT)}</xs:sequence>`, true],
  [`<xs:sequence maxOccurs="2">${el('a')}${el('b', OPT)}${el('a', OPT)}</xs:sequence>`, false],
  [seq(el('a', 'minOccurs="0" maxOccurs="0"'), el('a')), true],
  [seq(el('a', OPT), any('##other')), true],
  [seq(el('a', OPT), any('##any')), false],
  [seq(el('a'), any('##any')), true],
  [seq(any('##other'), any('##other')), false],
  [seq(any('urn:x urn:y'), any('urn:z')), true],
  [seq(any('urn:x urn:y'), any('urn:y')), false],
  [seq(any('##other'), any('urn:y')), false],
  [seq(any('##local'), any('##other')), true],
  [`<xs:all>${el('a')}${el('b')}</xs:all>`, true],
  [seq('<xs:element ref="t:H" minOccurs="0"/>', '<xs:element ref="t:h"/>'), false],
  [seq('<xs:element ref="t:h" minOccurs="0"/>', '<xs:element ref="t:o"/>'), true],
  [seq(), true],
]

const HEADS =
  '<xs:element name="H" type="xs:string"/><xs:element name="h" type="xs:string" substitutionGroup="t:H"/><xs:element name="o" type="xs:string"/>'

for (const [content, expected] of TABLE)
  test(`${expected ? 'one' : 'several'} for each element: ${content}`, () => {
    const model = modelOf(`<xs:complexType name="C">${content}</xs:complexType>${HEADS}`)
    const type = model.types.get(key(T, 'C'))
    if (type?.kind !== 'complex') throw new Error('no type')
    const { content: made } = type
    assert.is(made.kind !== 'particle' || isDeterministic(made.particle, model), expected)
  })

test('more than a thousand places are not followed', () => {
  const many = Array.from({ length: 1001 }, (_, at) => el(`e${at}`, OPT)).join('')
  const model = modelOf(`<xs:complexType name="C">${seq(many)}</xs:complexType>`)
  const type = model.types.get(key(T, 'C'))
  assert.ok(type?.kind === 'complex' && type.content.kind === 'particle')
  assert.not(isDeterministic(type.content.particle, model))
})

test.run()
