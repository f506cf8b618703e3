import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import {
  GROUPS,
  REQUESTS,
  fleet,
  formed,
  group,
  groupRequest,
  removal,
  steps,
} from './groups.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('dissolving groups')

const ways = await openWays()
test.after(() => ways.gateway.close())

const creating = (noun: string, object: JsonObject) => ({ verb: 'create', noun, object })
const create = (noun: string, object: JsonObject) => ways.ok(creating(noun, object))
const deleting = (mRID: string) => ({ verb: 'delete', noun: GROUPS, object: { mRID } })
const stateOf = async (mRID: string) => (await ways.stored(REQUESTS, mRID)).state
const groupState = async (mRID: string) => (await ways.stored(GROUPS, mRID)).state
const isThere = async (mRID: string) =>
  (await ways.gateway.store.objects(GROUPS, [mRID], [])).length > 0

const own = await fleet(ways, 3)

test('GD-01/AC1: contracts are released before Operations is told, and the requests go along', async () => {
  const { group: its, request } = await formed(ways, own)
  const direct = await ways.refused(deleting(its.mRID))
  assert.equal(direct, { code: '6.1', rule: 'GRP-ORDER', ids: [its.mRID] })
  const asked = groupRequest('dissolve', its.mRID)
  await create(REQUESTS, asked)
  assert.equal([await stateOf(asked.mRID), await groupState(its.mRID)], Array(2).fill('dissolving'))
  assert.is((await ways.refused(deleting(its.mRID))).rule, 'GRP-ORDER')
  await steps(ways, asked.mRID, ['release-contracts'])
  assert.is(await groupState(its.mRID), 'contractsReleased')
  await ways.ok(deleting(its.mRID))
  assert.is(await isThere(its.mRID), false)
  assert.equal([await stateOf(asked.mRID), await stateOf(request.mRID)], Array(2).fill('dissolved'))
})

test('GD-01: cancelling the request that a group has come from is a request to dissolve it', async () => {
  const { group: its, request } = await formed(ways, own)
  await ways.ok({ verb: 'cancel', noun: REQUESTS, object: request })
  assert.equal(
    [await stateOf(request.mRID), await groupState(its.mRID)],
    Array(2).fill('dissolving'),
  )
  await steps(ways, request.mRID, ['release-contracts'])
  await ways.ok(deleting(its.mRID))
  assert.is(await stateOf(request.mRID), 'dissolved')
})

test('GD-01/AC4: dissolved twice is 99.1, by delete and by request', async () => {
  const its = group(own.devices)
  await create(GROUPS, its)
  await ways.ok(deleting(its.mRID))
  const again = await ways.refused(deleting(its.mRID))
  assert.equal(again, { code: '99.1', rule: 'NOT-FOUND', ids: [its.mRID] })
  const asked = groupRequest('dissolve', its.mRID)
  const said = await ways.refused(creating(REQUESTS, asked))
  assert.equal(said, { code: '99.1', rule: 'NOT-FOUND', ids: [its.mRID] })
})

test('GD-01/AC4: the same message twice is one effect and the same reply', async () => {
  const its = group(own.devices)
  await create(GROUPS, its)
  const xml = ways.xmlOf(deleting(its.mRID))
  const first = await ways.gateway.send(xml)
  const events = (await ways.gateway.events()).length
  const second = await ways.gateway.send(xml)
  assert.is(second.text, first.text)
  assert.is((await ways.gateway.events()).length, events)
})

test('GD-01: a group that its owner has formed without a request is dissolved without one', async () => {
  const its = group(own.devices)
  await create(GROUPS, its)
  await ways.ok(deleting(its.mRID))
  assert.is(await isThere(its.mRID), false)
})

test('GD-02: members leave by a request, contracts first; the group stays available', async () => {
  const { group: its } = await formed(ways, own)
  const [leaver, ...others] = own.devices
  const asked = groupRequest('removeMembers', its.mRID, { EndDevices: [leaver ?? {}] })
  await create(REQUESTS, asked)
  assert.equal([await stateOf(asked.mRID), await groupState(its.mRID)], ['dissolving', 'available'])
  const leaving = removal(its.mRID, [leaver ?? {}])
  const said = await ways.refused(leaving)
  assert.equal(said, { code: '6.1', rule: 'GRP-ORDER', ids: [its.mRID] })
  await steps(ways, asked.mRID, ['release-contracts'])
  await ways.ok(leaving)
  assert.is(await stateOf(asked.mRID), 'dissolved')
  const { object } = await ways.stored(GROUPS, its.mRID)
  assert.equal(member(object, 'EndDevices'), others)
})

test('GD-02: only members can be asked to leave', async () => {
  const its = group(own.devices)
  await create(GROUPS, its)
  const stranger = { mRID: fresh() }
  const asked = groupRequest('removeMembers', its.mRID, {
    EndDevices: [own.devices[0] ?? {}, stranger],
  })
  const said = await ways.refused(creating(REQUESTS, asked))
  assert.equal(said, { code: '2.29', rule: 'NO-PART', ids: [stranger.mRID] })
})

test.run()
