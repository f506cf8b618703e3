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
  const mRID = replacements.includes(SECOND) ? 'c' : 'b'
  const after = { ...before, EndDevices: [{ mRID }], replacements }
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

/** A device under a key. */
const keyed = (nicId: string, more: JsonObject = {}): JsonObject => {
  const NameType = { name: 'nicId', NameTypeAuthority: { name: 'HES' } }
  return {
    Names: [
      { name: nicId, NameType },
      { name: 'B-1', NameType: { name: 'badge' } },
    ],
    ...more,
  }
}

test('EN-06/AC1: what a list lets go, or knows under another key, is released; where several go and come, nothing is moved', () => {
  const taking = { mRID: 'r', EndDevice: keyed('b'), state: 'RESERVED' }
  const all = ({ has }: { has: (it: JsonObject) => boolean }) =>
    has(taking) ? [{ state: 'RESERVED', object: taking }] : []
  const moves = (was: readonly JsonObject[], is: readonly JsonObject[]) => {
    const [before, after] = [was, is].map((EndDevices) => ({ mRID: 's', EndDevices }))
    return releaseMoves(before, after ?? {}, { find: () => undefined, all, isKept: true }).map(
      ({ trigger }) => trigger,
    )
  }
  const out = { status: { value: 'excluded' } }
  assert.equal(moves([keyed('b')], [keyed('b', { type: 'x' })]), [])
  assert.equal(moves([keyed('b')], [keyed('b', out)]), ['unenrolled'])
  assert.equal(moves([keyed('b', out)], []), [], 'it had left before')
  assert.equal(moves([keyed('b')], [keyed('b', out), keyed('c')]), ['change'])
  assert.equal(moves([keyed('b')], [keyed('c')]), ['change'])
  assert.equal(moves([keyed('b')], [keyed('c'), keyed('d')]), ['replaced'])
})

test.run()
