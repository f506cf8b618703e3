// EN-03 to EN-06, SM-SUB: who takes part is told, acknowledged device by device, closed with all that ends, and a device is put
// in the place of another.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import {
  ENROLLMENTS,
  SUBSCRIPTIONS as NOUN,
  application,
  device,
  subscription,
  withStatus,
} from './enrollment.fixture.ts'
import { openWays, refusalsIn } from './ways.fixture.ts'

const test = suite('subscription')

const ways = await openWays()
test.after(() => ways.gateway.close())

const create = (object: JsonObject) => ({ verb: 'create', noun: NOUN, object })
const change = (object: JsonObject) => ({ verb: 'change', noun: NOUN, object })
const step = (mRID: string, name: string, body?: Json) =>
  ways.json('POST', `program-subscriptions/${mRID}${name}`, body)
const stored = (mRID: string) => ways.stored(NOUN, mRID)
const stateOf = async (mRID: string) => (await stored(mRID)).state

/** An enrollment that has come as far as this. */
async function enrolled(more: JsonObject = {}, upTo = 'COMPLETED'): Promise<JsonObject> {
  const it = application(more)
  await ways.ok({ verb: 'create', noun: ENROLLMENTS, object: it })
  for (const value of ['validating', 'deviceCheck', 'COMPLETED']) {
    await ways.ok({ verb: 'change', noun: ENROLLMENTS, object: withStatus(it.mRID, value) })
    if (value === upTo) break
  }
  return it
}

/** A subscription of its own, active and acknowledged. */
async function active(more: JsonObject = {}) {
  const it = subscription(await enrolled(more))
  await ways.ok(create(it))
  assert.is((await step(it.mRID, ':ack')).status, 200)
  return it
}

const END = '2026-09-30T05:00:00Z'
const excluded = (it: Json | undefined) =>
  (it as readonly JsonObject[]).map((one) => ({ ...one, status: { value: 'excluded' } }))

test('EN-03, SM-SUB: it is pending until its DERMS acknowledges it, and again after each change', async () => {
  const it = subscription(await enrolled(), { status: { value: 'INACTIVE' } })
  await ways.ok(create(it))
  assert.is(await stateOf(it.mRID), 'INACTIVE_pending')
  assert.is((await step(it.mRID, ':ack')).status, 200)
  assert.is(await stateOf(it.mRID), 'INACTIVE_synced')
  assert.is((await step(it.mRID, ':activate')).status, 200)
  const { state, object } = await stored(it.mRID)
  assert.equal([state, object['syncState']], ['ACTIVE_pending', 'pending'])
  assert.type(object['syncRequestedDateTime'], 'string')
  assert.is(object['syncedDateTime'], undefined)
  await step(it.mRID, ':ack')
  const after = (await stored(it.mRID)).object
  assert.equal([after['syncState'], member(after['status'], 'value')], ['synced', 'ACTIVE'])
  assert.type(after['syncedDateTime'], 'string')
})

test('K1, EN-03: nobody is active before the enrollment is COMPLETED, whoever asks for it or tells of it', async () => {
  const early = await enrolled({}, 'deviceCheck')
  const it = subscription(early)
  const said = await ways.refused(create(it))
  assert.equal(said, { code: '6.1', rule: 'SUB-SM', ids: [it.mRID] })
  for (const verb of ['created', 'changed']) {
    const reply = await ways.sent({ verb, noun: NOUN, object: it })
    assert.is(refusalsIn(reply)[0]?.rule, 'SUB-SM', verb)
  }
  await ways.ok(create({ ...it, status: { value: 'INACTIVE' } }))
  const still = await ways.refused(change(withStatus(it.mRID, 'ACTIVE')))
  assert.is(still.rule, 'SUB-SM')
  await ways.ok({
    verb: 'changed',
    noun: ENROLLMENTS,
    object: withStatus(String(early['mRID']), 'COMPLETED'),
  })
  await ways.ok(change(withStatus(it.mRID, 'ACTIVE')))
  assert.is(await stateOf(it.mRID), 'ACTIVE_pending')
})

test('K1: without a name for it the enrollment is found by the key of the device; where there is none, nobody is active', async () => {
  const enrollment = await enrolled()
  const { ProgramEnrollment: _named, ...unnamed } = subscription(enrollment)
  await ways.ok(create(unnamed))
  const { ProgramEnrollment: _other, ...strange } = subscription({
    ...enrollment,
    EndDevices: [device()],
  })
  assert.is((await ways.refused(create(strange))).rule, 'SUB-SM')
})

test('EN-04, G-AC15: what has become of each device is kept; where it is not the same of all, it is partial', async () => {
  const devices = [device(), device()]
  const it = subscription(await enrolled({ EndDevices: devices }))
  await ways.ok(create(it))
  const word = (value: string, at: number) => ({
    Names: devices[at]?.Names ?? [],
    registrationStatus: { value, dateTime: '2026-07-14T10:00:00Z' },
  })
  const object = { mRID: it.mRID, EndDevices: [word('Registered', 0), word('Failed', 1)] }
  const reply = await ways.sent({ verb: 'changed', noun: NOUN, object })
  assert.is(member(member(reply, 'reply'), 'Result'), 'PARTIAL')
  const { state, object: now } = await stored(it.mRID)
  assert.equal([state, now['syncState']], ['ACTIVE_partial', 'partial'])
  assert.equal(
    (now['EndDevices'] as readonly JsonObject[]).map((one) =>
      member(one['registrationStatus'], 'value'),
    ),
    ['Registered', 'Failed'],
  )
  await ways.told({
    verb: 'changed',
    noun: NOUN,
    object: { mRID: it.mRID, EndDevices: [word('Registered', 1)] },
  })
  assert.is(await stateOf(it.mRID), 'ACTIVE_synced')
  const failing = { mRID: it.mRID, EndDevices: [word('Failed', 0), word('Failed', 1)] }
  await ways.sent({ verb: 'changed', noun: NOUN, object: failing })
  assert.is(await stateOf(it.mRID), 'ACTIVE_failed')
})

test('EN-04: a sync that is refused as a whole says why', async () => {
  const it = subscription(await enrolled())
  await ways.ok(create(it))
  const said = await step(it.mRID, ':ack', { syncState: 'failed', syncReason: 'customer unknown' })
  assert.is(said.status, 200)
  const { state, object } = await stored(it.mRID)
  assert.equal([state, object['syncReason']], ['ACTIVE_failed', 'customer unknown'])
})

test('EN-05, G-AC12, K2: it is closed with end, status and every device, or not at all', async () => {
  const it = await active()
  const EndDevices = excluded(it['EndDevices'])
  const validityInterval = { ...(it['validityInterval'] as JsonObject), end: END }
  const status = { value: 'INACTIVE' }
  for (const [object, missing] of [
    [{ status, EndDevices }, 'validityInterval.end'],
    [{ status, validityInterval }, 'status excluded of EndDevices[0]'],
    [{ status }, 'validityInterval.end and status excluded of EndDevices[0]'],
  ] as const) {
    const said = await ways.sent(change({ mRID: it.mRID, ...object }))
    assert.equal(refusalsIn(said)[0], { code: '5.8', rule: 'SUB-CLOSE', ids: [it.mRID] })
    assert.match(JSON.stringify(said), missing)
  }
  const bare = await ways.sent({ verb: 'close', noun: NOUN, object: { mRID: it.mRID } })
  assert.is(refusalsIn(bare)[0]?.rule, 'SUB-CLOSE')
  await ways.ok(change({ mRID: it.mRID, status, EndDevices, validityInterval }))
  assert.is(await stateOf(it.mRID), 'CLOSED_pending')
  const again = await ways.refused(change(withStatus(it.mRID, 'ACTIVE')))
  assert.is(again.rule, 'SUB-CLOSED')
})

test('EN-05/AC1, IT-31: POST …:close ends all of it, and the enrollment with it; the acknowledgement is the end', async () => {
  const it = await active()
  const body = { endDateTime: END, removalMethod: 'keep', reason: 'moved away' }
  const { status, json } = await step(it.mRID, ':close', body)
  assert.is(status, 200, JSON.stringify(json))
  const { state, object } = await stored(it.mRID)
  assert.is(state, 'CLOSED_pending')
  assert.equal(
    [
      member(object['validityInterval'], 'end'),
      object['removalMethod'],
      member(object['status'], 'reason'),
    ],
    [END, 'keep', 'moved away'],
  )
  assert.match(JSON.stringify(object['EndDevices']), '"excluded"')
  const { mRID: enrollment } = it['ProgramEnrollment'] as { mRID: string }
  assert.is((await ways.stored(ENROLLMENTS, enrollment)).state, 'UNENROLLED')
  await step(it.mRID, ':ack')
  assert.is(await stateOf(it.mRID), 'CLOSED_synced')
  const lacking = await step(it.mRID, ':close', { reason: 'x' })
  assert.is(lacking.status, 400)
  assert.match(JSON.stringify(lacking.json), 'close lacks endDateTime')
})

test('EN-06, G-AC14: the old device goes and the new one comes by one step, or neither does', async () => {
  const it = await active()
  const [old] = it['EndDevices'] as readonly JsonObject[]
  const next = device()
  const body = {
    ...{ oldDevice: { Names: old?.['Names'] ?? [] }, newDevice: next },
    ...{ replacedDateTime: '2026-08-03T15:00:00-05:00', reason: 'broken' },
  }
  const none = await step(it.mRID, '/devices:replace', {
    ...body,
    oldDevice: { Names: device().Names },
  })
  assert.equal([none.status, member(none.json, 'rule')], [409, 'SUB-REPLACE'])
  assert.equal((await stored(it.mRID)).object['EndDevices'], it['EndDevices'])
  const { oldDevice, newDevice, ...rest } = body
  const twice = await step(it.mRID, '/devices:replace', { ...body, old: oldDevice })
  assert.match(JSON.stringify(twice.json), 'not old')
  const nothing = { ...rest, old: oldDevice, new: { Names: 7 } }
  const unfit = await step(it.mRID, '/devices:replace', nothing)
  assert.match(JSON.stringify(unfit.json), '"path":"/new/Names', 'told of what was written')
  assert.is((await step(it.mRID, '/devices:replace', { ...rest, old: oldDevice })).status, 400)
  const said = { ...rest, old: oldDevice, new: newDevice }
  const { status, json } = await step(it.mRID, '/devices:replace', said)
  assert.is(status, 200, JSON.stringify(json))
  const { state, object } = await stored(it.mRID)
  assert.equal([state, object['EndDevices']], ['ACTIVE_pending', [next]])
  assert.is((object['replacements'] as readonly Json[]).length, 1)
})

test('G-AC14: who names his own replacement alone is judged by it, whatever was replaced before', async () => {
  const it = await active()
  const [one, two, other] = [device(), device(), device()]
  const [old] = it['EndDevices'] as readonly JsonObject[]
  const replacing = (oldDevice: JsonObject, newDevice: JsonObject, at: string) => ({
    verb: 'change',
    noun: NOUN,
    object: {
      mRID: it.mRID,
      EndDevices: [newDevice],
      replacements: [
        { oldDevice: { Names: oldDevice['Names'] ?? [] }, newDevice, replacedDateTime: at },
      ],
    },
  })
  await ways.ok(replacing(old ?? {}, one, '2026-08-03T15:00:00Z'))
  const said = await ways.sent(replacing(other, two, '2026-08-04T15:00:00Z'))
  assert.is(refusalsIn(said)[0]?.rule, 'SUB-REPLACE')
  assert.equal((await stored(it.mRID)).object['EndDevices'], [one])
  await ways.ok(replacing(one, two, '2026-08-05T15:00:00Z'))
  assert.equal((await stored(it.mRID)).object['EndDevices'], [two])
})

test('K3, EN-06/AC1: a device takes part by one subscription; its key is free when it has gone', async () => {
  const one = await active()
  const [old] = one['EndDevices'] as readonly JsonObject[]
  const said = await ways.sent({
    verb: 'create',
    noun: ENROLLMENTS,
    object: application({ EndDevices: [old ?? {}] }),
  })
  assert.match(
    JSON.stringify(said),
    `by which EndDevices[0] of ProgramSubscription ${one.mRID} takes part`,
  )
  const other = await active()
  const replacing = (newDevice: Json) =>
    step(other.mRID, '/devices:replace', {
      oldDevice: { Names: (other['EndDevices'] as readonly JsonObject[])[0]?.['Names'] ?? [] },
      ...{ newDevice, replacedDateTime: '2026-08-03T15:00:00-05:00' },
    })
  const taken = await replacing(old ?? {})
  assert.equal([taken.status, member(taken.json, 'rule')], [409, 'DEV-DUP'])
  assert.match(
    JSON.stringify(taken.json),
    `by which EndDevices[0] of ProgramSubscription ${one.mRID} takes part`,
  )
  await step(one.mRID, ':close', { endDateTime: END })
  assert.is((await replacing(old ?? {})).status, 409, 'its DERMS may call it still')
  await step(one.mRID, ':ack')
  assert.is((await replacing(old ?? {})).status, 200)
})

test('EN-03: a subscription stays that of its customer and programme', async () => {
  const it = await active()
  const object = { mRID: it.mRID, Customer: { Names: [{ name: 'C-2' }] } }
  assert.is((await ways.refused(change(object))).rule, 'SUB-FROZEN')
  assert.is(
    (await ways.refused({ verb: 'delete', noun: NOUN, object: { mRID: it.mRID } })).rule,
    'SUB-CLOSE',
  )
})

test.run()
