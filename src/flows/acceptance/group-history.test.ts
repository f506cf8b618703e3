import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
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
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('membership history')

/** Hours of a day, so that each change has its time. */
let hour = 0
const at = (it: number) => `2026-07-14T${String(it).padStart(2, '0')}:00:00.000Z`
const ways = await openWays({ clock: () => at(hour) })
test.after(() => ways.gateway.close())

const NOUN = 'DERGroupMemberships'
const A: JsonObject = { mRID: fresh() }
const B: JsonObject = { Names: [{ name: '00042', NameType: { name: 'badgeNumber' } }] }
const C: JsonObject = { mRID: fresh() }

const create = (noun: string, object: JsonObject) => ways.ok({ verb: 'create', noun, object })

/** What happens in the life of a group, hour by hour. */
async function lived(more: JsonObject = {}): Promise<string> {
  const its = group([A, B], more)
  hour = 1
  await create(GROUPS, its)
  hour = 2
  await ways.ok({ verb: 'change', noun: GROUPS, object: { mRID: its.mRID, EndDevices: [C] } })
  hour = 3
  await ways.ok(removal(its.mRID, [A]))
  hour = 4
  await ways.ok({ verb: 'change', noun: GROUPS, object: { mRID: its.mRID, EndDevices: [A] } })
  hour = 5
  await ways.ok({ verb: 'delete', noun: GROUPS, object: its })
  hour = 6
  return its.mRID
}

/** Asked over POST /cim. */
async function asked(request: JsonObject): Promise<JsonObject> {
  const MessageID = fresh()
  const Timestamp = '2026-07-14T08:00:00Z'
  const header = { Verb: 'get', Noun: NOUN, Timestamp, MessageID, CorrelationID: MessageID }
  const message = { message: 'RequestMessage', header, request }
  const { xml, issues } = messageFromJson(message, ways.gateway.schemas)
  assert.equal(issues, [])
  const reply = await ways.gateway.send(xml)
  assert.is(reply.judged.verdict, 'valid', reply.text)
  return reply.json
}

const ofGroup = (mRID: string) => ({ '@kind': 'uuid', '@objectType': 'DERGroup', $: mRID })

function staysIn(json: Json | undefined): readonly JsonObject[] {
  const list = member(json, 'DERGroupMembership')
  return Array.isArray(list) ? (list as readonly JsonObject[]) : []
}

function staysOf(reply: JsonObject): readonly JsonObject[] {
  return staysIn(member(member(reply, 'payload'), NOUN))
}

const devices = (stays: readonly JsonObject[]) => stays.map((it) => member(it, 'EndDevice'))

test('GD-01/AC3: who was in a group is answered for any instant, half open, and after its end', async () => {
  const mRID = await lived()
  const due: readonly (readonly [string, readonly JsonObject[]])[] = [
    ['2026-07-14T00:59:59.999Z', []],
    [at(1), [A, B]],
    ['2026-07-14T01:59:59.999Z', [A, B]],
    [at(2), [A, B, C]],
    ['2026-07-14T04:00:00+01:00', [B, C]],
    [at(4), [A, B, C]],
    [at(5), []],
  ]
  for (const [when, members] of due) {
    const reply = await asked({ StartTime: when, EndTime: when, ID: [ofGroup(mRID)] })
    assert.is(member(member(reply, 'reply'), 'Result'), 'OK', when)
    const byTime = devices(staysOf(reply))
    const query = `der-groups/${mRID}/members?at=${encodeURIComponent(when)}`
    const { status, json } = await ways.json('GET', query)
    assert.is(status, 200)
    for (const found of [byTime, devices(staysIn(json))])
      assert.equal(
        found.map((it) => JSON.stringify(it)).sort(),
        members.map((it) => JSON.stringify(it)).sort(),
        when,
      )
  }
})

test('GD-01/AC3: every stay is told with group, device, interval and reason', async () => {
  const mRID = await lived()
  const reply = await asked({ ID: [ofGroup(mRID)] })
  const of = { mRID }
  const stay = (EndDevice: JsonObject, start: number, end: number, reason: string) => ({
    reason,
    EndDevice,
    EndDeviceGroup: of,
    interval: { end: at(end), start: at(start) },
  })
  const due = [
    stay(A, 1, 3, 'removed'),
    ...[stay(A, 4, 5, 'dissolved'), stay(B, 1, 5, 'dissolved'), stay(C, 2, 5, 'dissolved')],
  ]
  const texts = (all: readonly Json[]) => all.map((it) => JSON.stringify(it)).sort()
  assert.equal(texts(staysOf(reply)), texts(due))
  const { json } = await ways.json('GET', `der-groups/${mRID}/members`)
  assert.equal(texts(staysIn(json)), texts(due))
})

test('a stretch of time asks for whoever was in the group in some part of it', async () => {
  const mRID = await lived()
  const from = async (StartTime: number, EndTime: number) =>
    staysOf(await asked({ StartTime: at(StartTime), EndTime: at(EndTime), ID: [ofGroup(mRID)] }))
      .length
  assert.equal(
    [await from(0, 1), await from(1, 2), await from(3, 4), await from(1, 6)],
    [0, 2, 2, 4],
  )
})

test('one device is asked for in all groups', async () => {
  const device = { mRID: fresh() }
  const [first, second] = [group([device, B]), group([device])]
  await create(GROUPS, first)
  await create(GROUPS, second)
  const ID = [{ '@kind': 'uuid', '@objectType': 'EndDevice', $: device.mRID }]
  const groups = staysOf(await asked({ ID })).map((it) => member(it, 'EndDeviceGroup'))
  assert.equal(groups.map((it) => member(it, 'mRID')).sort(), [first.mRID, second.mRID].sort())
})

test('a group is asked for by its name, also when it is gone', async () => {
  const Names = [{ name: 'Feeder 77' }]
  const mRID = await lived({ Names })
  const ID = [{ '@kind': 'name', '@objectType': 'DERGroup', $: 'Feeder 77' }]
  const when = at(2)
  const stays = staysOf(await asked({ StartTime: when, EndTime: when, ID }))
  assert.equal(
    stays.map((it) => member(it, 'EndDeviceGroup')),
    Array(3).fill({ mRID, Names }),
  )
})

test('a group that nobody has known is 99.1, over POST /cim and the façade', async () => {
  const mRID = fresh()
  const [said] = refusalsIn(await asked({ ID: [ofGroup(mRID)] }))
  assert.equal(said, { code: '99.1', rule: 'NOT-FOUND', ids: [mRID] })
  const { status, json } = await ways.json('GET', `der-groups/${mRID}/members`)
  assert.is(status, 404)
  assert.is(member(json, 'code'), '99.1')
})

test('an instant that is none, and an object without members, are told', async () => {
  assert.is((await ways.json('GET', `der-groups/${fresh()}/members?at=noon`)).status, 400)
  assert.is((await ways.json('GET', `service-requests/${fresh()}/members`)).status, 404)
  assert.is((await ways.json('DELETE', `service-requests/${fresh()}/members/x`)).status, 404)
})

test('memberships that others have told of are answered beside those of our own groups', async () => {
  const [EndDevice, EndDeviceGroup] = [{ mRID: fresh() }, { mRID: fresh() }]
  const told = { mRID: fresh(), EndDevice, EndDeviceGroup, interval: { start: at(2) } }
  await ways.told({ verb: 'created', noun: NOUN, object: told })
  assert.equal(devices(staysOf(await asked({ ID: [ofGroup(EndDeviceGroup.mRID)] }))), [EndDevice])
  const early = { StartTime: at(1), EndTime: at(1), ID: [ofGroup(EndDeviceGroup.mRID)] }
  assert.is(
    member(member(await asked(early), 'reply'), 'Result'),
    'FAILED',
    'nothing is known then',
  )
})

test('GD-02: a member is taken out by its own path, by mRID and by name', async () => {
  const its = group([A, B, C])
  await create(GROUPS, its)
  const one = (key: string) => `der-groups/${its.mRID}/members/${key}`
  assert.is((await ways.json('DELETE', one(String(A['mRID'])))).status, 200)
  assert.is((await ways.json('DELETE', one('00042'))).status, 200)
  assert.equal(member((await ways.stored(GROUPS, its.mRID)).object, 'EndDevices'), [C])
  const { status, json } = await ways.json('DELETE', one(String(A['mRID'])))
  assert.is(status, 404)
  assert.equal(refusalsIn({ reply: json })[0], {
    code: '2.29',
    rule: 'NO-PART',
    ids: [String(A['mRID']), its.mRID],
  })
  assert.is((await ways.json('DELETE', one(String(C['mRID'])))).status, 200)
  assert.is((await ways.stored(GROUPS, its.mRID)).state, 'empty', 'the last one leaves it empty')
})

test('GD-02: an unknown member among known ones is told, and the others stay', async () => {
  const its = group([A, B])
  await create(GROUPS, its)
  const stranger = { mRID: fresh() }
  const said = await ways.refused(removal(its.mRID, [A, stranger]))
  assert.equal(said, { code: '2.29', rule: 'NO-PART', ids: [stranger.mRID, its.mRID] })
  assert.equal(member((await ways.stored(GROUPS, its.mRID)).object, 'EndDevices'), [A, B])
})

test('G-AC43: registered, under contract, and kept with its times: a group from request to end', async () => {
  const own = await fleet(ways, 2)
  const stranger = { mRID: fresh() }
  hour = 7
  const { group: its } = await formed(ways, own)
  const unregistered = groupRequest('addMembers', its.mRID, { EndDevices: [stranger] })
  const said = await ways.refused({ verb: 'create', noun: REQUESTS, object: unregistered })
  assert.equal(said, { code: '6.1', rule: 'GRP-REG', ids: [stranger.mRID] })
  hour = 9
  const asking = groupRequest('dissolve', its.mRID)
  await create(REQUESTS, asking)
  await steps(ways, asking.mRID, ['release-contracts'])
  await ways.ok({ verb: 'delete', noun: GROUPS, object: its })
  const reply = await asked({ StartTime: at(8), EndTime: at(8), ID: [ofGroup(its.mRID)] })
  assert.equal(devices(staysOf(reply)), own.devices)
  assert.equal(
    staysOf(reply).map((it) => member(it, 'interval')),
    Array(2).fill({ end: at(9), start: at(7) }),
  )
})

test.run()
