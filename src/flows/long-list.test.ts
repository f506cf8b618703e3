import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json } from '../schema/json-text.ts'
import { columnOf, referenceTo } from './long-list.ts'
import { RESERVATIONS } from './reservation-list.ts'

const test = suite('long-list')

const COLUMNS: readonly (readonly [written: string, name: string | undefined])[] = [
  ['nicId', 'nicId'],
  ['NICID', 'nicId'],
  [' nicid\t', 'nicId'],
  ['headEndSystemId', 'headEndSystemId'],
  ['HeadEndSystem', 'headEndSystemId'],
  ['headEnd', undefined],
  ['nic id', undefined],
  ['', undefined],
]

test('a column is known by its name and by its other names, without case and without the space around', () => {
  for (const [written, name] of COLUMNS)
    assert.is(columnOf(RESERVATIONS, written)?.name, name, JSON.stringify(written))
})

const Names = [{ name: 'S-7' }]
const REFERENCES: readonly (readonly [what: string, object: Json | undefined, reference: Json])[] =
  [
    ['an mRID', { mRID: 'm-1', state: 'CALLED' }, { mRID: 'm-1' }],
    ['an mRID before names', { mRID: 'm-1', Names }, { mRID: 'm-1' }],
    ['names where there is no mRID', { Names, state: 'CALLED' }, { Names }],
    ['nothing, where it has neither', { state: 'CALLED' }, {}],
    ['nothing, where it is not there', undefined, {}],
  ]

for (const [what, object, reference] of REFERENCES)
  test(`an object is referred to by ${what}`, () => assert.equal(referenceTo(object), reference))

test.run()
