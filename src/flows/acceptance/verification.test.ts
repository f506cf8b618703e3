// From approval to connection: the hold for an upgrade of the network, and the order by which a connection is verified.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { connection, fresh, link, progressed, request, verification } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('verification')

const ways = await openWays()
test.after(() => ways.gateway.close())

const NOUN = 'ServiceRequests'
const ORDERS = 'ServiceOrders'

const create = (noun: string, object: JsonObject) => ({ verb: 'create', noun, object })
const change = (noun: string, object: JsonObject) => ({ verb: 'change', noun, object })
const asking = (mRID: string, value: string) => change(NOUN, { mRID, status: { value } })

async function stateOf(mRID: string, noun = NOUN): Promise<string> {
  return (await ways.stored(noun, mRID)).state
}

/** Codes and levels that a query for an object is answered with. */
async function saidOf(noun: string, mRID: string): Promise<readonly string[]> {
  const reply = await ways.ok({ verb: 'get', noun, object: { mRID } })
  const errors = member(member(reply, 'reply'), 'Error')
  return (Array.isArray(errors) ? errors : [])
    .map((it) => `${String(member(it, 'code'))} ${String(member(it, 'level'))}`)
    .filter((it) => !it.startsWith('0.'))
}

test('SR-06/AC1: on hold nothing goes on, whoever asks; released, it is approved', async () => {
  const { review, request: own } = await connection(ways, 'engineeringReview')
  const reviewed = (more: JsonObject) =>
    change('InterconnectionReviews', { mRID: review.mRID, ...more })
  await ways.ok(reviewed({ modellingResult: { canAccommodate: true } }))
  assert.is((await ways.json('POST', `interconnection-reviews/${review.mRID}:hold`)).status, 200)
  assert.is(await stateOf(own.mRID), 'onHold')
  const held = await ways.refused(reviewed({ decision: 'approved' }))
  assert.equal(held, { code: '6.2', rule: 'SR-HOLD', ids: [review.mRID] })
  assert.equal(await saidOf('InterconnectionReviews', review.mRID), ['6.2 INFORM'])
  assert.equal(await saidOf(NOUN, own.mRID), ['6.2 INFORM'])
  for (const value of ['verificationOrdered', 'connected', 'completed']) {
    const said = await ways.refused(asking(own.mRID, value))
    assert.equal(said, { code: '6.2', rule: 'SR-HOLD', ids: [own.mRID] }, value)
  }
  const order = verification(own)
  const ordered = await ways.refused(create(ORDERS, order))
  assert.equal(ordered, { code: '6.2', rule: 'SR-HOLD', ids: [order.mRID, own.mRID] }, 'SR-08')
  assert.is((await ways.json('POST', `interconnection-reviews/${review.mRID}:release`)).status, 200)
  assert.equal(await saidOf('InterconnectionReviews', review.mRID), ['6.3 INFORM'])
  assert.equal(await saidOf(NOUN, own.mRID), [])
  await ways.ok(reviewed({ decision: 'approved' }))
  assert.is(await stateOf(own.mRID), 'approved')
  await ways.ok(create(ORDERS, order))
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
})

test('SR-08/AC1, G-AC38: nothing is connected before its verification order is closed, and found it verified', async () => {
  const { request: own, order } = await connection(ways, 'approved')
  const never = await ways.refused(asking(own.mRID, 'connected'))
  assert.equal(never, { code: '6.1', rule: 'SM-SR-approved-connect', ids: [own.mRID] })
  await ways.ok(create(ORDERS, order))
  for (const it of ['scheduled', 'completed']) {
    await ways.told({ verb: 'changed', noun: ORDERS, object: progressed(order, it, 'verified') })
    assert.is(await stateOf(own.mRID), 'verificationOrdered', it)
    const early = await ways.refused(asking(own.mRID, 'connected'))
    assert.equal(early.rule, 'SM-SR-verificationOrdered-connect', it)
  }
  await ways.told({
    verb: 'closed',
    noun: ORDERS,
    object: progressed(order, 'closed', 'failed', 'verified'),
  })
  assert.is(await stateOf(own.mRID), 'verified', 'the last record counts')
  await ways.ok(asking(own.mRID, 'connected'))
  assert.is(await stateOf(own.mRID), 'connected')
})

test('SR-08: what has not passed is ordered once more', async () => {
  const { request: own, order } = await connection(ways, 'verificationOrdered')
  await ways.ok(change(ORDERS, progressed(order, 'scheduled')))
  await ways.ok(change(ORDERS, progressed(order, 'completed', 'failed')))
  await ways.ok({ verb: 'close', noun: ORDERS, object: order })
  assert.is(await stateOf(own.mRID), 'verificationFailed')
  const said = await ways.refused(asking(own.mRID, 'connected'))
  assert.is(said.rule, 'SM-SR-verificationFailed-connect')
  const second = verification(own)
  await ways.ok(create(ORDERS, second))
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
  const third = verification(own)
  const twice = await ways.refused(create(ORDERS, third))
  assert.equal(twice.ids, [third.mRID, own.mRID])
  assert.is(twice.rule, 'SM-SR-verificationOrdered-orderVerification')
})

test('SR-08: order and request change together, with an event each', async () => {
  const { request: own, order } = await connection(ways, 'verified')
  const events = (await ways.gateway.events()).filter((it) =>
    [own.mRID, order.mRID].includes(it.subject),
  )
  const last = events.slice(-5).map((it) => `${it.noun} ${it.state}`)
  assert.equal(last, [
    'ServiceRequests verificationOrdered',
    'ServiceOrders scheduled',
    'ServiceOrders completed',
    'ServiceOrders closed',
    'ServiceRequests verified',
  ])
  const [closed, verified] = events.slice(-2)
  assert.is(closed?.exchangeId, verified?.exchangeId)
})

test('SR-08: the result is no matter of the request', async () => {
  const { request: own } = await connection(ways, 'verificationOrdered')
  for (const value of ['verified', 'verificationFailed']) {
    const said = await ways.refused(asking(own.mRID, value))
    assert.equal(said, { code: '6.1', rule: 'SR-VERIFICATION', ids: [own.mRID] }, value)
  }
})

test('SR-08: an order that is cancelled leaves the request approved, and another can be given', async () => {
  const { request: own, order } = await connection(ways, 'verificationOrdered')
  await ways.ok({ verb: 'cancel', noun: ORDERS, object: order })
  assert.is(await stateOf(own.mRID), 'approved')
  await ways.ok(create(ORDERS, verification(own)))
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
})

test('SR-08: an order that is deleted does so too, and one of another matter does not', async () => {
  const { order, request: own } = await connection(ways, 'verificationOrdered')
  const other = { ...verification(own), Work: [{ kind: 'repair', statusKind: 'scheduled' }] }
  const linkedTo = { ...other, Names: [link('ServiceRequest', own.mRID)] }
  await ways.ok({ verb: 'create', noun: ORDERS, object: linkedTo })
  await ways.ok({ verb: 'delete', noun: ORDERS, object: linkedTo })
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
  await ways.ok({ verb: 'delete', noun: ORDERS, object: order })
  assert.is(await stateOf(own.mRID), 'approved')
  await ways.ok({ verb: 'create', noun: ORDERS, object: verification(own) })
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
})

test('SR-08: a verification that is none is refused', async () => {
  const { request: own } = await connection(ways, 'approved')
  const [task] = (verification(own)['Work'] as readonly JsonObject[])[0]?.[
    'WorkTasks'
  ] as JsonObject[]
  const cases: readonly (readonly [JsonObject, string, string])[] = [
    [{ kind: 'connect' }, '6.1', 'SR-VERIFICATION'],
    [{ WorkTasks: [{ ...task, taskKind: 'install' }] }, '6.1', 'SR-VERIFICATION'],
    [{ Names: [{ name: 'V-1' }] }, '5.8', 'SR-LINK'],
  ]
  for (const [more, code, rule] of cases) {
    const object = verification(own, more)
    const said = await ways.refused(create(ORDERS, object))
    assert.equal(said, { code, rule, ids: [object.mRID] })
  }
  const nobodys = verification(request('derInterconnection'))
  assert.is((await ways.refused(create(ORDERS, nobodys))).code, '99.1')
  assert.is(await stateOf(own.mRID), 'approved')
})

test('SR-08: a verification is not closed without its outcome', async () => {
  const { order, request: own } = await connection(ways, 'verificationOrdered')
  await ways.ok(change(ORDERS, progressed(order, 'scheduled')))
  await ways.ok(change(ORDERS, progressed(order, 'completed', 'arrived')))
  const said = await ways.refused({ verb: 'close', noun: ORDERS, object: order })
  assert.equal(said, { code: '5.8', rule: 'SR-OUTCOME', ids: [order.mRID] })
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
})

test('SR-08: the link of an order holds for its works, and many orders may bear the same', async () => {
  const { request: own } = await connection(ways, 'approved')
  const linked = (order: JsonObject) => ({
    ...order,
    Names: [{ name: own.mRID, NameType: { name: 'ServiceRequest' } }],
  })
  const [first, second] = [verification(own, { Names: [] }), verification(own, { Names: [] })]
  await ways.ok(create(ORDERS, linked(first)))
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
  await ways.ok({ verb: 'cancel', noun: ORDERS, object: first })
  await ways.ok(create(ORDERS, linked(second)))
  assert.is(await stateOf(own.mRID), 'verificationOrdered')
})

test('SR-12: whoever withdraws a request gives up the work that is open for it, and no other', async () => {
  const { request: own, order } = await connection(ways, 'verificationOrdered')
  const other = await connection(ways, 'verificationOrdered')
  const trench = verification(own, { kind: 'construction', type: 'trench' })
  const done = verification(own, { kind: 'construction', type: 'pole' })
  for (const it of [trench, done]) await ways.ok(create(ORDERS, it))
  for (const it of ['scheduled', 'completed']) await ways.ok(change(ORDERS, progressed(done, it)))
  const reply = await ways.ok({ verb: 'cancel', noun: NOUN, object: own })
  assert.match(JSON.stringify(reply), '"code":"6.5","level":"INFORM"')
  assert.is(await stateOf(own.mRID), 'withdrawn')
  const states = [order, trench, done, other.order].map((it) => stateOf(it.mRID, ORDERS))
  assert.equal(await Promise.all(states), [
    'cancelled',
    'cancelled',
    'completed',
    'waitingToBeScheduled',
  ])
  const { object } = await ways.stored(ORDERS, order.mRID)
  assert.equal(object, progressed(order, 'cancelled'))
  const told = (await ways.gateway.events()).filter((it) => it.subject === order.mRID).at(-1)
  assert.equal([told?.verb, told?.state], ['canceled', 'cancelled'])
  assert.is(await stateOf(other.request.mRID), 'verificationOrdered')
})

test('a claim of what is over is free for the next', async () => {
  const { request: own, review } = await connection(ways, 'engineeringReview')
  const again = request('derInterconnection', {
    mRID: fresh(),
    UsagePoint: own['UsagePoint'] ?? null,
  })
  assert.is((await ways.refused(create(NOUN, again))).rule, 'SR-DUP')
  await ways.ok(change('InterconnectionReviews', { mRID: review.mRID, decision: 'rejected' }))
  assert.is(await stateOf(own.mRID), 'rejected')
  await ways.ok(create(NOUN, again))
})

test.run()
