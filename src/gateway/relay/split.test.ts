// A message for a party that takes so many objects at once: cut in order, and answered as one, with the ID of each object that was
// refused.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReplyError } from '../../envelope/reply.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Said } from '../answer.ts'
import { contentsOf } from '../content.ts'
import { shippedSchemas } from '../gateway.fixture.ts'
import { objectsFor } from '../tasks.ts'
import { joinedSaid, piecesOf } from './split.ts'

const test = suite('relay: split')

const NOUN = 'ProgramEnrollments'
const contentOf = contentsOf(await shippedSchemas)
const content = contentOf(NOUN)
assert.ok(content)

const message = (...objects: readonly JsonObject[]): JsonObject => ({
  header: { Verb: 'create', Noun: NOUN },
  payload: { [NOUN]: { ProgramEnrollment: objects } },
})
const objectsIn = (it: JsonObject) => objectsFor(member(it, 'payload'), content)
const numbered = (count: number) =>
  Array.from({ length: count }, (_none, at) => ({ mRID: `m${at}` }))

test('whatever the numbers, the pieces are the message, in order, and none is too long', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), (count, most) => {
      const all = numbered(count)
      const pieces = piecesOf(message(...all), contentOf, most)
      assert.equal(
        pieces.flatMap((it) => objectsIn(it.message)),
        all,
      )
      assert.is(pieces.length, Math.ceil(count / most))
      for (const it of pieces) assert.ok(objectsIn(it.message).length <= most)
      const ids = pieces.flatMap((it) => it.ids.map(({ $ }) => $))
      assert.equal(ids, count <= most ? [] : all.map(({ mRID }) => mRID))
    }),
  )
})

test('what has neither mRID nor Names has its place in the whole message', () => {
  const pieces = piecesOf(message({ a: 1 }, { a: 2 }, { a: 3 }), contentOf, 2)
  assert.equal(
    pieces.map(({ ids }) => ids.map(({ $ }) => $)),
    [['1', '2'], ['3']],
  )
})

test('IDs are cut likewise', () => {
  const ID = ['a', 'b', 'c'].map(($) => ({ $, '@kind': 'other' }))
  const pieces = piecesOf({ header: {}, payload: { ID } }, contentOf, 2)
  assert.equal(
    pieces.map((it) => member(it.message, 'payload')),
    [{ ID: ID.slice(0, 2) }, { ID: ID.slice(2) }],
  )
})

const POSITION = { '@idType': 'position', '@kind': 'name' } as const

/** [what two pieces of two objects are answered, errors of the whole, by code and ID] */
const CASES: readonly (readonly [
  string,
  readonly [Said, Said],
  Said['result'],
  readonly string[],
])[] = [
  ['both are taken', [{ result: 'OK' }, { result: 'OK' }], 'OK', []],
  [
    'one object is refused by its mRID',
    [{ result: 'OK' }, { result: 'PARTIAL', errors: [{ code: '6.1', id: { $: 'm3' } }] }],
    'PARTIAL',
    ['0.2', '6.1 m3'],
  ],
  [
    'by its place in its piece',
    [
      { result: 'OK' },
      { result: 'PARTIAL', errors: [{ code: '6.1', id: { $: '1', ...POSITION } }] },
    ],
    'PARTIAL',
    ['0.2', '6.1 m2'],
  ],
  [
    'a piece has failed without a word about any',
    [{ result: 'OK' }, { result: 'FAILED', errors: [{ code: '5.2' }] }],
    'PARTIAL',
    ['0.2', '5.2 m2', '5.2 m3'],
  ],
  [
    'a piece has failed because of one: the other is not done either',
    [{ result: 'FAILED', errors: [{ code: '6.1', id: { $: 'm0' } }] }, { result: 'OK' }],
    'PARTIAL',
    ['0.2', '6.1 m0', '6.1 m1'],
  ],
]

for (const [name, [one, other], result, errors] of CASES)
  test(`${name}`, () => {
    const pieces = piecesOf(message(...numbered(4)), contentOf, 2)
    const said = joinedSaid(
      [one, other].map((it, at) => ({ said: it, ids: pieces[at]?.ids ?? [] })),
      contentOf,
    )
    const text = ({ code, id }: ReplyError) => (id === undefined ? code : `${code} ${id.$}`)
    assert.equal([said.result, (said.errors ?? []).map(text)], [result, errors])
  })

test.run()
