// The aggregated status of a group (EPRI 3002014619 §3, Fig. 3-1 F): within a tolerance the sum over its members.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { USUAL_QUANTITIES } from '../quantities.ts'
import { NOUN, freshPoint, hour } from './usage.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('status of groups')

const ways = await openWays()
test.after(() => ways.gateway.close())

const WATTS = '0.0.0.12.19.1.37.0.0.0.0.0.0.0.0.3.38.0'

/** A status of a group; each parameter as it is told. */
function status(mRID: string, parameters: readonly JsonObject[], at = 8): Wish {
  const DERMonitorableParameter = parameters.map(({ nominalYValue, ...it }) => ({
    ...{ DERParameter: 'activePower', flowDirection: 'reverse', yMultiplier: 'k', yUnit: 'W' },
    ...it,
    DERCurveData: { nominalYValue: nominalYValue ?? 0, timeStamp: hour(at) },
  }))
  return { verb: 'changed', noun: 'DERGroupStatuses', object: { mRID, DERMonitorableParameter } }
}

/** A group whose two members have told their power in kW for the hour of eight. */
async function twoPowers(first: string, second: string, to = ways): Promise<string> {
  const [group, one, two] = [freshPoint(), freshPoint(), freshPoint()]
  for (const mRID of [one, two]) {
    const about = { EndDevice: { mRID }, EndDeviceGroup: { mRID: group } }
    const object = { mRID: freshPoint(), ...about, interval: { start: hour(0) } }
    await to.told({ verb: 'created', noun: 'DERGroupMemberships', object })
  }
  for (const [mRID, value] of [
    [one, first],
    [two, second],
  ] as const) {
    const Readings = [{ timeStamp: hour(8), value, ReadingType: { '@ref': WATTS } }]
    await to.told({ verb: 'created', noun: NOUN, object: { Meter: { mRID }, Readings } })
  }
  return group
}

test('F31-F/AC1, G-AC45: the power of a group is within the tolerance the sum over its members', async () => {
  const group = await twoPowers('6', '4')
  for (const nominalYValue of [10, 10.1, 9.9]) await ways.told(status(group, [{ nominalYValue }]))
  await ways.told(status(group, [{ nominalYValue: 10_100, yMultiplier: 'none' }]))
  for (const [verb, nominalYValue] of [
    ['changed', 10.2],
    ['change', 9.8],
  ] as const) {
    const said = refusalsIn(await ways.sent({ ...status(group, [{ nominalYValue }]), verb }))
    assert.equal(said, [{ code: '6.1', rule: 'DGS-SUM', ids: [group] }], verb)
  }
  const text = JSON.stringify(await ways.sent(status(group, [{ nominalYValue: 10.2 }])))
  assert.match(
    text,
    'activePower of 2026-07-14T08:00:00Z is 10200 W, and the sum over the 2 members of that time 10000 W: 200 W apart, where 100 W are allowed.',
  )
  assert.not.match(text, /[64]000 W/, 'what single members tell is in no reply')
})

test('F31-F/AC1: members that cancel each other out are allowed as much as others are', async () => {
  const group = await twoPowers('50', '-50')
  await ways.told(status(group, [{ nominalYValue: 1 }]))
  assert.is(
    refusalsIn(await ways.sent(status(group, [{ nominalYValue: 1.1 }])))[0]?.rule,
    'DGS-SUM',
  )
})

test('F31-F/AC1: the tolerance is what the configuration says, also none at all', async () => {
  const exact = await openWays({ quantities: { ...USUAL_QUANTITIES, sumTolerance: 0 } })
  const wide = await openWays({ quantities: { ...USUAL_QUANTITIES, sumTolerance: 2.5 } })
  try {
    const [one, other] = [await twoPowers('0.1', '0.2', exact), await twoPowers('6', '4', wide)]
    await exact.told(status(one, [{ nominalYValue: 0.3 }]))
    const said = await exact.sent(status(one, [{ nominalYValue: 0.3000001 }]))
    assert.is(refusalsIn(said)[0]?.rule, 'DGS-SUM')
    await wide.told(status(other, [{ nominalYValue: 10.25 }]))
    const more = await wide.sent(status(other, [{ nominalYValue: 10.26 }]))
    assert.is(refusalsIn(more)[0]?.rule, 'DGS-SUM')
  } finally {
    await exact.gateway.close()
    await wide.gateway.close()
  }
})

test('F31-F/AC1: what adds up to nothing, and what nobody can compare, is taken as it is told', async () => {
  const group = await twoPowers('6', '4')
  const taken = [
    { DERParameter: 'voltage', yUnit: 'V', nominalYValue: 230 },
    { DERParameter: 'apparentPower', yUnit: 'VA', nominalYValue: 99 },
    { DERParameter: 'reactivePower', yUnit: 'VAr', nominalYValue: 99 },
    { flowDirection: 'forward', nominalYValue: 99 },
  ]
  await ways.told(status(group, taken))
  await ways.told(status(group, [{ nominalYValue: 99 }], 9))
  await ways.told(status(freshPoint(), [{ nominalYValue: 99 }]))
})

test.run()
