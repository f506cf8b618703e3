import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../schema/json-text.ts'
import flow from './der-group-status-report.ts'

const test = suite('der-group-status-report')

const POWER: JsonObject = {
  DERParameter: 'activePower',
  flowDirection: 'reverse',
  yMultiplier: 'k',
  yUnit: 'W',
  DERCurveData: { nominalYValue: '5', timeStamp: '2026-07-14T09:00:00Z' },
}

/** Whether members are looked for: only power of a direction at a time is a sum over them. */
function isSum(more: JsonObject): boolean {
  const status = { mRID: 'g', DERMonitorableParameter: [{ ...POWER, ...more }] }
  return (flow.searches?.(undefined, status) ?? []).length > 0
}

test('active and reactive power of a direction are a sum over members', () => {
  assert.ok(isSum({}))
  assert.ok(isSum({ DERParameter: 'reactivePower', yUnit: 'VAr' }))
})

/** What adds up to nothing, or cannot be added up. */
const NO_SUMS: readonly JsonObject[] = [
  { DERParameter: 'voltage', yUnit: 'V' },
  { DERParameter: 'activePower', yUnit: 'VAr' },
  { DERParameter: 'increasingRampRate', yUnit: 'WPers' },
  { flowDirection: 'nowhere' },
  { flowDirection: null },
  { DERCurveData: { timeStamp: '2026-07-14T09:00:00Z' } },
  { DERCurveData: { nominalYValue: '5' } },
  { DERCurveData: { nominalYValue: 'INF', timeStamp: '2026-07-14T09:00:00Z' } },
  { DERCurveData: null },
]

for (const it of NO_SUMS)
  test(`${JSON.stringify(it)} is no sum over members`, () => assert.not(isSum(it)))

test('a status that is known by its name alone looks for the members of that name', () => {
  const status = { Names: [{ name: 'north' }], DERMonitorableParameter: [POWER] }
  assert.is(flow.searches?.(undefined, status)?.length, 1)
})

test.run()
