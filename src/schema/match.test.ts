import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from '../envelope/element.ts'
import { mismatch } from './match.ts'
import { key } from './model.ts'
import type { ComplexType, Model, Particle } from './model.ts'
import { engine, modelOf, setOf, T, xsd } from './schema.fixture.ts'

const test = suite('match')

const E = (name: string, more = '') => `<xs:element name="${name}" type="xs:string" ${more}/>`
const OPT = 'minOccurs="0"'
const MANY = 'maxOccurs="unbounded"'
const X = 'urn:x'

/** content model; rows of children and where they stop: place, expected, needed (empty = satisfied) */
const TABLE: readonly (readonly [string, readonly (readonly [string, string?])[]])[] = [
  [
    `<xs:sequence>${E('a')}${E('b', OPT)}${E('c', `minOccurs="2" maxOccurs="3"`)}</xs:sequence>`,
    [
      ['a c c'],
      ['a b c c c'],
      ['', '0 a / a'],
      ['b', '0 a / a'],
      ['a', '1 b c / c'],
      ['a b', '2 c / c'],
      ['a c', '2 c / c'],
      ['a c b', '2 c / c'],
      ['a c c c c', '4 / '],
      ['a c c b', '3 c / '],
      ['a b b c c', '2 c / c'],
    ],
  ],
  [
    `<xs:sequence ${MANY}><xs:choice minOccurs="2" maxOccurs="2">${E('a', `minOccurs="2" maxOccurs="4"`)}${E('b')}</xs:choice>${E('c', OPT)}</xs:sequence>`,
    [
      ['a a a a'],
      ['a a a a a'],
      ['a a a a a a a a a'],
      ['a a b c b b'],
      ['a a a', '3 a b / a b'],
      ['a', '1 a / a'],
    ],
  ],
  [
    `<xs:choice>${E('a')}<xs:sequence>${E('b')}${E('c')}</xs:sequence></xs:choice>`,
    [
      ['a'],
      ['b c'],
      ['', '0 a b / a b'],
      ['b', '1 c / c'],
      ['c', '0 a b / a b'],
      ['a b', '1 / '],
      ['b a', '1 c / c'],
    ],
  ],
  [
    `<xs:sequence>${E('h')}<xs:choice ${OPT} ${MANY}>${E('a')}${E('b')}</xs:choice>${E('z', OPT)}</xs:sequence>`,
    [['h'], ['h a b a a'], ['h b z'], ['h a h', '2 a b z / '], ['a', '0 h / h']],
  ],
  [
    `<xs:sequence ${MANY}>${E('a')}${E('b')}</xs:sequence>`,
    [['a b'], ['a b a b'], ['a b a', '3 b / b'], ['a a', '1 b / b'], ['a b b', '2 a / ']],
  ],
  [
    `<xs:all>${E('a')}${E('b', OPT)}${E('c')}</xs:all>`,
    [
      ['a c'],
      ['c b a'],
      ['b c', '2 a / a'],
      ['a', '1 b c / c'],
      ['a a', '1 b c / c'],
      ['a c d', '2 b / '],
    ],
  ],
  [
    `<xs:sequence>${E('a')}<xs:any namespace="##other" ${OPT} ${MANY}/>${E('b', OPT)}</xs:sequence>`,
    [['a'], ['a x:e x:f b'], ['a b x:e', '2 / '], ['x:e a', '0 a / a'], ['a a', '1 any b / ']],
  ],
  [`<xs:choice>${E('a', OPT)}${E('b')}</xs:choice>`, [[''], ['a'], ['b'], ['a b', '1 / ']]],
  [
    `<xs:sequence><xs:sequence ${OPT}>${E('a')}${E('b')}</xs:sequence>${E('c')}</xs:sequence>`,
    [['c'], ['a b c'], ['a c', '1 b / b'], ['a', '1 b / b']],
  ],
]

function particleOf(body: string): { particle: Particle; model: Model } {
  const model = modelOf(`<xs:complexType name="C">${body}</xs:complexType>`)
  const { content } = model.types.get(key(T, 'C')) as ComplexType
  if (content.kind !== 'particle') throw new Error('no particle')
  return { particle: content.particle, model }
}

const childrenOf = (words: string) =>
  words
    .split(' ')
    .filter((it) => it !== '')
    .map((it) => (it.startsWith('x:') ? element(X, it.slice(2)) : element(T, it)))

const names = (list: readonly Particle[]) =>
  list.map((it) => (it.kind === 'element' ? it.decl.name : it.kind)).join(' ')

function found(body: string, words: string): string {
  const { particle, model } = particleOf(body)
  const wrong = mismatch(particle, childrenOf(words), model)
  return wrong === undefined
    ? ''
    : `${wrong.at} ${names(wrong.expected)} / ${names(wrong.needed)}`.replace('  ', ' ')
}

for (const [body, rows] of TABLE)
  for (const [words, expected = ''] of rows)
    test(`${body.replace(/<\/?xs:| type="xs:string"|\/?>/g, ' ').replace(/ +/g, ' ')} with ${words || 'nothing'}`, () => {
      assert.is(found(body, words), expected)
    })

test('agrees with the XSD engine', () => {
  const types = TABLE.map(
    ([body], at) =>
      `<xs:element name="e${at}"><xs:complexType>${body}</xs:complexType></xs:element>`,
  )
  const { verdict } = engine(setOf({ '/0/t.xsd': xsd(types.join('')) }))
  TABLE.forEach(([body, rows], at) => {
    for (const [words, expected = ''] of rows) {
      const children = words.replace(
        /([^ ]+)/g,
        (it) => `<${it}${it.startsWith('x:') ? ` xmlns:x="${X}"` : ''}/>`,
      )
      // xs:any is strict: elements that nobody declares are refused for that.
      if (words.includes('x:')) continue
      const says = verdict(`<e${at} xmlns="${T}">${children}</e${at}>`) === 'valid'
      assert.is(says, expected === '', `${body} ${words}`)
    }
  })
})

test('stays linear for a hundred thousand children', () => {
  const rows = [
    [`<xs:sequence>${E('a', MANY)}</xs:sequence>`, 'a'],
    [`<xs:choice ${MANY}>${E('b')}${E('a')}</xs:choice>`, 'a'],
    [`<xs:sequence ${MANY}>${E('b', OPT)}${E('a')}</xs:sequence>`, 'a'],
  ] as const
  for (const [body, name] of rows) {
    const { particle, model } = particleOf(body)
    const children = Array.from({ length: 100_000 }, () => element(T, name))
    assert.is(mismatch(particle, children, model), undefined)
  }
})

test.run()
