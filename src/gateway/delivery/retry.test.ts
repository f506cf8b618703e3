// When a failed try is repeated: for any plan, any draw, any wish.

import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RETRY, waitAfter } from './retry.ts'

const test = suite('delivery: retry')

const DAY_MS = 86_400_000
const ALMOST_ONE = 1 - 2 ** -53

const plans = fc.record({
  delaysMs: fc.array(fc.integer({ min: 0, max: 7 * DAY_MS }), { maxLength: 12 }),
})
const draws = fc.double({ min: 0, max: ALMOST_ONE, noNaN: true })
const wishes = fc.integer({ min: 0, max: 10 * DAY_MS })

/** [try, draw, wish, wait] by the plan, worked out by hand */
const TABLE: readonly (readonly [number, number, number, number | undefined])[] = [
  [1, 0, 0, 0],
  [1, 0.5, 0, 2_500],
  [1, ALMOST_ONE, 0, 4_999],
  [2, 0.5, 0, 15_000],
  [3, 0.5, 0, 60_000],
  [4, 0.5, 0, 300_000],
  [5, 0.5, 0, 900_000],
  [6, 0.5, 0, 3_600_000],
  [7, 0.5, 0, 14_400_000],
  [8, 0.5, 0, 43_200_000],
  [8, ALMOST_ONE, 0, 86_399_999],
  [9, 0, 0, undefined],
  [9, 0, 60_000, undefined],
  [1, 0.5, 60_000, 60_000],
  [4, 0.5, 60_000, 300_000],
  [1, 0, 30 * DAY_MS, DAY_MS],
]

for (const [tries, draw, wish, wait] of TABLE)
  test(`after try ${tries}, draw ${draw}, wish ${wish} ms: ${wait ?? 'no more'}`, () => {
    assert.is(
      waitAfter(tries, RETRY, () => draw, wish),
      wait,
    )
  })

test('every plan is tried once more than it has waits, and then no more, whatever the peer wishes', () => {
  fc.assert(
    fc.property(plans, draws, wishes, (plan, draw, wish) => {
      const { length } = plan.delaysMs
      for (let tries = 1; tries <= length + 3; tries += 1)
        assert.is(waitAfter(tries, plan, () => draw, wish) === undefined, tries > length)
    }),
  )
})

test('a wait is a whole number below its limit, or what the peer wishes, a day at most', () => {
  fc.assert(
    fc.property(plans, draws, wishes, (plan, draw, wish) => {
      for (const [n, limit] of plan.delaysMs.entries()) {
        const wait = waitAfter(n + 1, plan, () => draw, wish) ?? -1
        const least = Math.min(wish, DAY_MS)
        assert.ok(Number.isInteger(wait) && wait >= least)
        assert.ok(wait < Math.max(limit, 1) || wait === least, `${wait} of ${limit}`)
      }
    }),
  )
})

test('the greater the draw, the longer the wait', () => {
  fc.assert(
    fc.property(plans, draws, draws, (plan, one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)]
      for (const n of plan.delaysMs.keys())
        assert.ok(
          (waitAfter(n + 1, plan, () => less) ?? 0) <= (waitAfter(n + 1, plan, () => more) ?? 0),
        )
    }),
  )
})

test.run()
