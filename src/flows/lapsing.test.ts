// What is awaited until some time, and lapses when it has not come.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import { lapsing } from './lapsing.ts'

const test = suite('lapsing')

const TURNS = lapsing(({ object }) => {
  const until = member(object, 'until')
  return typeof until === 'string' ? Date.parse(until) : undefined
})

const times = (more: Readonly<Record<string, string>>) =>
  TURNS.times({ state: 'open', object: { mRID: 'a', ...more } })

test('there is a timer for a time that is known, and none for what is no time', () => {
  assert.equal(times({ until: '2026-07-14T08:00:00Z' }), [Date.UTC(2026, 6, 14, 8)])
  assert.equal(times({}), [])
  assert.equal(times({ until: 'soon' }), [])
})

test('then the object lapses, named by its mRID where it has one; one that has gone on by then stays', () => {
  const Names = [{ name: 'n' }]
  const moves = (object: Parameters<typeof TURNS.moves>[0]['object']) =>
    TURNS.moves({ noun: 'DeviceScores', object }, 0, () => [])
  const lapse = { noun: 'DeviceScores', trigger: 'lapse', optional: true }
  assert.equal(moves({ mRID: 'a', Names, until: 'x' }), [{ ...lapse, object: { mRID: 'a' } }])
  assert.equal(moves({ Names }), [{ ...lapse, object: { Names } }])
})

test.run()
