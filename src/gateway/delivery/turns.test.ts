import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { turnsFrom } from './turns.ts'

const test = suite('delivery: turns')

/** How many go to the oldest when so many are taken at a time. */
function oldest(atOnce: number, times: number): number {
  const turns = turnsFrom()
  let sum = 0
  for (let n = 0; n < times; n += 1) {
    sum += turns.oldestOf(atOnce)
    turns.taken(atOnce)
  }
  return sum
}

test('a fourth is for what has waited longest, one at a time or many', () => {
  assert.equal([oldest(1, 64), oldest(3, 64), oldest(64, 4)], [16, 48, 64])
})

test('places that nobody takes are no turns', () => {
  const turns = turnsFrom()
  for (let n = 0; n < 100; n += 1) assert.is(turns.oldestOf(1), 0)
})

test('where what goes first never ends, the last of what has waited has its turn', () => {
  const turns = turnsFrom()
  let waiting = 100
  let sent = 0
  for (; waiting > 0 && sent < 1_000; sent += 1) {
    waiting -= turns.oldestOf(1)
    turns.taken(1)
  }
  assert.is(sent, 400)
})

test.run()
