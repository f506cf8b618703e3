import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Row } from './file-kind.ts'
import { LOCATION_FILE } from './location-file.ts'

const test = suite('location-file')

const ROW: Row = { usagePoint: 'up-1', transformer: 'T7', feeder: 'F3', substation: 'S1' }

const cim = (row: Row) => LOCATION_FILE.toCim(row, 'none of its own')

const placed = (feeder: string, substation: string, transformer: string, mRID: string) => ({
  feeder: { Names: [{ name: feeder, NameType: { name: 'feeder' } }] },
  substation: { Names: [{ name: substation, NameType: { name: 'substation' } }] },
  transformer: { Names: [{ name: transformer, NameType: { name: 'transformer' } }] },
  UsagePoint: { mRID },
})

test('a record is the place of a usage point, which has no mRID of its own', () => {
  assert.equal(cim(ROW), placed('F3', 'S1', 'T7', 'up-1'))
})

test('it says since when only where the file does', () => {
  const effective = '2026-07-01T00:00:00Z'
  assert.equal(cim({ ...ROW, effective }), { effective, ...placed('F3', 'S1', 'T7', 'up-1') })
  assert.not.ok('effective' in cim({ ...ROW, effective: '' }))
})

test('a column that is absent is an empty name, and never a word for nothing', () => {
  assert.equal(cim({}), placed('', '', '', ''))
})

test('there is one record of a usage point, wherever it is placed', () => {
  const { keyOf } = LOCATION_FILE
  assert.is(keyOf(ROW), '"up-1"')
  assert.is(keyOf({ ...ROW, feeder: 'F4' }), keyOf(ROW))
  assert.is.not(keyOf({ ...ROW, usagePoint: 'up-2' }), keyOf(ROW))
  assert.is(keyOf({}), '""')
})

test('each message says whether it is all of the locations, or what has changed', () => {
  for (const transferKind of ['initial', 'incremental'] as const)
    assert.equal(LOCATION_FILE.beside?.({ transferKind }), { transferKind })
})

test.run()
