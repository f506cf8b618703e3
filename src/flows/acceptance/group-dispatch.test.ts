import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import { DISPATCHES, dispatch } from './dispatches.fixture.ts'
import type { Wanted } from './dispatches.fixture.ts'
import { FUNCTIONS, GROUPS, REQUESTS, group, groupRequest, removal } from './groups.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('dispatch of groups')

let now = '2026-07-14T08:00:00.000Z'
const ways = await openWays({ clock: () => now })
test.before.each(() => {
  now = '2026-07-14T08:00:00.000Z'
})
test.after(() => ways.gateway.close())

const creating = (noun: string, object: JsonObject) => ({ verb: 'create', noun, object })
const create = (noun: string, object: JsonObject) => ways.ok(creating(noun, object))
const deleting = (mRID: string) => ({ verb: 'delete', noun: GROUPS, object: { mRID } })
const groupState = async (mRID: string) => (await ways.stored(GROUPS, mRID)).state
const requestState = async (mRID: string) => (await ways.stored(REQUESTS, mRID)).state

const MEMBERS = [{ mRID: fresh() }, { mRID: fresh() }]

async function formedGroup(more: JsonObject = {}): Promise<Identified> {
  const its = group(MEMBERS, more)
  await create(GROUPS, its)
  return its
}

test('GN-02: a group is dispatched from the moment on in which its dispatch is taken', async () => {
  const its = await formedGroup()
  const own = dispatch(its)
  await create(DISPATCHES, own)
  assert.is(await groupState(its.mRID), 'dispatched')
  await ways.ok({ verb: 'cancel', noun: DISPATCHES, object: own })
  assert.is(await groupState(its.mRID), 'available')
})

test('G-AC44: a group with a dispatch that is pending or active is not dissolved, in no way', async () => {
  const its = await formedGroup()
  const own = dispatch(its)
  await create(DISPATCHES, own)
  for (const time of ['2026-07-14T08:30:00.000Z', '2026-07-14T10:59:59.999Z']) {
    now = time
    const said = await ways.refused(deleting(its.mRID))
    assert.equal(said, { code: '6.1', rule: 'GRP-DISP', ids: [its.mRID] }, time)
    const asked = groupRequest('dissolve', its.mRID)
    assert.is((await ways.refused(creating(REQUESTS, asked))).rule, 'GRP-DISP')
    const leaving = groupRequest('removeMembers', its.mRID, { EndDevices: MEMBERS.slice(0, 1) })
    assert.is((await ways.refused(creating(REQUESTS, leaving))).rule, 'GRP-DISP')
    assert.is((await ways.refused(removal(its.mRID, MEMBERS.slice(0, 1)))).rule, 'GRP-DISP')
  }
  now = '2026-07-14T11:00:00.000Z'
  await ways.ok(deleting(its.mRID))
})

test('with force a group is dissolved when the last of its dispatches is over, and says so: 6.4', async () => {
  const its = await formedGroup()
  const [first, second] = [dispatch(its), dispatch(its)]
  await create(DISPATCHES, first)
  await create(DISPATCHES, second)
  const asked = groupRequest('dissolve', its.mRID, { force: true })
  const reply = await create(REQUESTS, asked)
  assert.match(JSON.stringify(reply['reply']), /"code":"6.4"/)
  assert.equal(
    [await requestState(asked.mRID), await groupState(its.mRID)],
    ['dissolveScheduled', 'dispatched'],
  )
  await ways.ok({ verb: 'close', noun: DISPATCHES, object: first })
  assert.is(await groupState(its.mRID), 'dispatched', 'the other goes on')
  await ways.ok({ verb: 'cancel', noun: DISPATCHES, object: second })
  assert.equal(
    [await requestState(asked.mRID), await groupState(its.mRID)],
    Array(2).fill('dissolving'),
  )
})

test('with force a group that is not dispatched is dissolved at once', async () => {
  const its = await formedGroup()
  const asked = groupRequest('dissolve', its.mRID, { force: true })
  await create(REQUESTS, asked)
  assert.equal(
    [await requestState(asked.mRID), await groupState(its.mRID)],
    Array(2).fill('dissolving'),
  )
})

test('GD-01/AC2: a group that is dissolved, or being dissolved, is not dispatched', async () => {
  const [its, other] = [await formedGroup(), await formedGroup()]
  await create(REQUESTS, groupRequest('dissolve', other.mRID))
  const early = await ways.refused(creating(DISPATCHES, dispatch(other)))
  assert.equal([early.code, early.rule], ['6.1', 'SM-GRP-dissolving-dispatch'])
  await ways.ok(deleting(its.mRID))
  const said = await ways.refused(creating(DISPATCHES, dispatch(its)))
  assert.equal(said, { code: '99.1', rule: 'NOT-FOUND', ids: [its.mRID] })
})

test('an empty group is not dispatched', async () => {
  const its = await formedGroup()
  await ways.ok(removal(its.mRID, MEMBERS))
  const said = await ways.refused(creating(DISPATCHES, dispatch(its)))
  assert.is(said.rule, 'SM-GRP-empty-dispatch')
})

test('DSP-UNIT: the unit fits the parameter', async () => {
  const its = await formedGroup({
    DERFunction: { ...FUNCTIONS, reactivePowerDispatch: true, voltageRegulation: true },
  })
  const fitting = { activePower: 'W', reactivePower: 'VAr', apparentPower: 'VA', voltage: 'V' }
  for (const [parameter, unit] of Object.entries(fitting)) {
    for (const other of Object.values(fitting).filter((it) => it !== unit)) {
      const own = dispatch(its, { parameter, unit: other })
      const said = await ways.refused(creating(DISPATCHES, own))
      assert.equal(
        said,
        { code: '6.1', rule: 'DSP-UNIT', ids: [own.mRID] },
        `${parameter} ${other}`,
      )
    }
    const own = dispatch(its, { parameter, unit })
    await create(DISPATCHES, own)
    await ways.ok({ verb: 'cancel', noun: DISPATCHES, object: own })
  }
})

test('DSP-FUN: the group has the function', async () => {
  const its = await formedGroup()
  for (const [parameter, unit] of [
    ['reactivePower', 'VAr'],
    ['voltage', 'V'],
  ] as const) {
    const own = dispatch(its, { parameter, unit })
    const said = await ways.refused(creating(DISPATCHES, own))
    assert.equal(said, { code: '6.1', rule: 'DSP-FUN', ids: [own.mRID] }, parameter)
  }
})

test('intervals are numbered from 1 without a gap, in whatever order', async () => {
  const its = await formedGroup()
  for (const numbers of [[1, 3], [0, 1], [2], [1, 1]]) {
    const said = await ways.refused(creating(DISPATCHES, dispatch(its, { numbers })))
    assert.is(said.rule, 'DSP-INTERVAL', numbers.join())
  }
  await create(DISPATCHES, dispatch(its, { numbers: [3, 1, 2] }))
})

test('M is a month and m a minute', async () => {
  const [months, minutes] = [await formedGroup(), await formedGroup()]
  await create(DISPATCHES, dispatch(months, { interval: 'M' }))
  await create(DISPATCHES, dispatch(minutes, { interval: 'm' }))
  now = '2026-07-14T09:02:00.000Z'
  await ways.ok(deleting(minutes.mRID))
  now = '2026-09-14T08:59:59.999Z'
  assert.is((await ways.refused(deleting(months.mRID))).rule, 'GRP-DISP')
  now = '2026-09-14T09:00:00.000Z'
  await ways.ok(deleting(months.mRID))
})

test('what is over when it is told of dispatches nobody', async () => {
  const its = await formedGroup()
  const own = dispatch(its, { start: '2014-03-01T09:00:00Z' })
  await create(DISPATCHES, own)
  assert.is((await ways.stored(DISPATCHES, own.mRID)).state, 'ended')
  assert.is(await groupState(its.mRID), 'available')
})

test('DSP-FROZEN: a dispatch keeps its group, and from its begin on its schedule', async () => {
  const [its, other] = [await formedGroup(), await formedGroup()]
  const own = dispatch(its)
  await create(DISPATCHES, own)
  const changed = (of: JsonObject, wanted: Wanted = {}) => {
    const { EndDeviceGroup = {} } = dispatch(of, wanted)
    return { verb: 'change', noun: DISPATCHES, object: { mRID: own.mRID, EndDeviceGroup } }
  }
  const due = { code: '6.1', rule: 'DSP-FROZEN', ids: [own.mRID] }
  assert.equal(await ways.refused(changed(other)), due)
  await ways.ok(changed(its, { start: '2026-07-14T09:30:00Z' }))
  now = '2026-07-14T09:30:00.000Z'
  const later = { start: '2026-07-14T10:00:00Z' }
  assert.equal(await ways.refused(changed(its, later)), due)
  assert.equal(await ways.refused(changed(its, { ...later, numbers: [1, 2, 3] })), due)
  await ways.ok(changed(its, { start: '2026-07-14T09:30:00Z' }))
})

test.run()
