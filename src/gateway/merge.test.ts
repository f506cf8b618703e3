import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sameJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { merged } from './merge.ts'
import { anyGroup } from './objects.fixture.ts'

const test = suite('merge')

/** [what, before, change, after] */
const ROWS: readonly (readonly [string, JsonObject, JsonObject, JsonObject])[] = [
  ['a value is replaced', { a: 1 }, { a: 2 }, { a: 2 }],
  ['what is not named stays', { a: 1, b: [1] }, { c: 3 }, { a: 1, b: [1], c: 3 }],
  ['objects are merged', { v: { x: 1, y: 2 } }, { v: { y: 3 } }, { v: { x: 1, y: 3 } }],
  [
    'members are added',
    { m: [{ mRID: 'a' }] },
    { m: [{ mRID: 'b' }] },
    { m: [{ mRID: 'a' }, { mRID: 'b' }] },
  ],
  [
    'members are merged',
    { m: [{ mRID: 'a', x: 1 }] },
    { m: [{ mRID: 'a', y: 2 }] },
    { m: [{ mRID: 'a', x: 1, y: 2 }] },
  ],
  [
    'items without identity are replaced as a whole',
    { m: [{ x: 1 }] },
    { m: [{ x: 2 }] },
    { m: [{ x: 2 }] },
  ],
  [
    'a name takes the place of one of its type',
    { Names: [{ name: 'a' }] },
    { Names: [{ name: 'b' }] },
    { Names: [{ name: 'b' }] },
  ],
  [
    'a name of another type stands beside it',
    { Names: [{ name: 'a' }] },
    { Names: [{ name: 'b', NameType: { name: 't' } }] },
    { Names: [{ name: 'a' }, { name: 'b', NameType: { name: 't' } }] },
  ],
  [
    'and stays where it was among others',
    { Names: [{ name: 'a' }, { name: 'b', NameType: { name: 't' } }] },
    { Names: [{ name: 'a' }] },
    { Names: [{ name: 'a' }, { name: 'b', NameType: { name: 't' } }] },
  ],
]

for (const [what, before, change, after] of ROWS)
  test(what, () => assert.equal(merged(before, change), after))

test('changes nothing by an empty change, nor by itself', () => {
  fc.assert(
    fc.property(anyGroup, (it) => sameJson(merged(it, {}), it) && sameJson(merged(it, it), it)),
  )
})

test('changes nothing more by the same change once again', () => {
  fc.assert(
    fc.property(anyGroup, anyGroup, (it, change) => {
      const once = merged(it, change)
      return sameJson(merged(once, change), once)
    }),
  )
})

test('lets no member get lost', () => {
  const ids = (it: Json | undefined) => JSON.stringify(it ?? []).match(/"mRID":"\w"/g) ?? []
  fc.assert(
    fc.property(anyGroup, anyGroup, (it, change) => {
      const after = new Set(ids(merged(it, change)['EndDevices']))
      return [...ids(it['EndDevices']), ...ids(change['EndDevices'])].every((id) => after.has(id))
    }),
  )
})

test('keeps a member called __proto__ an ordinary one', () => {
  const change = JSON.parse('{"__proto__":{"a":1}}') as JsonObject
  assert.ok(Object.hasOwn(merged({}, change), '__proto__'))
})

// The bench measures that it takes linear time.
test('merges ten thousand members into ten thousand', () => {
  const members = (from: number) =>
    Array.from({ length: 10_000 }, (_, at) => ({
      mRID: `device-${from + at}`,
      Names: [{ name: `n${from + at}` }],
    }))
  const after = merged({ EndDevices: members(0) }, { EndDevices: members(5_000) })
  assert.is((after['EndDevices'] as readonly Json[]).length, 15_000)
})

test.run()
