// When periods end by which settlements are collected, and what the clock then takes along.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { collectingBy, periodEnd } from './credit-run.ts'
import type { Placed } from './flow.ts'

const test = suite('credit run')

/** [run, instant, end of its period] */
const ENDS = [
  ['daily', '2026-07-14T00:00:00.000Z', '2026-07-15T00:00:00.000Z'],
  ['daily', '2026-07-14T23:59:59.999Z', '2026-07-15T00:00:00.000Z'],
  // A Tuesday, a Sunday, a Monday.
  ['weekly', '2026-07-14T12:00:00.000Z', '2026-07-20T00:00:00.000Z'],
  ['weekly', '2026-07-19T23:59:59.999Z', '2026-07-20T00:00:00.000Z'],
  ['weekly', '2026-07-20T00:00:00.000Z', '2026-07-27T00:00:00.000Z'],
  ['monthly', '2026-07-31T23:59:59.999Z', '2026-08-01T00:00:00.000Z'],
  ['monthly', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['monthly', '2028-02-29T12:00:00.000Z', '2028-03-01T00:00:00.000Z'],
] as const

for (const [run, at, end] of ENDS)
  test(`${run}: the period of ${at} ends at ${end}`, () =>
    assert.is(new Date(periodEnd(run, Date.parse(at))).toISOString(), end))

const of = (mRID: string, state: string, dateTime: string): Placed => ({
  state,
  object: { mRID, status: { value: state, dateTime }, ProgramSubscription: { mRID: 's' } },
})
const ONE = of('a', 'CALCULATED', '2026-07-14T08:00:00Z')

test('what is not calculated, or is not to be collected by the clock, waits for nothing', () => {
  assert.equal(collectingBy('monthly').times(ONE), [Date.parse('2026-08-01T00:00:00Z')])
  assert.equal(collectingBy('never').times(ONE), [])
  for (const state of ['PENDING', 'CALCULATION_DEFERRED', 'AGGREGATED', 'SENT', 'BILLED', 'VOID'])
    assert.equal(collectingBy('daily').times(of('a', state, '2026-07-14T08:00:00Z')), [])
})

test('one turn collects all that was calculated before it, and nothing of the next period', () => {
  const at = Date.parse('2026-07-15T00:00:00Z')
  const all = [
    ONE,
    of('b', 'CALCULATED', '2026-07-14T23:59:59Z'),
    of('c', 'CALCULATED', '2026-07-15T00:00:00Z'),
    of('d', 'REJECTED', '2026-07-14T08:00:00Z'),
    of('e', 'AGGREGATED', '2026-07-14T08:00:00Z'),
  ]
  const it = { noun: 'ProgramSettlements', object: ONE.object }
  const moves = collectingBy('daily').moves(it, at, () => all)
  assert.equal(
    moves.map(({ object, trigger }) => [object, trigger]),
    [
      [{ mRID: 'a' }, 'collect'],
      [{ mRID: 'b' }, 'collect'],
    ],
  )
})

test.run()
