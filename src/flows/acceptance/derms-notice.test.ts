// The end of a connection: its DERMS is told when it is approved, and says so; the customer is told; then it is completed.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { connection } from './connection.fixture.ts'
import type { Connection } from './connection.fixture.ts'
import { noticeOf, registered } from './told.fixture.ts'
import { openWays, saidIn } from './ways.fixture.ts'

const test = suite('notice to the DERMS')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'ServiceRequests'

const asking = (mRID: string, value: string) => ({
  verb: 'change',
  noun: NOUN,
  object: { mRID, status: { value } },
})

const told = (it: Connection, more: JsonObject = {}) => ({
  verb: 'created',
  noun: 'DERRegistrations',
  object: registered(it, more),
})

async function refusedEvent(wish: ReturnType<typeof told>) {
  return saidIn((await ways.sent(wish))['reply'])
}

async function flagOf(mRID: string) {
  return member((await ways.stored(NOUN, mRID)).object, 'dermsNotified')
}

test('SR-11/AC1, I2: nobody is told of a DER that is not approved, whatever the message claims', async () => {
  for (const state of ['registered', 'agreed', 'engineeringReview'] as const) {
    const it = await connection(ways, state)
    const said = await refusedEvent(told(it))
    assert.equal(said, { code: '6.1', rule: 'REG-APPROVED', ids: [it.registration.mRID] }, state)
    assert.is(await flagOf(it.request.mRID), undefined)
  }
})

test('SR-06/AC1, SR-11: on hold nobody is told of the DER', async () => {
  const it = await connection(ways, 'engineeringReview')
  await ways.json('POST', `interconnection-reviews/${it.review.mRID}:hold`)
  const said = await refusedEvent(told(it))
  assert.equal(said, { code: '6.2', rule: 'SR-HOLD', ids: [it.registration.mRID] })
})

test('SR-11: whoever is told learns registry id, tariff, agreement and when it was approved', async () => {
  const it = await connection(ways, 'approved')
  for (const name of [
    'dsoRegistryId',
    'PricingStructure',
    'CustomerAgreement',
    'approvedDateTime',
  ]) {
    const { [name]: _left, ...object } = registered(it)
    const wish = { ...told(it), object: object as typeof it.registration }
    const said = await refusedEvent(wish)
    assert.equal(said, { code: '5.8', rule: 'REG-NOTICE', ids: [it.registration.mRID] }, name)
  }
  await ways.told(told(it))
})

test('SR-11/AC1: where the DERMS is our own, what is kept has arrived, and the acknowledgement is on record', async () => {
  const it = await connection(ways, 'approved')
  await ways.told(told(it))
  assert.is(await flagOf(it.request.mRID), true)
  const events = (await ways.gateway.events()).filter((one) => one.subject === it.request.mRID)
  assert.is(events.at(-1)?.state, 'approved')
  assert.is(events.at(-1)?.verb, 'changed')
})

test('SR-11: the acknowledgement is not set by hand', async () => {
  const it = await connection(ways, 'approved')
  const { mRID } = it.request
  for (const dermsNotified of [true, false]) {
    const wish = { verb: 'change', noun: NOUN, object: { mRID, dermsNotified } }
    assert.equal(await ways.refused(wish), { code: '6.1', rule: 'SR-ACK', ids: [mRID] })
    const event = { ...wish, verb: 'changed', object: { ...it.request, dermsNotified } }
    assert.is(saidIn((await ways.sent(event))['reply']).rule, 'SR-ACK')
  }
  const fresh = { ...it.request, mRID: `${mRID}-2`, dermsNotified: true }
  assert.is((await ways.refused({ verb: 'create', noun: NOUN, object: fresh })).rule, 'SR-ACK')
})

test('SR-11/AC1, SR-12/AC1, G-AC38: completed when the customer is told, the DERMS knows, and not before', async () => {
  const it = await connection(ways, 'verified')
  const { mRID } = it.request
  await ways.ok(asking(mRID, 'connected'))
  const neither = await ways.refused(asking(mRID, 'completed'))
  assert.equal(neither, { code: '6.1', rule: 'SR-DONE', ids: [mRID] })
  await ways.told({
    verb: 'created',
    noun: 'CustomerNotifications',
    object: noticeOf('connected', mRID),
  })
  assert.is((await ways.refused({ verb: 'close', noun: NOUN, object: { mRID } })).rule, 'SR-DONE')
  await ways.told(told(it))
  await ways.ok({ verb: 'close', noun: NOUN, object: { mRID } })
  assert.is((await ways.stored(NOUN, mRID)).state, 'completed')
  const over = await ways.refused({ verb: 'cancel', noun: NOUN, object: { mRID } })
  assert.equal(over, { code: '6.1', rule: 'SR-TERM', ids: [mRID] }, 'SR-12/AC1')
})

test('SR-10: nor is it told to be completed before', async () => {
  const it = await connection(ways, 'verified')
  const { mRID } = it.request
  await ways.ok(asking(mRID, 'connected'))
  await ways.told(told(it))
  const { object } = await ways.stored(NOUN, mRID)
  const closed = { ...object, status: { value: 'completed' } }
  const said = saidIn((await ways.sent({ verb: 'closed', noun: NOUN, object: closed }))['reply'])
  assert.equal(said, { code: '6.1', rule: 'SR-DONE', ids: [mRID] })
})

test.run()
