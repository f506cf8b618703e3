// How mRIDs are compared.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { idKey, isUuid, sameId } from './mrid.ts'

const test = suite('mrid')

const UUID = '8a6b7c8d-0000-4000-8000-00000000abcd'

test('a UUID is the same in any letter case', () => {
  assert.ok(isUuid(UUID.toUpperCase()))
  assert.is(idKey(UUID.toUpperCase()), UUID)
  assert.ok(sameId(UUID, UUID.toUpperCase()))
})

test('any other mRID is compared byte by byte', () => {
  assert.not(isUuid(`{${UUID}}`))
  assert.is(idKey('Feeder-7'), 'Feeder-7')
  assert.ok(sameId('Feeder-7', 'Feeder-7'))
  assert.not(sameId('Feeder-7', 'feeder-7'))
})

test('what has no mRID is the same as nothing', () => {
  assert.not(sameId(undefined, undefined))
  assert.not(sameId(null, null))
  assert.not(sameId(7, 7))
})

test.run()
