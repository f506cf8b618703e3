import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { boundsOf, overlaps } from './interval.ts'

const test = suite('interval')

test('the end belongs to what comes after it, in any time zone', () => {
  const august = { start: '2026-08-01T00:00:00Z', end: '2026-09-01T00:00:00Z' }
  assert.not.ok(overlaps(august, { start: '2026-09-01T02:00:00+02:00' }))
  assert.ok(overlaps(august, { start: '2026-09-01T01:59:59+02:00' }))
  assert.ok(overlaps(august, {}))
  assert.not.ok(overlaps(august, { start: '', end: '2026-08-01T00:00:00' }))
})

test('without an offset it is UTC, without an end it is for ever', () => {
  assert.equal(boundsOf({ start: '1970-01-01T00:00:01' }), [1000, Infinity])
  assert.equal(boundsOf(undefined), [-Infinity, Infinity])
  assert.equal(boundsOf({ start: 7 }), [-Infinity, Infinity])
})

test.run()
