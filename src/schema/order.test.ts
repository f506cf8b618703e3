import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ANY_TYPE } from './builtins.ts'
import { key } from './model.ts'
import type { ComplexType } from './model.ts'
import { defaultOrder, isDefaultOrder } from './order.ts'
import { modelOf, T } from './schema.fixture.ts'
import { shapeOf } from './shape.ts'

const test = suite('order')

const E = (name: string, more = '') => `<xs:element name="${name}" type="xs:string" ${more}/>`
const MANY = 'maxOccurs="unbounded"'
const OPT = 'minOccurs="0"'
const ANY = `<xs:any namespace="##other" ${OPT} ${MANY}/>`

/** content, how many of each key, the order the content model gives */
const TABLE: readonly (readonly [string, string, string])[] = [
  [`<xs:sequence>${E('a')}${E('b', MANY)}</xs:sequence>`, 'b b a', 'a b b'],
  [`<xs:sequence ${MANY}>${E('a')}${E('b')}</xs:sequence>`, 'a a b b', 'a b a b'],
  [`<xs:sequence ${MANY}>${E('a')}${E('b', OPT)}</xs:sequence>`, 'a a b', 'a b a'],
  [`<xs:choice ${MANY}>${E('a')}${E('b')}</xs:choice>`, 'b a b', 'a b b'],
  [`<xs:all>${E('a')}${E('b')}${E('c', OPT)}</xs:all>`, 'c b a', 'a b c'],
  [`<xs:sequence>${E('a')}${ANY}${E('b')}</xs:sequence>`, '#ext a #ext b', 'a #ext #ext b'],
  [
    `<xs:sequence><xs:any namespace="urn:x"/>${E('a')}<xs:any namespace="urn:y"/></xs:sequence>`,
    'a #ext:urn:x #ext:urn:y',
    '#ext a #ext',
  ],
  [`<xs:sequence>${E('a')}</xs:sequence>`, 'a a #ext', 'a a #ext'],
  [
    `<xs:choice><xs:sequence>${E('a')}${E('x')}</xs:sequence><xs:sequence>${E('b')}${E('x')}</xs:sequence></xs:choice>`,
    'x a',
    'a x',
  ],
]

for (const [body, supply, expected] of TABLE)
  test(`${supply} is written ${expected}`, () => {
    const model = modelOf(`<xs:complexType name="C">${body}</xs:complexType>`)
    const shape = shapeOf(model.types.get(key(T, 'C')) as ComplexType, model)
    const words = supply.split(' ')
    const wild = words.filter((it) => it.startsWith('#ext')).map((it) => it.slice(5) || 'urn:x')
    const count = new Map<string, number>()
    for (const it of words) count.set(it, (count.get(it) ?? 0) + 1)
    const order = expected.split(' ')
    assert.equal(defaultOrder(shape, model, count, wild), order)
    assert.ok(isDefaultOrder(order, wild, shape, model))
    const turned = order.toReversed()
    if (turned.join() !== order.join())
      assert.not(isDefaultOrder(turned, wild, shape, model), turned.join())
  })

test('any type says nothing of order', () => {
  const model = modelOf('')
  const shape = shapeOf(ANY_TYPE, model)
  assert.is(defaultOrder(shape, model, new Map([['#ext', 2]]), ['', '']), undefined)
  assert.ok(isDefaultOrder(['#ext', '#ext'], ['', ''], shape, model))
  assert.not(isDefaultOrder(['#text', '#ext'], [''], shape, model))
})

test('arranges a hundred thousand children in its stride', () => {
  const model = modelOf(
    `<xs:complexType name="C"><xs:sequence ${MANY}>${E('a')}${ANY}</xs:sequence></xs:complexType>`,
  )
  const shape = shapeOf(model.types.get(key(T, 'C')) as ComplexType, model)
  const wild = Array.from({ length: 50_000 }, () => 'urn:x')
  assert.is(defaultOrder(shape, model, new Map([['a', 50_000]]), wild)?.length, 100_000)
})

test.run()
