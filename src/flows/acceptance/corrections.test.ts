// Readings that are corrected: an estimate by what was read, and that by what somebody has edited.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
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
  stay,
  statesOf,
  twoMeters,
} from './usage.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'
import type { Wish } from './ways.fixture.ts'

const test = suite('corrections of readings')

const ways = await openWays()
test.after(() => ways.gateway.close())

/** A value with its quality, and when that was said. */
type Qualified = readonly [value: string, quality?: string | undefined, at?: number]

function qualified(of: JsonObject, hours: Readonly<Record<number, Qualified>>): Wish {
  const IntervalReadings = Object.entries(hours).map(([at, [value, quality, said]]) => ({
    ...{ timeStamp: hour(Number(at)), value },
    ...(quality === undefined
      ? {}
      : {
          ReadingQualities: [
            {
              ...(said === undefined ? {} : { timeStamp: hour(said) }),
              ReadingQualityType: { '@ref': quality },
            },
          ],
        }),
  }))
  const IntervalBlocks = [{ IntervalReadings, ReadingType: { '@ref': KIND } }]
  return { verb: 'created', noun: NOUN, object: { IntervalBlocks, ...of } }
}

const [ESTIMATED, EDITED, VALID] = ['2.8.0', '2.7.0', '1.0.0']

test('F31-G, F32-H: a correction takes the place of an estimate, over XML and JSON, and the estimate is kept', async () => {
  const { group, one } = await twoMeters(ways)
  await ways.told(qualified({ Meter: { mRID: one } }, { 11: ['5', ESTIMATED], 12: ['6'] }))
  await ways.told(reading(ofGroup(group), { 11: '5' }))
  await ways.told(qualified({ Meter: { mRID: one } }, { 11: ['5.5', VALID] }))
  assert.is(
    (await kept(ways)).filter((it) => it.body.includes(hour(11)) && it.body.includes(one)).length,
    2,
  )
  const point = freshPoint()
  const asked = async (value: string, quality?: string) => {
    const { object } = qualified(atPoint(point), { 8: [value, quality] })
    return (await ways.json('POST', 'meter-readings', { MeterReading: [object] })).status
  }
  assert.equal(
    [await asked('1', ESTIMATED), await asked('1.2'), await asked('1.3')],
    [201, 201, 409],
  )
  assert.is(await asked('1.4', EDITED), 201)
})

test('F32-I/AC1, G-AC45: the sum over the members is that of the corrected values', async () => {
  const [group, one] = [freshPoint(), freshPoint()]
  await stay(ways, group, { mRID: one }, 0)
  await ways.told(qualified({ Meter: { mRID: one } }, { 8: ['5', ESTIMATED] }))
  await ways.told(qualified({ Meter: { mRID: one } }, { 8: ['5.5'] }))
  assert.is(refusalsIn(await ways.sent(reading(ofGroup(group), { 8: '5' })))[0]?.rule, 'MTR-SUM')
  await ways.told(reading(ofGroup(group), { 8: '5.5' }))
  assert.equal(await statesOf(ways, group), ['checked'])
})

test('F31-G: an estimate that comes late, and a correction that is told again, change nothing', async () => {
  const point = freshPoint()
  const tell = (hours: Readonly<Record<number, Qualified>>) =>
    ways.told(qualified(atPoint(point), hours))
  await tell({ 8: ['2'] })
  await tell({ 8: ['1', ESTIMATED] })
  assert.equal(await statesOf(ways, point), ['told'])
  await tell({ 8: ['3', EDITED, 10] })
  await tell({ 8: ['3', EDITED, 10] })
  await tell({ 8: ['2'] })
  assert.is((await statesOf(ways, point)).length, 2)
  await tell({ 8: ['4', EDITED, 11] })
  await tell({ 8: ['3', EDITED, 10] })
  assert.is((await statesOf(ways, point)).length, 3)
  const again = await ways.sent(qualified(atPoint(point), { 8: ['7', EDITED, 11] }))
  assert.is(refusalsIn(again)[0]?.rule, 'MTR-DUP', 'of one time there are no two')
  assert.match(JSON.stringify(again), 'told as 7, and as 4 before')
})

test('F31-G: of many values one is corrected, and the others go on to hold', async () => {
  const point = freshPoint()
  const first = { 8: ['1', ESTIMATED], 9: ['2', ESTIMATED], 10: ['3'] } as const
  await ways.told(qualified(atPoint(point), first))
  await ways.told(qualified(atPoint(point), { 8: ['1.5'] }))
  await ways.told(qualified(atPoint(point), first))
  assert.is((await statesOf(ways, point)).length, 2, 'the estimate again is no news')
  const said = await ways.sent(qualified(atPoint(point), { 8: ['1.6'] }))
  assert.match(JSON.stringify(said), 'told as 1.6, and as 1.5 before')
  const third = await ways.sent(qualified(atPoint(point), { 10: ['4'] }))
  assert.match(JSON.stringify(third), 'told as 4, and as 3 before')
})

test.run()
