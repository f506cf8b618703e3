import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orderedIds } from './ordered-ids.ts'

const test = suite('ordered-ids')

const RANDOM = 'd02c9138-6a3e-4f6b-9c1d-0e5a7b3c2f48'

test('an id is a UUID of version 7: the time first, the rest random', () => {
  // RFC 9562, appendix A.6: the time of its example.
  const newId = orderedIds(
    () => 0x017f22e279b0,
    () => RANDOM,
  )
  assert.is(newId(), '017f22e2-79b0-7f6b-9c1d-0e5a7b3c2f48')
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

test('ids of one millisecond differ', () => {
  const newId = orderedIds(
    () => 1,
    () => crypto.randomUUID(),
  )
  assert.is(new Set(Array.from({ length: 100 }, newId)).size, 100)
})

test.run()
