// Usage (EPRI 3002014619 §3, Figs. 3-1 F and G, 3-2 H and I): every value once, and what is told of a group is the sum over
// those who were its members at that time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import {
  KIND,
  NOUN,
  atPoint,
  freshPoint,
  hour,
  kept,
  ofGroup,
  reading,
  statesOf,
  twoMeters,
} from './usage.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('usage')

const ways = await openWays()
test.after(() => ways.gateway.close())

test('F31-G/AC1, F32-H/AC1: sent again under another MessageID, nothing is kept twice and nothing is lost', async () => {
  const point = freshPoint()
  await ways.told(reading(atPoint(point), { 8: '0012.3400', 9: '1' }))
  await ways.told(reading(atPoint(point), { 8: '0012.3400', 9: '1' }))
  await ways.told(reading(atPoint(point), { 8: '12.34' }))
  assert.equal(await statesOf(ways, point), ['told'])
  assert.ok(
    (await kept(ways)).some((it) => it.body.includes('"0012.3400"')),
    'every digit stays',
  )
  // A retry that has grown brings what is new.
  await ways.told(reading(atPoint(point), { 9: '1', 10: '7' }))
  assert.equal(await statesOf(ways, point), ['told', 'told'])
  const all = (await kept(ways)).filter((it) => it.body.includes(point)).map((it) => it.body)
  assert.ok(all.some((it) => it.includes(hour(10))))
})

test('F31-G: another value for the same time is refused with both values, and nothing changes', async () => {
  const point = freshPoint()
  await ways.told(reading(atPoint(point), { 8: '1.5' }))
  const said = await ways.refused(reading(atPoint(point), { 8: '1.6', 9: '2' }, 'create'))
  assert.equal([said.code, said.rule], ['6.1', 'MTR-DUP'])
  const text = JSON.stringify(await ways.sent(reading(atPoint(point), { 8: '1.6' })))
  assert.match(text, 'told as 1.6, and as 1.5 before')
  const twice = { ...reading(atPoint(freshPoint()), { 8: '1' }, 'create') }
  const [block] = member(twice.object, 'IntervalBlocks') as readonly JsonObject[]
  const readings = member(block, 'IntervalReadings') as readonly JsonObject[]
  const both = [...readings, { timeStamp: hour(8), value: '2' }]
  const object = { ...twice.object, IntervalBlocks: [{ ...block, IntervalReadings: both }] }
  assert.is((await ways.refused({ ...twice, object })).rule, 'MTR-DUP')
})

test('F31-G: a reading of nothing, without time, and with a value that is no number are refused', async () => {
  const cases = [
    [reading({}, { 8: '1' }, 'create'), '5.8', 'ID-1'],
    [reading(atPoint(freshPoint()), { 8: '1,5' }, 'create'), '6.1', 'MTR-VALUE'],
    [
      {
        ...{ verb: 'create', noun: NOUN },
        object: {
          IntervalBlocks: [{ IntervalReadings: [{ value: '1' }], ReadingType: { '@ref': KIND } }],
          ...atPoint(freshPoint()),
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
  const { group } = await twoMeters(ways)
  // 0.1 + 0.2 is no 0.3 in floating point; at ten the second one is gone.
  await ways.told(reading(ofGroup(group), { 8: '0.3', 9: '0.750', 10: '5.00' }))
  assert.equal(await statesOf(ways, group), ['checked'])
})

test('F31-G/AC1, F32-I/AC1, G-AC45: another value is refused with the difference, by each way', async () => {
  const { group } = await twoMeters(ways)
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
  assert.equal(await statesOf(ways, group), [])
})

test('G-AC45: members are those of a group that is kept here, by its history', async () => {
  const [mRID, one, two] = [freshPoint(), freshPoint(), freshPoint()]
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
  assert.equal(await statesOf(ways, `G ${mRID}`), ['checked'])
})

test('F32-I: what cannot be compared is taken, marked as unchecked, and said so', async () => {
  const { group, two } = await twoMeters(ways)
  const nobody = await ways.told(reading(ofGroup(freshPoint()), { 8: '1' }))
  assert.match(JSON.stringify(nobody), 'Not checked')
  // At seven nobody has told anything.
  const reply = await ways.told(reading(ofGroup(group), { 7: '9', 8: '0.3' }))
  assert.match(JSON.stringify(reply), 'Not checked')
  assert.equal(await statesOf(ways, group), ['unchecked'])
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
  assert.equal(await statesOf(ways, group), ['unchecked', 'unchecked'])
  assert.ok(two)
})

test('F31-F, F32-I: a reading of a group shows no member, and says that it is one', async () => {
  const { group, one } = await twoMeters(ways)
  const shown = reading({ ...ofGroup(group), Meter: { mRID: one } }, { 8: '0.3' }, 'create')
  assert.equal((await ways.refused(shown)).rule, 'MTR-GROUP')
})

test.run()
