import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { boundsOf, isCovered, isForward, overlaps } from './interval.ts'

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

test('stays cover an interval when every instant of it is in one of them, in whatever order they come', () => {
  const whole = { start: '2026-07-01T00:00:00Z', end: '2026-08-01T00:00:00Z' }
  const [early, late] = [
    { start: '2026-06-01T00:00:00Z', end: '2026-07-14T00:00:00Z' },
    { start: '2026-07-14T02:00:00+02:00' },
  ]
  assert.ok(isCovered(whole, [whole]))
  assert.ok(isCovered(whole, [late, early]))
  assert.not.ok(isCovered(whole, [early]))
  assert.not.ok(isCovered(whole, [late]))
  assert.not.ok(isCovered(whole, []))
  assert.not.ok(isCovered(whole, [early, { start: '2026-07-14T00:00:01Z' }]))
  assert.ok(isCovered(whole, [early, { ...early, end: '2026-07-02T00:00:00Z' }, late]))
  assert.not.ok(isCovered({ start: whole.start }, [whole]), 'without an end')
})

test('an interval goes forward, and an empty one does not', () => {
  assert.ok(isForward({ start: '2026-07-01T00:00:00Z' }))
  assert.not.ok(isForward({ start: '2026-07-01T00:00:00Z', end: '2026-07-01T02:00:00+02:00' }))
})

test.run()
