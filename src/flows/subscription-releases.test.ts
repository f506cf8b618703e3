// What is given up with a device that is replaced, whatever else a change says has been replaced.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { releaseMoves } from './subscription-releases.ts'

const test = suite('reservations of what a subscription loses')

const replaced = (old: string, next: string): JsonObject => ({
  oldDevice: { mRID: old },
  newDevice: { mRID: next },
  replacedDateTime: '2026-07-14T08:00:00Z',
})
const FIRST = replaced('a', 'b')
const SECOND = replaced('b', 'c')
const RESERVED: JsonObject = { mRID: 'r', EndDevice: { mRID: 'b' }, state: 'RESERVED' }

/** The steps of reservations where only the device `b` has one. */
function released(replacements: readonly JsonObject[]) {
  const before = { mRID: 's', EndDevices: [{ mRID: 'b' }], replacements: [FIRST] }
  const after = { ...before, EndDevices: [{ mRID: 'c' }], replacements }
  const all = ({ has }: { has: (it: JsonObject) => boolean }) =>
    has(RESERVED) ? [{ state: 'RESERVED', object: RESERVED }] : []
  return releaseMoves(before, after, { find: () => undefined, all })
}

const RELEASED = [{ noun: 'EventParticipations', object: { mRID: 'r' }, trigger: 'replaced' }]

test('EN-06/AC1: a device that is replaced is released once, also where its replacement alone is named', () => {
  assert.equal(released([FIRST, SECOND]), RELEASED, 'behind those before it')
  assert.equal(released([SECOND]), RELEASED, 'alone')
  assert.equal(released([FIRST]), [], 'what was known is no news')
})

test.run()
