// Units and outcomes that cross between threads come out as they went in.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { counted, samplePut, sampleUnit } from './contract/samples.ts'
import { packedOutcome, packedUnit, unpackedOutcome, unpackedUnit } from './packed.ts'

const test = suite('store: packed')

const many = counted(40).map((n) => samplePut(String(n), n % 2 === 0 ? {} : { state: 'Held' }))
const mixed = [...many, samplePut('again', { after: 3 })]

test('a unit and its outcome are what they were', () => {
  for (const puts of [[], [samplePut('a')], many, mixed]) {
    const unit = sampleUnit('a', puts)
    assert.equal(unpackedUnit(structuredClone(packedUnit(unit))), unit)
    const events = unit.events.map((it, at) => ({ ...it, seq: at + 1 }))
    const outcome = { kind: 'committed', events } as const
    assert.equal(unpackedOutcome(structuredClone(packedOutcome(outcome))), outcome)
  }
})

test('of many records of one shape what all have is sent once', () => {
  const sizeOf = (it: object) => JSON.stringify(it).length
  const unit = sampleUnit('a', many)
  assert.ok(sizeOf(packedUnit(unit)) < sizeOf(unit) / 2)
})

test('any other outcome stays as it is', () => {
  const late = { kind: 'late', leg: 'a' } as const
  assert.is(unpackedOutcome(packedOutcome(late)), late)
})

test.run()
