// Usage (EPRI 3002014619 §3, Figs. 3-1 F and G, 3-2 H and I): every value once, and what is told of a group is the sum over
// those who were its members at that time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('usage')

const ways = await openWays()
test.after(() => ways.gateway.close())

let count = 0
const fresh = (): string => {
  count += 1
  return `4b5c6d7e-0000-4000-8000-00000000${1000 + count}`
}

const NOUN = 'MeterReadings'
const KIND = '0.0.7.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0'
const hour = (it: number) => `2026-07-14T${String(it).padStart(2, '0')}:00:00Z`

/** Values by the hour at which their interval ends. */
type Values = Readonly<Record<number, string>>

function reading(of: JsonObject, values: Values, verb = 'created'): Wish {
  const IntervalReadings = Object.entries(values).map(([at, value]) => ({
    timeStamp: hour(Number(at)),
    value,
  }))
  const IntervalBlocks = [{ IntervalReadings, ReadingType: { '@ref': KIND } }]
  return { verb, noun: NOUN, object: { IntervalBlocks, ...of } }
}

const atPoint = (mRID: string) => ({ UsagePoint: { mRID } })
const ofGroup = (name: string) => ({
  UsagePoint: { Names: [{ name, NameType: { name: 'EndDeviceGroup' } }] },
})

async function stay(group: string, device: JsonObject, from: number, to?: number): Promise<void> {
  const interval = { ...(to === undefined ? {} : { end: hour(to) }), start: hour(from) }
  const object = { mRID: fresh(), EndDevice: device, EndDeviceGroup: { mRID: group }, interval }
  await ways.told({ verb: 'created', noun: 'DERGroupMemberships', object })
}

async function kept(): Promise<readonly { readonly state: string; readonly body: string }[]> {
  return (await ways.gateway.store.page(NOUN, { limit: 1_000 })).objects
}

/** The states in which what is about something is kept. */
async function statesOf(text: string): Promise<readonly string[]> {
  return (await kept()).filter((it) => it.body.includes(text)).map((it) => it.state)
}

/** A group of two meters, of which the second has left at nine. */
async function twoMeters(): Promise<{ group: string; one: string; two: string }> {
  const [group, one, two] = [fresh(), fresh(), fresh()]
  await stay(group, { mRID: one }, 0)
  await stay(group, { mRID: two }, 0, 9)
  await ways.told(reading({ Meter: { mRID: one } }, { 8: '0.1', 9: '1.000', 10: '5' }))
  await ways.told(reading({ Meter: { mRID: two } }, { 8: '0.2', 9: '-0.25' }))
  return { group, one, two }
}

test('F31-G/AC1, F32-H/AC1: sent again under another MessageID, nothing is kept twice and nothing is lost', async () => {
  const point = fresh()
  await ways.told(reading(atPoint(point), { 8: '0012.3400', 9: '1' }))
  await ways.told(reading(atPoint(point), { 8: '0012.3400', 9: '1' }))
  await ways.told(reading(atPoint(point), { 8: '12.34' }))
  assert.equal(await statesOf(point), ['told'])
  assert.ok(
    (await kept()).some((it) => it.body.includes('"0012.3400"')),
    'every digit stays',
  )
  // A retry that has grown brings what is new.
  await ways.told(reading(atPoint(point), { 9: '1', 10: '7' }))
  assert.equal(await statesOf(point), ['told', 'told'])
  const all = (await kept()).filter((it) => it.body.includes(point)).map((it) => it.body)
  assert.ok(all.some((it) => it.includes(hour(10))))
})

test('F31-G: another value for the same time is refused with both values, and nothing changes', async () => {
  const point = fresh()
  await ways.told(reading(atPoint(point), { 8: '1.5' }))
  const said = await ways.refused(reading(atPoint(point), { 8: '1.6', 9: '2' }, 'create'))
  assert.equal([said.code, said.rule], ['6.1', 'MTR-DUP'])
  const text = JSON.stringify(await ways.sent(reading(atPoint(point), { 8: '1.6' })))
  assert.match(text, 'told as 1.6, and as 1.5 before')
  const twice = { ...reading(atPoint(fresh()), { 8: '1' }, 'create') }
  const [block] = member(twice.object, 'IntervalBlocks') as readonly JsonObject[]
  const readings = member(block, 'IntervalReadings') as readonly JsonObject[]
  const both = [...readings, { timeStamp: hour(8), value: '2' }]
  const object = { ...twice.object, IntervalBlocks: [{ ...block, IntervalReadings: both }] }
  assert.is((await ways.refused({ ...twice, object })).rule, 'MTR-DUP')
})

test('F31-G: a reading of nothing, without time, and with a value that is no number are refused', async () => {
  const cases = [
    [reading({}, { 8: '1' }, 'create'), '5.8', 'ID-1'],
    [reading(atPoint(fresh()), { 8: '1,5' }, 'create'), '6.1', 'MTR-VALUE'],
    [
      {
        ...{ verb: 'create', noun: NOUN },
        object: {
          IntervalBlocks: [{ IntervalReadings: [{ value: '1' }], ReadingType: { '@ref': KIND } }],
          ...atPoint(fresh()),
        },
      },
      '5.8',
      'MTR-TIME',
    ],
  ] as const
  for (const [wish, code, rule] of cases) {
    const said = await ways.refused(wish)
    assert.equal([said.code, said.rule], [code, rule])
  }
})

test('F31-G/AC1, F32-I/AC1, G-AC45: the value of a group is exactly the sum over the members of that time', async () => {
  const { group } = await twoMeters()
  // 0.1 + 0.2 is no 0.3 in floating point; at ten the second one is gone.
  await ways.told(reading(ofGroup(group), { 8: '0.3', 9: '0.750', 10: '5.00' }))
  assert.equal(await statesOf(group), ['checked'])
})

test('F31-G/AC1, F32-I/AC1, G-AC45: another value is refused with the difference, by each way', async () => {
  const { group } = await twoMeters()
  const said = await ways.refused(reading(ofGroup(group), { 8: '0.3', 10: '4.75' }, 'create'))
  assert.equal([said.code, said.rule], ['6.1', 'MTR-SUM'])
  const reply = await ways.sent(reading(ofGroup(group), { 9: '0.7500000000000000001' }))
  const [event] = refusalsIn(reply)
  assert.is(event?.rule, 'MTR-SUM', 'an event is refused alike')
  assert.match(
    JSON.stringify(reply),
    'is 0.0000000000000000001 more than 0.75, the sum over the 2 members of that time',
  )
  const less = JSON.stringify(await ways.sent(reading(ofGroup(group), { 10: '4.75' })))
  assert.match(less, '4.75 of 2026-07-14T10:00:00Z is 0.25 less than 5, the sum over the 1 members')
  assert.equal(await statesOf(group), [])
})

test('G-AC45: members are those of a group that is kept here, by its history', async () => {
  const [mRID, one, two] = [fresh(), fresh(), fresh()]
  const DERFunction = Object.fromEntries(
    [
      ...['connectDisconnect', 'frequencyWattCurveFunction', 'maxRealPowerLimiting'],
      ...['rampRateControl', 'reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'],
      ...['voltVarCurveFunction', 'voltWattCurveFunction'],
    ].map((it) => [it, true]),
  )
  const group = { mRID, DERFunction, EndDevices: [{ mRID: one }], Names: [{ name: `G ${mRID}` }] }
  await ways.told({ verb: 'created', noun: 'DERGroups', object: group })
  // The clock of the gateway stands still: whoever is in the group is in it from then on.
  const later = '2027-01-01T00:00:00Z'
  const told = (of: JsonObject, value: string): Wish => ({
    ...{ verb: 'created', noun: NOUN },
    object: {
      IntervalBlocks: [
        { IntervalReadings: [{ timeStamp: later, value }], ReadingType: { '@ref': KIND } },
      ],
      ...of,
    },
  })
  await ways.told(told({ Meter: { mRID: one } }, '4'))
  await ways.told(told({ Meter: { mRID: two } }, '3'))
  const wrong = await ways.sent(told(ofGroup(mRID), '7'))
  assert.is(refusalsIn(wrong)[0]?.rule, 'MTR-SUM')
  await ways.told(told(ofGroup(`G ${mRID}`), '4'))
  assert.equal(await statesOf(`G ${mRID}`), ['checked'])
})

test('F32-I: what cannot be compared is taken, marked as unchecked, and said so', async () => {
  const { group, two } = await twoMeters()
  const nobody = await ways.told(reading(ofGroup(fresh()), { 8: '1' }))
  assert.match(JSON.stringify(nobody), 'Not checked')
  // At seven nobody has told anything.
  const reply = await ways.told(reading(ofGroup(group), { 7: '9', 8: '0.3' }))
  assert.match(JSON.stringify(reply), 'Not checked')
  assert.equal(await statesOf(group), ['unchecked'])
  // Who has left within the interval is neither a member of it nor none.
  const half = reading(ofGroup(group), { 10: '5' })
  const [block] = member(half.object, 'IntervalBlocks') as readonly JsonObject[]
  const value = {
    ...{ timeStamp: hour(10), value: '5' },
    timePeriod: { end: hour(10), start: hour(8) },
  }
  await ways.told({
    ...half,
    object: { ...half.object, IntervalBlocks: [{ ...block, IntervalReadings: [value] }] },
  })
  assert.equal(await statesOf(group), ['unchecked', 'unchecked'])
  assert.ok(two)
})

test('F31-F, F32-I: a reading of a group shows no member, and says that it is one', async () => {
  const { group, one } = await twoMeters()
  const shown = reading({ ...ofGroup(group), Meter: { mRID: one } }, { 8: '0.3' }, 'create')
  assert.equal((await ways.refused(shown)).rule, 'MTR-GROUP')
})

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
  const [group, one, two] = [fresh(), fresh(), fresh()]
  for (const mRID of [one, two]) {
    const about = { EndDevice: { mRID }, EndDeviceGroup: { mRID: group } }
    const object = { mRID: fresh(), ...about, interval: { start: hour(0) } }
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
  const exact = await openWays({ quantities: { sumTolerance: 0 } })
  const wide = await openWays({ quantities: { sumTolerance: 2.5 } })
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
  await ways.told(status(fresh(), [{ nominalYValue: 99 }]))
})

test.run()
