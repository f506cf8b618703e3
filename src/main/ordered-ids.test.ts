import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orderedIds } from './ordered-ids.ts'

const test = suite('ordered-ids')

const RANDOM = 'd02c9138-6a3e-4f6b-9c1d-0e5a7b3c2f48'

test('an id is a UUID of version 7: the time first, then a count, the rest random', () => {
  // RFC 9562, appendix A.6: the time of its example.
  const newId = orderedIds(
    () => 0x017f22e279b0,
    () => RANDOM,
  )
  assert.is(newId(), '017f22e2-79b0-7000-9c1d-0e5a7b3c2f48')
})

test('a later id sorts behind an earlier one', () => {
  let nowMs = 0xff
  const newId = orderedIds(
    () => nowMs++,
    () => crypto.randomUUID(),
  )
  const ids = Array.from({ length: 300 }, newId)
  assert.equal(ids, [...ids].sort())
})

test('so does one of the same millisecond, whatever their number, and when the clock is put back', () => {
  const times = Array.from({ length: 10_000 }, (_, n) => (n < 9_000 ? 5 : 4))
  const newId = orderedIds(
    () => times.shift() ?? 6,
    () => crypto.randomUUID(),
  )
  const ids = Array.from({ length: 10_001 }, newId)
  assert.equal(ids, [...ids].sort())
  assert.is(new Set(ids).size, ids.length)
})

test.run()
