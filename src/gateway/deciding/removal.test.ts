import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sameJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { merged } from '../merge.ts'
import { anyGroup, distinctMembers } from '../objects.fixture.ts'
import { without } from './removal.ts'

const test = suite('removal')

const GROUP = {
  mRID: 'g',
  Names: [{ name: 'n' }],
  a: 1,
  m: [{ mRID: 'x' }, { mRID: 'y' }],
  p: [{ k: 1 }, { k: 2 }],
}

/** [what, removal, members that are left, parts that are missing] */
const ROWS: readonly (readonly [string, JsonObject, readonly string[], readonly string[]])[] = [
  [
    'mRID and Names only name the object',
    { mRID: 'g', Names: [{ name: 'n' }] },
    ['mRID', 'Names', 'a', 'm', 'p'],
    [],
  ],
  ['a value goes, whatever is said of it', { a: 2 }, ['mRID', 'Names', 'm', 'p'], []],
  ['a value that is not there is missing', { b: 2 }, ['mRID', 'Names', 'a', 'm', 'p'], ['b']],
  [
    'a list goes with its last item',
    { m: [{ mRID: 'x' }, { mRID: 'y' }] },
    ['mRID', 'Names', 'a', 'p'],
    [],
  ],
  [
    'an item that is not there is missing',
    { m: [{ mRID: 'z' }] },
    ['mRID', 'Names', 'a', 'm', 'p'],
    ['m'],
  ],
  [
    'items of a list that is not there are missing',
    { q: [{ mRID: 'z' }] },
    ['mRID', 'Names', 'a', 'm', 'p'],
    ['q'],
  ],
]

for (const [what, removal, left, missing] of ROWS) {
  test(what, () => {
    const it = without(GROUP, removal)
    assert.equal(Object.keys(it.after), left)
    assert.equal(
      it.missing.map(({ part }) => part),
      missing,
    )
  })
}

test('takes out items without identity one by one, by what they say', () => {
  assert.equal(without(GROUP, { p: [{ k: 1 }] }).after['p'], [{ k: 2 }])
  assert.equal(without(GROUP, { p: [{ k: 3 }] }).missing, [{ part: 'p', item: { k: 3 } }])
})

test('undoes a merge of members that were not there', () => {
  fc.assert(
    fc.property(distinctMembers, distinctMembers, (had, more) => {
      const isNew = (it: Json) => !had.some((one) => sameJson(one, it))
      const added = more.filter(isNew)
      const before = had.length === 0 ? {} : { EndDevices: had }
      const after = merged(before, { EndDevices: added })
      const undone = without(after, { EndDevices: added })
      assert.equal(undone, { after: before, missing: [] })
    }),
  )
})

test('leaves nothing of an object from which all of it is taken out', () => {
  fc.assert(
    fc.property(anyGroup, (it) => {
      const { after, missing } = without(it, it)
      return Object.keys(after).length === 0 && missing.length === 0
    }),
  )
})

// The bench measures that it takes linear time.
test('takes ten thousand members out', () => {
  const EndDevices = Array.from({ length: 10_000 }, (_, at) => ({ mRID: `device-${at}` }))
  assert.equal(without({ EndDevices }, { EndDevices }), { after: {}, missing: [] })
})

test.run()
