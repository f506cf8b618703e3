// What is over by the clock: the gateway ends it by itself, once, also after a new start, and nothing else has to come.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FUNCTIONS } from '../../flows/acceptance/groups.fixture.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { LOCAL } from '../parties/party.ts'
import { shifted } from './outcome.ts'
import { openWhole, partyOf, wayTo } from '../whole.fixture.ts'
import type { Whole } from '../whole.fixture.ts'

const test = suite('delivery: over by the clock')

const HEADS = { parties: [partyOf('derms-cs')] }
const TOLD = wayTo('derms-cs', {
  noun: ['DERGroups', 'DERGroupDispatches'],
  verb: ['changed', 'closed'],
})
const whole = await openWhole({
  ...{ ...LOCAL, ...HEADS },
  ways: [TOLD, wayTo('local', {})],
})
test.after(() => whole.close())

const fresh = () => crypto.randomUUID()
const wanted = (path: string, name: string, it: JsonObject) =>
  whole.ok('cs', 'POST', `/api/v1/${path}`, { [name]: [it] })

async function dispatched(minutes: number): Promise<{ group: string; dispatch: string }> {
  const [group, dispatch] = [fresh(), fresh()]
  await wanted('der-groups', 'EndDeviceGroup', {
    mRID: group,
    DERFunction: FUNCTIONS,
    EndDevices: [{ mRID: fresh() }],
  })
  await wanted('der-group-dispatches', 'DERGroupDispatch', dispatchOf(dispatch, group, minutes))
  return { group, dispatch }
}

function dispatchOf(mRID: string, group: string, minutes: number): JsonObject {
  const DERMonitorableParameter = {
    DERParameter: 'activePower',
    yMultiplier: 'k',
    yUnit: 'W',
    DispatchSchedule: [
      {
        curveStyleKind: 'constantYValue',
        startTime: shifted(whole.time.clock(), 60_000),
        timeIntervalDuration: minutes,
        timeIntervalUnit: 'm',
        DERCurveData: [{ intervalNumber: 1, nominalYValue: 5 }],
      },
    ],
  }
  return { mRID, EndDeviceGroup: { mRID: group, DERMonitorableParameter } }
}

async function stateOf(noun: string, mRID: string): Promise<string> {
  const [it] = await whole.store.objects(noun, [mRID], [])
  return it?.state ?? 'gone'
}

const isIn = (noun: string, mRID: string, state: string) => async () =>
  (await stateOf(noun, mRID)) === state

async function eventsOf({ store }: Whole, mRID: string) {
  const all = await store.events(0, 100_000)
  return all.filter((it) => it.subject === mRID).map((it) => `${it.verb} ${it.state}`)
}

test('at the end of its schedule a dispatch is over, its group is available, and both are told', async () => {
  const { group, dispatch } = await dispatched(15)
  const begun = whole.time.passed()
  assert.is(await stateOf('DERGroups', group), 'dispatched')
  await whole.until(isIn('DERGroups', group, 'available'))
  assert.ok(whole.time.passed() - begun >= 960_000, 'not before its time')
  assert.is(await stateOf('DERGroupDispatches', dispatch), 'ended')
  assert.equal(await eventsOf(whole, dispatch), ['created present', 'closed ended'])
  assert.equal(await eventsOf(whole, group), [
    'created available',
    'changed dispatched',
    'changed available',
  ])
  await whole.quiet()
  const told = whole.sent.filter((it) => it.request.includes(dispatch))
  assert.equal(
    told.map((it) => `${it.verb} ${it.noun}`),
    ['closed DERGroupDispatches'],
  )
})

test('a dispatch that is told of as longer ends then, and one that is cancelled does not end again', async () => {
  const [longer, cancelled] = [await dispatched(5), await dispatched(5)]
  const begun = whole.time.passed()
  await whole.ok('cs', 'PATCH', `/api/v1/der-group-dispatches/${longer.dispatch}`, {
    DERGroupDispatch: [dispatchOf(longer.dispatch, longer.group, 10)],
  })
  await whole.ok('cs', 'POST', `/api/v1/der-group-dispatches/${cancelled.dispatch}:cancel`)
  await whole.until(isIn('DERGroupDispatches', longer.dispatch, 'ended'))
  assert.ok(whole.time.passed() - begun >= 11 * 60_000)
  assert.is(await stateOf('DERGroupDispatches', cancelled.dispatch), 'canceled')
  assert.equal(await eventsOf(whole, cancelled.dispatch), ['created present', 'canceled canceled'])
  assert.equal(await whole.store.overdue(whole.time.clock(), 10), [])
  assert.equal(await whole.store.missed(10), [], 'what ends is no alarm')
})

test('GD-01: a forced dissolve that was scheduled is begun at the end, also after a new start', async () => {
  const { group } = await dispatched(15)
  const request = fresh()
  await wanted('der-group-requests', 'DERGroupRequest', {
    ...{ mRID: request, action: 'dissolve', force: true, EndDeviceGroup: { mRID: group } },
    requestor: { Names: [{ name: 'acme' }] },
  })
  assert.is(await stateOf('DERGroupRequests', request), 'dissolveScheduled')
  await whole.restart()
  await whole.until(isIn('DERGroupRequests', request, 'dissolving'))
  assert.is(await stateOf('DERGroups', group), 'dissolving')
})

test.run()
