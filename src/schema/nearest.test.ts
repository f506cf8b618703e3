import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nearest } from './nearest.ts'

const test = suite('nearest')

const NAMES = ['mRID', 'description', 'EndDevices', 'Names', 'version', 'name']

/** written, meant */
const TABLE: readonly (readonly [string, string | undefined])[] = [
  ['mRID', 'mRID'],
  ['mrid', 'mRID'],
  ['MRID', 'mRID'],
  ['mRId', 'mRID'],
  ['EndDevice', 'EndDevices'],
  ['descripton', 'description'],
  ['Discription', 'description'],
  ['names', 'Names'],
  ['Nams', 'Names'],
  ['vrsion', 'version'],
  ['x', undefined],
  ['foo', undefined],
  ['', undefined],
  ['EndDeviceGroup', undefined],
  ['completelyDifferent', undefined],
]

test('finds what was meant, and nothing where nothing is near', () => {
  for (const [written, meant] of TABLE) assert.is(nearest(written, NAMES), meant, written)
})

test('prefers the closest of several', () => {
  assert.is(nearest('abcdefgx', ['abcdxfgx', 'abcdefgh', 'abcdefgxy']), 'abcdxfgx')
  assert.is(nearest('abcdefgh', ['abcdxxgh', 'abcdefxh']), 'abcdefxh')
})

test.run()
