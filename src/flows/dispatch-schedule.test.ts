import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import { dispatched, endOf, scheduleBreaches } from './dispatch-schedule.ts'

const test = suite('dispatch schedule')

const dispatch = (unit: string, more: JsonObject = {}): JsonObject => ({
  EndDeviceGroup: {
    mRID: 'g',
    DERMonitorableParameter: {
      DERParameter: 'activePower',
      yUnit: 'W',
      DispatchSchedule: [
        {
          startTime: '2026-01-31T00:00:00Z',
          timeIntervalDuration: 2,
          timeIntervalUnit: unit,
          DERCurveData: [{ intervalNumber: 2 }, { intervalNumber: 1 }],
          ...more,
        },
      ],
    },
  },
})

const rules = (it: JsonObject, group?: JsonObject) =>
  scheduleBreaches(it, group).map(({ rule }) => rule)

for (const [unit, end] of [
  ['s', '2026-01-31T00:00:04.000Z'],
  ['m', '2026-01-31T00:04:00.000Z'],
  ['h', '2026-01-31T04:00:00.000Z'],
  ['D', '2026-02-04T00:00:00.000Z'],
  ['M', '2026-05-31T00:00:00.000Z'],
  ['Y', '2030-01-31T00:00:00.000Z'],
] as const)
  test(`two intervals of 2 ${unit} are over at ${end}`, () => {
    assert.is(new Date(endOf(dispatch(unit))).toISOString(), end)
  })

test('without a schedule it never ends, and nothing is wrong with it', () => {
  const none = { EndDeviceGroup: { mRID: 'g' } }
  assert.is(endOf(none), Infinity)
  assert.equal(rules(none), [])
  assert.equal(dispatched(none), { mRID: 'g' })
  assert.equal(dispatched({}), {})
})

test('intervals are numbered from 1 in any order, and last', () => {
  assert.equal(rules(dispatch('h')), [])
  assert.equal(rules(dispatch('h', { DERCurveData: [{ intervalNumber: 2 }] })), ['DSP-INTERVAL'])
  assert.equal(rules(dispatch('h', { timeIntervalDuration: 0 })), ['DSP-INTERVAL'])
})

test('a function is asked for where the functions of the group are known', () => {
  const having = (name: string, it: boolean | string) => ({ DERFunction: { [name]: it } })
  assert.equal(rules(dispatch('h'), having('realPowerDispatch', true)), [])
  assert.equal(rules(dispatch('h'), having('maxRealPowerLimiting', 'true')), [])
  assert.equal(rules(dispatch('h'), having('realPowerDispatch', false)), ['DSP-FUN'])
})

test.run()
