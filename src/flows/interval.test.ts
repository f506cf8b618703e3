import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { backwardBreaches, boundsOf, hasZone, isCovered, isForward, overlaps } from './interval.ts'

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

test('each interval that goes backward is told by its place, unless it has been so before', () => {
  const at = (start: string, end: string) => ({
    Work: [{ TimeSchedules: [{ scheduleInterval: { start, end } }, {}] }],
  })
  const [forward, backward] = [
    at('2026-07-01T00:00:00Z', '2026-07-02T00:00:00Z'),
    at('2026-07-02T00:00:00Z', '2026-07-01T00:00:00Z'),
  ]
  const paths = ['validityInterval', 'Work.TimeSchedules.scheduleInterval']
  const told = (after: JsonObject, before?: JsonObject) =>
    backwardBreaches('CA-INTERVAL', paths, after, before).map(({ reason }) => reason)
  assert.equal(told(forward), [])
  assert.equal(told(backward, forward), [
    'Work.TimeSchedules.scheduleInterval does not end after it starts.',
  ])
  assert.equal(told(backward, backward), [])
  const empty = { start: '2026-07-01T00:00:00Z', end: '2026-07-01T00:00:00Z' }
  assert.is(told({ validityInterval: empty }).length, 1, 'an empty one holds no instant')
  assert.equal(told({ validityInterval: { start: empty.start }, Work: 'x' }), [])
})

test('a time says its offset, or does not', () => {
  for (const it of [
    '2026-07-01T00:00:00Z',
    '2026-07-01T00:00:00.5+02:00',
    '2026-07-01T00:00:00-05:30',
  ])
    assert.ok(hasZone(it), it)
  for (const it of ['2026-07-01T00:00:00', '2026-07-01', undefined, 7]) assert.not.ok(hasZone(it))
})

test.run()
